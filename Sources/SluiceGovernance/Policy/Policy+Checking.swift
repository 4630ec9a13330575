extension Policy {
  /// What is wrong with the policy by itself, besides what is known already.
  ///
  /// Of a gate in which something is wrong only that is said which cannot be a consequence of it.
  func faults(besides known: [PolicyFault]) -> [PolicyFault] {
    let sizes = GateSizes(of: gates)
    let endless = loops(sizes) + tooLarge(sizes)
    let structure =
      names() + fields() + descriptions() + history() + tierFaults(besides: known) + endless
    let faults = known + structure
    let gates = Soundness(
      whole: gates(without: { $0.isIn($1) }, among: faults),
      readable: gates(without: { $0.hidesRequirement(of: $1) }, among: faults),
      finite: gates(without: { $0.isIn($1) }, among: endless),
      recusing: gates(without: { $0.path.hasPrefix("gates.\($1).recuse") }, among: known)
    )
    return structure + admissions() + stageLoops() + openings(gates) + governing(gates)
      + emergencies(gates)
  }

  /// Which gates can be judged although something is wrong.
  struct Soundness {
    /// Those of which, gates in them included, nothing wrong is known.
    let whole: Set<Gate.ID>
    /// Those whose requirements can all be told, whatever is wrong inside of one.
    let readable: Set<Gate.ID>
    /// Those whose ways can be gone through.
    let finite: Set<Gate.ID>
    /// Those whose recusals can be told.
    let recusing: Set<Gate.ID>
  }

  /// Gates in which, gates in them included, nothing of a kind is wrong.
  func gates(
    without isMeant: (PolicyFault, Gate.ID) -> Bool,
    among faults: [PolicyFault]
  ) -> Set<Gate.ID> {
    var unsound = Set(gates.map(\.id).filter { id in faults.contains { isMeant($0, id) } })
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

extension PolicyFault {
  /// Whether it is about a gate or something in it.
  func isIn(_ gate: Gate.ID) -> Bool {
    path == "gates.\(gate)" || path.hasPrefix("gates.\(gate).")
  }

  /// Whether nobody can tell what a gate asks for at its place.
  ///
  /// That is so of a requirement of no known kind, or of several in one; what is wrong inside of one that
  /// is known hides nothing.
  fileprivate func hidesRequirement(of gate: Gate.ID) -> Bool {
    let whole = "gates.\(gate)"
    guard path.hasPrefix("\(whole).require") else { return path == whole }
    let parts = path.dropFirst(whole.count).split(whereSeparator: { ".[]".contains($0) })
    return !parts.contains { Plain.kinds.contains(String($0)) }
  }
}

extension Plain {
  /// The kinds of requirement that compose nothing.
  fileprivate static let kinds: Set<String> = [
    "approve", "evidence", "accept", "answer", "credential", "member", "after", "wait",
  ]
}
