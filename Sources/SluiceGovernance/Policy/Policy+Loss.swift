extension Policy {
  /// W111: people without whom the rules, and with them the roster, could never be changed again.
  ///
  /// A release of one person has no remedy but a second one, and W101 and W107 say so.
  func loss(_ roster: Roster) -> [PolicyFault] {
    let ways = branches(of: governance.amend).filter { $0.isFilled(by: roster) }
    guard roster.people.count > 1, !ways.isEmpty else { return [] }
    let needed = roster.people.filter { person in
      !ways.contains { canBeMet($0, by: roster, without: person) }
    }
    guard !needed.isEmpty else { return [] }
    let names = needed.map(\.rawValue).joined(separator: " or ")
    let message =
      "the loss of \(names) would block amendments for ever; "
      + remedy(for: needed, in: ways, with: roster)
    return [places.fault("W111", "governance.amend", message)]
  }

  /// Whether an amendment can pass this way when somebody is not there any more.
  ///
  /// Somebody else with a role must file it and does not count in it, so the way must leave one
  /// over.
  private func canBeMet(
    _ way: Branch,
    by roster: Roster,
    without person: Principal.ID
  ) -> Bool {
    let others = Set(roster.roles.flatMap(\.members)).subtracting([person])
    return way.slots.count < others.count && way.isFilled(by: roster, without: person)
      && helpers(of: way).allSatisfy { role in
        roster.heads(of: role).contains { $0 != person }
      }
  }

  /// An approval fewer after a time in which the missing one could have objected, if that helps.
  private func remedy(
    for needed: [Principal.ID],
    in ways: [Branch],
    with roster: Roster
  ) -> String {
    let approves = ways.flatMap(\.parts).compactMap(\.requirement.approve)
    guard let most = approves.max(by: { $0.count < $1.count }) else { return "add an approval" }
    let fewer = Requirement.Approve(role: most.role, count: most.count - 1, veto: most.veto)
    let helps =
      fewer.count > 0
      && needed.allSatisfy { person in
        ways.contains { way in
          let parts = way.parts.map { part in
            part.requirement == .approve(most)
              ? Part(path: part.path, requirement: .approve(fewer)) : part
          }
          return canBeMet(Branch(parts: parts), by: roster, without: person)
        }
      }
    guard helps else {
      let alone = ways.flatMap { helpers(of: $0) }.first { role in
        roster.heads(of: role).count == 1
      }
      return "give another person the role \(alone ?? most.role)"
    }
    let count = fewer.count == 1 ? "" : ", count: \(fewer.count)"
    return "remedy: any: [approve: {role: \(most.role), count: \(most.count)}, "
      + "[approve: {role: \(most.role)\(count)}, wait: P14D]]"
  }
}

extension Plain {
  /// The approval, if it is one.
  fileprivate var approve: Requirement.Approve? {
    if case .approve(let approve) = self { approve } else { nil }
  }
}
