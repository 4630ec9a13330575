extension Policy {
  /// What is wrong with the policy by itself, besides what is known already.
  ///
  /// A gate in which something is wrong is not judged further: what would be said about it could be
  /// a consequence of what was said.
  func faults(besides known: [PolicyFault]) -> [PolicyFault] {
    let sizes = GateSizes(of: gates)
    let structure =
      names() + fields() + history() + tierFaults(besides: known) + loops(sizes) + tooLarge(sizes)
    let sound = soundGates(besides: known + structure)
    return structure + openings(sound) + admissions() + governing(sound)
  }

  /// Gates of which, gates in them included, nothing wrong is known.
  private func soundGates(besides faults: [PolicyFault]) -> Set<Gate.ID> {
    var unsound = Set(
      gates.map(\.id).filter { id in
        faults.contains { $0.path == "gates.\(id)" || $0.path.hasPrefix("gates.\(id).") }
      }
    )
    var count = -1
    while count != unsound.count {
      count = unsound.count
      for gate in gates where !unsound.isDisjoint(with: gate.requirements.flatMap(\.gates)) {
        unsound.insert(gate.id)
      }
    }
    return Set(gates.map(\.id)).subtracting(unsound)
  }

  private func names() -> [PolicyFault] {
    guard gate("everyone") != nil else { return [] }
    let message = "a gate may not be called everyone: admits would mean two things"
    return [places.fault("P004", "gates.everyone", message)]
  }

  private func fields() -> [PolicyFault] {
    forms.flatMap { form in
      form.fields.enumerated().flatMap { index, field in
        let path = "forms.\(form.id)[\(index)]"
        var faults: [PolicyFault] = []
        if form.fields[..<index].contains(where: { $0.id == field.id }), !field.id.isEmpty {
          faults.append(
            places.fault("P004", "\(path).id", "the form has another field \(field.id)")
          )
        }
        if field.type == .choice, field.options.isEmpty, !places.has("\(path).options") {
          faults.append(places.fault("P003", "\(path).options", "missing: a choice needs options"))
        }
        let fitting: [(String, Form.Kind)] = [
          ("options", .choice), ("max", .text), ("allow", .country), ("deny", .country),
        ]
        for (key, type) in fitting where field.type != type && places.has("\(path).\(key)") {
          let message = "only a field of type \(type.rawValue) has it"
          faults.append(places.fault("P004", "\(path).\(key)", message))
        }
        return faults
      }
    }
  }

  private func history() -> [PolicyFault] {
    switch (version, previous) {
    case (1, .some): [places.fault("P016", "previous", "version 1 has none before it")]
    case (2..., nil) where !places.has("previous"):
      [places.fault("P016", "previous", "missing: the digest of version \(version - 1)")]
    default: []
    }
  }

  private func tierFaults(besides known: [PolicyFault]) -> [PolicyFault] {
    let offered = Set(stages.flatMap(\.offers))
    let unknown = sealed.keys.filter { tier($0) == nil }
    let named = tiers.filter { tier in !known.contains { $0.path == "tiers.\(tier.id)" } }
    let faults = named.compactMap { tier in
      switch (offered.contains(tier.id), sealed[tier.id] != nil) {
      case (false, false):
        places.fault("P009", "tiers.\(tier.id)", "neither offered nor sealed; say which")
      case (true, true):
        places.fault("P009", "tiers.\(tier.id)", "both offered and sealed; say which")
      case (true, false), (false, true): nil
      }
    }
    return faults + unknown.map { places.fault("P005", "sealed.\($0)", "no such tier: \($0)") }
  }

  private func loops(_ sizes: GateSizes) -> [PolicyFault] {
    let order = gates.map(\.id)
    return sizes.loops.map { loop in
      let first = order.first(where: loop.contains) ?? loop[0]
      let turned = loop.drop { $0 != first } + loop.prefix { $0 != first } + [first]
      let names = turned.map(\.rawValue).joined(separator: ", ")
      return places.fault("P007", "gates.\(first)", "contains itself: \(names)")
    }
  }

  /// P015: what could not be explained, nor judged in good time.
  private func tooLarge(_ sizes: GateSizes) -> [PolicyFault] {
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

  private func openings(_ sound: Set<Gate.ID>) -> [PolicyFault] {
    stages.filter { sound.contains($0.opens) }.flatMap { stage in
      let path = "stages.\(stage.id).opens"
      var faults = beneficiary(
        missingIn: stage.opens,
        at: path,
        "opening a stage has no beneficiary"
      )
      if stage.admits == .everyone, !needsApproval(stage.opens) {
        faults.append(places.fault("P013", path, "can open to everyone without any approval"))
      }
      return faults
    }
  }

  private func admissions() -> [PolicyFault] {
    stages.filter { $0.admits == .everyone }.flatMap { stage in
      ["lasts", "renews", "owes"].map { "stages.\(stage.id).\($0)" }.filter(places.has)
        .map { places.fault("P010", $0, "what everyone may have cannot end") }
    }
  }

  private func governing(_ sound: Set<Gate.ID>) -> [PolicyFault] {
    let gates = [("amend", governance.amend), ("lift", governance.lift)]
    return gates.filter { sound.contains($0.1) }.flatMap { key, gate in
      let path = "governance.\(key)"
      var faults = beneficiary(missingIn: gate, at: path, "this kind of case has no beneficiary")
      if !needsApproval(gate) {
        let message = "gate \(gate) can be met without any approval"
        faults.append(places.fault("P019", path, message))
      }
      return faults
    }
  }

  private func needsApproval(_ gate: Gate.ID) -> Bool {
    branches(of: gate).allSatisfy { branch in branch.parts.contains { $0.requirement.isApproval } }
  }

  /// P008: a requirement that only a beneficiary can meet, in a gate of cases that have none.
  private func beneficiary(
    missingIn gate: Gate.ID,
    at path: String,
    _ why: String
  ) -> [PolicyFault] {
    let parts = branches(of: gate).flatMap(\.parts)
    guard let part = parts.first(where: { !$0.requirement.isApproval }) else { return [] }
    return [places.fault("P008", path, "\(why), and \(part.path) asks one to act")]
  }
}

extension Plain {
  /// Whether heads meet it.
  var isApproval: Bool {
    if case .approve = self { true } else { false }
  }
}

extension Requirement {
  /// The gates that it names, in itself or in its alternatives.
  var gates: [Gate.ID] {
    switch self {
    case .gate(let gate): [gate]
    case .any(let alternatives): alternatives.joined().flatMap(\.gates)
    case .approve, .answer, .accept: []
    }
  }
}
