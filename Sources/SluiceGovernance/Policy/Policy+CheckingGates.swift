internal import SluiceEncoding

extension Policy {
  /// P007, of gates.
  func loops(_ sizes: GateSizes) -> [PolicyFault] {
    let order = gates.map(\.id)
    return sizes.loops.map { loop in
      let first = order.first(where: loop.contains) ?? loop[0]
      let turned = loop.drop { $0 != first } + loop.prefix { $0 != first } + [first]
      let names = turned.map(\.rawValue).joined(separator: ", ")
      return places.fault("P007", "gates.\(first)", "contains itself: \(names)")
    }
  }

  /// P015: what could not be explained, nor judged in good time.
  func tooLarge(_ sizes: GateSizes) -> [PolicyFault] {
    gates.compactMap { gate in
      let size = sizes[gate.id]
      let limits = [
        (size.branches, 64, "ways through it"), (size.parts, 4_096, "requirements in all its ways"),
        (size.people, 32, "different people needed on one way"),
      ]
      guard let (count, most, what) = limits.first(where: { $0.0 > $0.1 }) else { return nil }
      let shown = count < GateSizes.Size.limit ? "\(count)" : "over a million"
      return places.fault("P015", "gates.\(gate.id)", "\(shown) \(what); at most \(most)")
    }
  }

  /// P008 and P013, of the gates that open stages.
  func openings(_ sound: Soundness) -> [PolicyFault] {
    stages.filter { sound.finite.contains($0.opens) }.flatMap { stage in
      let path = "stages.\(stage.id).opens"
      var faults = beneficiary(
        missingIn: stage.opens,
        at: path,
        "opening a stage has no beneficiary",
        sound
      )
      if stage.admits == .everyone, sound.readable.contains(stage.opens),
        !needsApproval(stage.opens)
      {
        faults.append(places.fault("P013", path, "can open to everyone without any approval"))
      }
      return faults
    }
  }

  /// P008, P019 and P022, of the gates that change the rules and that end holds.
  func governing(_ sound: Soundness) -> [PolicyFault] {
    let gates = [("amend", governance.amend), ("lift", governance.lift)]
    let faults = gates.flatMap { key, gate in
      let path = "governance.\(key)"
      return beneficiary(
        missingIn: gate,
        at: path,
        "this kind of case has no beneficiary",
        sound
      ) + approval(missingIn: gate, at: path, "P019", sound)
    }
    return faults + adrift(in: gates.map(\.1).filter { sound.whole.contains($0) })
      + adoption(sound.whole)
  }

  /// P014, and P008 of the review.
  func emergencies(_ sound: Soundness) -> [PolicyFault] {
    guard let emergency = governance.emergency else { return [] }
    let path = "governance.emergency"
    var faults: [PolicyFault] = []
    if emergency.gate.rawValue == "everyone" {
      let message = "names a gate, and each case of it a person: openness cannot be taken back"
      faults.append(places.fault("P014", "\(path).gate", message))
    }
    faults += approval(missingIn: emergency.gate, at: "\(path).gate", "P014", sound)
    if emergency.lasts > Duration(seconds: 72 * 3_600) {
      faults.append(places.fault("P014", "\(path).lasts", "at most PT72H"))
    }
    if sound.recusing.contains(emergency.review),
      gate(emergency.review)?.recuse.contains(.deciders) == false
    {
      let message = "gate \(emergency.review) must recuse the deciders of the emergency"
      faults.append(places.fault("P014", "\(path).review", message))
    }
    return faults + approval(missingIn: emergency.review, at: "\(path).review", "P014", sound)
      + beneficiary(missingIn: emergency.review, at: "\(path).review", "a review has none", sound)
  }

  /// A gate that can be met while nobody says yes.
  private func approval(
    missingIn gate: Gate.ID,
    at path: String,
    _ code: String,
    _ sound: Soundness
  ) -> [PolicyFault] {
    guard sound.readable.contains(gate), !needsApproval(gate) else { return [] }
    return [places.fault(code, path, "gate \(gate) can be met without any approval")]
  }

  private func needsApproval(_ gate: Gate.ID) -> Bool {
    branches(of: gate).allSatisfy { branch in branch.parts.contains { $0.requirement.isApproval } }
  }

  /// P008: a requirement that only a beneficiary can meet, in a gate of cases that have none.
  private func beneficiary(
    missingIn gate: Gate.ID,
    at path: String,
    _ why: String,
    _ sound: Soundness
  ) -> [PolicyFault] {
    guard sound.finite.contains(gate) else { return [] }
    let parts = branches(of: gate).flatMap(\.parts)
    guard let part = parts.first(where: \.requirement.needsBeneficiary) else { return [] }
    return [places.fault("P008", path, "\(why), and \(part.path) needs one")]
  }

  /// P022: evidence about the tiers in question, where no tier is in question.
  private func adrift(in gates: [Gate.ID]) -> [PolicyFault] {
    let paths = gates.flatMap(branches).flatMap(\.parts).filter { part in
      guard case .evidence(let evidence) = part.requirement else { return false }
      return evidence.of == nil
    }.map { "\($0.path).evidence" }
    return Set(paths).sorted().map { path in
      places.fault("P022", path, "an amendment and a lift are about no tier: name it with of")
    }
  }

  /// P007: the first version would be adopted after something that can only be after that: the opening
  /// of a stage, or evidence about a tier, which stands for nothing before.
  private func adoption(_ sound: Set<Gate.ID>) -> [PolicyFault] {
    guard version == 1, sound.contains(governance.amend) else { return [] }
    let awaited = branches(of: governance.amend).map { branch in
      branch.parts.lazy.compactMap(\.requirement.awaited).first
    }
    guard let first = awaited.first, let first, !awaited.contains(nil) else { return [] }
    return [places.fault("P007", "governance.amend", "adoption waits for \(first) adoption")]
  }
}

extension Plain {
  /// Whether heads meet it.
  var isApproval: Bool {
    if case .approve = self { true } else { false }
  }

  /// Whether it is about somebody who would obtain something.
  var needsBeneficiary: Bool {
    switch self {
    case .accept, .answer, .credential, .member: true
    case .approve, .evidence, .after, .wait: false
    }
  }

  /// What it waits for that comes after the first adoption, in words.
  fileprivate var awaited: String? {
    switch self {
    case .after(.opening(let stage, _)): "stage \(stage), which opens after"
    case .evidence(let evidence): "evidence \(evidence.kind), which is recorded after"
    case .approve, .accept, .answer, .credential, .member, .after, .wait: nil
    }
  }

  /// The stage for whose opening it waits.
  var stage: Stage.ID? {
    if case .after(.opening(let stage, _)) = self { stage } else { nil }
  }
}
