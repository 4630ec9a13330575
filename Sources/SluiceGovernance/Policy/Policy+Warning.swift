internal import SluiceEncoding

extension Policy {
  /// Gates that a case can be decided by, each once, in file order.
  var gatesInUse: [Gate.ID] {
    let named =
      stages.map(\.opens) + stages.compactMap(\.admitting) + stages.compactMap(\.renews?.gate)
      + [governance.amend, governance.lift, governance.appeal]
      + (governance.emergency.map { [$0.gate, $0.review] } ?? [])
    return gates.map(\.id).filter(named.contains)
  }

  /// What the policy alone tells that its author should know.
  func warnings(at now: Instant?) -> [PolicyFault] {
    publicity() + openWeights() + passed(now) + unused() + slowness() + sessions()
  }

  private func publicity() -> [PolicyFault] {
    guard !stages.contains(where: { $0.admits == .everyone }) else { return [] }
    return [places.fault("W102", "stages", "nothing ever becomes public: no stage admits everyone")]
  }

  /// W103 and W108: a way of opening weights to everyone on which nothing is measured, or on which
  /// nobody has time to object.
  private func openWeights() -> [PolicyFault] {
    stages.filter { $0.admits == .everyone && offersWeights($0) }.flatMap { stage in
      let ways = branches(of: stage.opens).map { $0.parts.map(\.requirement) }
      let unmeasured = ways.contains { !$0.contains(where: \.isEvidence) }
      let immediate = ways.contains { !$0.contains(where: \.isWait) }
      let which = ways.count == 1 ? "" : " on one of its ways"
      let path = "stages.\(stage.id)"
      let notes = [
        (unmeasured, "W103", "asks for no evidence"),
        (immediate, "W108", "leaves no time to object"),
      ]
      return notes.filter(\.0).map { _, code, what in
        places.fault(
          code,
          path,
          "gives weights to everyone and gate \(stage.opens)\(which) \(what)"
        )
      }
    }
  }

  /// W104: an instant for which nobody has to wait any more.
  private func passed(_ now: Instant?) -> [PolicyFault] {
    guard let now else { return [] }
    return stated.compactMap { part in
      guard case .after(.instant(let instant)) = part.requirement, instant <= now else {
        return nil
      }
      return places.fault("W104", "\(part.path).after", "\(instant) has passed")
    }
  }

  private func unused() -> [PolicyFault] {
    var used = Used(in: stages.flatMap(\.owes))
    for part in stated { used.insert(part.requirement) }
    used.roles.formUnion(groups.map(\.managers) + [governance.stewards])
    let gates = Set(gatesInUse + self.gates.flatMap(\.requirements).flatMap(\.gates))
    let idle =
      roles.enumerated().filter { !used.roles.contains($0.element) }
      .map { ("roles[\($0.offset)]", "role \($0.element)") }
      + self.gates.map(\.id).filter { !gates.contains($0) }.map { ("gates.\($0)", "gate \($0)") }
      + terms.map(\.id).filter { !used.terms.contains($0) }.map { ("terms.\($0)", "terms \($0)") }
      + forms.map(\.id).filter { !used.forms.contains($0) }.map { ("forms.\($0)", "form \($0)") }
    return idle.map { places.fault("W105", $0.0, "\($0.1): nothing refers to it") }
  }

  /// W106: people wait for an approval, and nothing shows that they wait too long.
  private func slowness() -> [PolicyFault] {
    let admitting = stages.compactMap(\.admitting)
    return gates.filter { gate in
      admitting.contains(gate.id) && gate.due == nil
        && branches(of: gate.id).contains { $0.parts.contains { $0.requirement.isApproval } }
    }.map { gate in
      let message = "asks for an approval and has no due: a request can wait unseen"
      return places.fault("W106", "gates.\(gate.id)", message)
    }
  }

  /// W109: weights for a verdict that nobody signed with a key.
  private func sessions() -> [PolicyFault] {
    let offering = stages.filter(offersWeights)
    guard !offering.isEmpty else { return [] }
    let admitting = offering.compactMap(\.admitting) + offering.compactMap(\.renews?.gate)
    let gates = offering.map(\.opens) + admitting + [governance.emergency?.gate].compactMap(\.self)
    let parts = self.gates.map(\.id).filter(gates.contains).flatMap(branches).flatMap(\.parts)
    let paths = parts.filter { part in
      guard case .approve(let approve) = part.requirement else { return false }
      return approve.signature == .session
    }.map { "\($0.path).approve.signature" }
    return Set(paths).map { path in
      let message = "a token is enough for a verdict on weights: who steals it gives them away"
      return places.fault("W109", path, message)
    }
  }

  private func offersWeights(_ stage: Stage) -> Bool {
    stage.offers.contains { tier($0)?.kind == .weights }
  }
}

/// The names that requirements and obligations refer to.
private struct Used {
  var roles: Set<Role.ID> = []
  var terms: Set<Terms.ID> = []
  var forms: Set<Form.ID> = []

  init(in obligations: [Stage.Obligation]) {
    for obligation in obligations {
      switch obligation.act {
      case .answer(let form): forms.insert(form)
      case .accept(let text): terms.insert(text)
      }
    }
  }

  mutating func insert(_ requirement: Plain) {
    switch requirement {
    case .approve(let approve): roles.insert(approve.role)
    case .evidence(let evidence): roles.formUnion([evidence.confirm].compactMap(\.self))
    case .answer(let form): forms.insert(form)
    case .accept(let text): terms.insert(text)
    case .credential, .member, .after, .wait: break
    }
  }
}

extension Stage {
  /// The gate that admits, unless everyone is admitted.
  fileprivate var admitting: Gate.ID? {
    if case .gate(let gate) = admits { gate } else { nil }
  }
}

extension Plain {
  fileprivate var isEvidence: Bool {
    if case .evidence = self { true } else { false }
  }

  /// Whether there is time to object; no time at all is none.
  fileprivate var isWait: Bool {
    if case .wait(let duration) = self { duration.seconds > 0 } else { false }
  }
}
