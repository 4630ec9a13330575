extension Policy {
  /// What is wrong with the policy by itself, besides what is known already.
  ///
  /// A gate in which something is wrong is not judged further: what would be said about it could be
  /// a consequence of what was said.
  func faults(besides known: [PolicyFault]) -> [PolicyFault] {
    let sizes = GateSizes(of: gates)
    let structure =
      names() + fields() + descriptions() + history() + tierFaults(besides: known)
      + loops(sizes) + tooLarge(sizes)
    let sound = soundGates(besides: known + structure)
    return structure + admissions() + stageLoops() + openings(sound) + governing(sound)
      + emergencies(sound)
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

  /// P010: what has no end cannot be continued, and nothing is owed after it.
  private func admissions() -> [PolicyFault] {
    stages.flatMap { stage in
      let path = "stages.\(stage.id)"
      guard stage.admits == .everyone else {
        return places.has("\(path).renews") && !places.has("\(path).lasts")
          ? [places.fault("P010", "\(path).renews", "needs lasts: what has no end goes on anyway")]
          : []
      }
      return ["lasts", "renews", "owes"].map { "\(path).\($0)" }.filter(places.has)
        .map { places.fault("P010", $0, "what everyone may have cannot end") }
    }
  }

  /// A list of sectors that no member is asked about.
  private func descriptions() -> [PolicyFault] {
    groups.filter { group in
      places.has("groups.\(group.id).sectors")
        && !group.describe.contains { $0.utf8.elementsEqual("sector".utf8) }
    }.map { group in
      let path = "groups.\(group.id).sectors"
      return places.fault("P004", path, "describe does not ask for the sector")
    }
  }
}

extension Requirement {
  /// The gates that it names, in itself or in its alternatives.
  var gates: [Gate.ID] {
    switch self {
    case .plain: []
    case .gate(let gate): [gate]
    case .any(let alternatives): alternatives.joined().flatMap(\.gates)
    }
  }
}
