extension Policy {
  /// What is wrong between this policy and a roster, and what its author should know.
  ///
  /// - Parameter roster: The people; without them only what the policy alone tells is said.
  /// - Returns: Errors P003, P005, P012 and P018 and the warnings W101 to W108 and W110, as far as
  ///   they can arise from what this version honours; errors first, each in the order of its file.
  public func check(roster: Roster?) -> [PolicyFault] {
    let faults = roster.map { conflicts(with: $0) } ?? []
    let notes = warnings() + (roster.map { warnings(with: $0) } ?? [])
    return faults + notes.sorted
  }

  /// Why this policy and a roster cannot be adopted together: the errors of ``check(roster:)``.
  ///
  /// - Parameter roster: The people.
  /// - Returns: Errors P003, P005, P012 and P018, each in the order of its file.
  public func conflicts(with roster: Roster) -> [PolicyFault] {
    (names(in: roster) + unfillable(with: roster)).sorted
  }

  private func names(in roster: Roster) -> [PolicyFault] {
    var faults: [PolicyFault] = []
    if roster.id != id {
      faults.append(roster.places.fault("P005", "id", "is a roster of \(roster.id), not of \(id)"))
    }
    for seat in roster.roles where !roles.contains(seat.role) {
      let message = "no such role in the policy: \(seat.role)"
      faults.append(roster.places.fault("P005", "roles.\(seat.role)", message))
    }
    for role in roles where !roster.roles.contains(where: { $0.role == role }) {
      faults.append(roster.places.fault("P003", "roles.\(role)", "missing"))
    }
    let stewards = roster.roles.first { $0.role == governance.stewards }
    if stewards != nil, roster.heads(of: governance.stewards).isEmpty {
      let message = "nobody holds the role of the stewards, so nobody could revoke anything"
      faults.append(roster.places.fault("P018", "roles.\(governance.stewards)", message))
    }
    return faults
  }

  /// P012: a branch that the heads of the roster cannot fill, one head a slot.
  private func unfillable(with roster: Roster) -> [PolicyFault] {
    gates.compactMap { gate in
      let ways = branches(of: gate.id)
      let filled = ways.map { $0.matching(with: roster) }
      guard let short = filled.first(where: { !$0.isComplete }) else { return nil }
      let which = ways.count == 1 ? "" : "one of its \(ways.count) ways "
      let supply = short.heads.count { $0 != nil }
      let message =
        "\(which)needs \(people(short.heads.count)), the roster can supply \(supply)"
      return places.fault("P012", "gates.\(gate.id)", message)
    }
  }

  private func warnings(with roster: Roster) -> [PolicyFault] {
    gatesInUse.flatMap { gate in
      absence(at: gate, roster) + exactness(of: gate, roster) + clerks(at: gate, roster)
    }
  }

  /// W101: people without whom no way through the gate can be filled; each could be the requester.
  private func absence(at gate: Gate.ID, _ roster: Roster) -> [PolicyFault] {
    let ways = branches(of: gate).filter { $0.matching(with: roster).isComplete }
    // Whoever is not among the people of one way that works is not needed.
    let working = ways.first?.matching(with: roster).heads ?? []
    let needed = roster.people.filter { person in
      working.contains(person)
        && !ways.contains { $0.matching(with: roster, without: person).isComplete }
    }
    guard !needed.isEmpty else { return [] }
    let names = needed.map(\.rawValue).joined(separator: " or ")
    let message = "cannot be met when \(names) is the requester"
    return [places.fault("W101", "gates.\(gate)", message)]
  }

  /// W107: the gate needs every head of a role, whichever way is taken.
  private func exactness(of gate: Gate.ID, _ roster: Roster) -> [PolicyFault] {
    let ways = branches(of: gate).map(\.slots)
    return roles.compactMap { role in
      let needed = ways.map { slots in slots.count { $0 == role } }.min() ?? 0
      guard needed > 0, needed == roster.heads(of: role).count else { return nil }
      let message = "needs all of \(role): it has exactly \(people(needed))"
      return places.fault("W107", "gates.\(gate)", message)
    }
  }

  /// W110: cases that a service may file, so that nobody among the deciders is the requester.
  private func clerks(at gate: Gate.ID, _ roster: Roster) -> [PolicyFault] {
    let services = roster.roles.flatMap(\.members).filter { $0.kind == .service }
    let isFiledHere = governance.amend == gate || stages.contains { $0.opens == gate }
    guard let clerk = services.first, isFiledHere else { return [] }
    let needed = branches(of: gate).map(\.slots.count).min() ?? 0
    let verb = needed == 1 ? "decides" : "decide"
    let message = "\(clerk) may file here, so \(people(needed)) \(verb) alone"
    return [places.fault("W110", "gates.\(gate)", message)]
  }

  private func people(_ count: Int) -> String {
    count == 1 ? "1 person" : "\(count) different people"
  }
}

extension Branch {
  /// The role of each slot, in file order.
  var slots: [Role.ID] {
    parts.flatMap { part -> [Role.ID] in
      guard case .approve(let approve) = part.requirement else { return [] }
      return Array(repeating: approve.role, count: approve.count)
    }
  }

  /// Who of the roster could fill the slots, if one person is not there.
  ///
  /// A role with as many heads as there are slots can always fill its own, so no more are asked.
  fileprivate func matching(with roster: Roster, without absent: Principal.ID? = nil) -> Matching {
    let slots = slots
    let members = Set(slots).map { role in
      (role, Array(roster.heads(of: role).lazy.filter { $0 != absent }.prefix(slots.count)))
    }
    return Matching(slots: slots, members: Dictionary(uniqueKeysWithValues: members))
  }
}

extension Roster {
  /// Every head of any role, in file order, each once.
  fileprivate var people: [Principal.ID] {
    principals.map(\.id).filter { $0.kind != .service && !roles(of: $0).isEmpty }
  }
}
