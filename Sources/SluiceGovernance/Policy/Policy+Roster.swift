public import SluiceEncoding

extension Policy {
  /// What is wrong between this policy and a roster, and what its author should know.
  ///
  /// - Parameters:
  ///   - roster: The people; without them only what the policy alone tells is said.
  ///   - now: The present, for W104; without it nothing is said to have passed.
  /// - Returns: Errors P003, P005, P012 and P018, then the warnings W101 to W111, each in the order
  ///   of its file.
  public func check(roster: Roster?, at now: Instant? = nil) -> [PolicyFault] {
    let faults = roster.map { conflicts(with: $0) } ?? []
    let notes = warnings(at: now) + (roster.map { warnings(with: $0) } ?? [])
    return faults + notes.sorted
  }

  /// Why this policy and a roster cannot be adopted together: the errors of ``check(roster:at:)``.
  ///
  /// - Parameter roster: The people.
  /// - Returns: Errors P003, P005, P012 and P018, each in the order of its file.
  public func conflicts(with roster: Roster) -> [PolicyFault] {
    let all = Set(gates.map(\.id))
    return (names(in: roster) + shortages(with: roster, among: all)).sorted
  }

  func names(in roster: Roster) -> [PolicyFault] {
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

  /// P012, of some gates.
  func shortages(with roster: Roster, among sound: Set<Gate.ID>) -> [PolicyFault] {
    unfillable(with: roster, among: sound) + unreviewable(with: roster, among: sound)
  }

  /// P012: a branch that the heads of the roster cannot fill, one head a slot, or of which nobody
  /// could do the rest.
  private func unfillable(with roster: Roster, among sound: Set<Gate.ID>) -> [PolicyFault] {
    gates.filter { sound.contains($0.id) }.compactMap { gate in
      let ways = branches(of: gate.id)
      let which = ways.count == 1 ? "" : "one of its \(ways.count) ways "
      let path = "gates.\(gate.id)"
      if let short = ways.map({ $0.matching(with: roster) }).first(where: { !$0.isComplete }) {
        let supply = short.heads.count { $0 != nil }
        let message =
          "\(which)needs \(people(short.heads.count)), the roster can supply \(supply)"
        return places.fault("P012", path, message)
      }
      let idle = ways.flatMap { helpers(of: $0) }.first { roster.heads(of: $0).isEmpty }
      return idle.map { role in
        places.fault("P012", path, "\(which)needs a head of \(role), the roster has none")
      }
    }
  }

  /// P012: a review that has nobody left, because the emergency's deciders do not count in it.
  private func unreviewable(with roster: Roster, among sound: Set<Gate.ID>) -> [PolicyFault] {
    guard let emergency = governance.emergency,
      sound.isSuperset(of: [emergency.gate, emergency.review])
    else { return [] }
    let deciding = branches(of: emergency.gate).filter { $0.matching(with: roster).isComplete }
    let reviewing = branches(of: emergency.review).filter { $0.matching(with: roster).isComplete }
    let stuck = reviewing.first { review in
      !deciding.contains { Branch(parts: $0.parts + review.parts).isFilled(by: roster) }
    }
    guard let stuck, let most = deciding.map(\.slots.count).min() else { return [] }
    let message =
      "needs \(people(stuck.slots.count)) besides the \(most) of gate \(emergency.gate), who do not "
      + "count here; the roster cannot supply them"
    return [places.fault("P012", "governance.emergency.review", message)]
  }

  private func warnings(with roster: Roster) -> [PolicyFault] {
    gatesInUse.flatMap { gate in
      absence(at: gate, roster) + exactness(of: gate, roster) + clerks(at: gate, roster)
    } + loss(roster)
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
    let ways = branches(of: gate).map { way in (slots: way.slots, helpers: helpers(of: way)) }
    return roles.compactMap { role in
      let needed =
        ways.map { way in
          max(way.slots.count { $0 == role }, way.helpers.contains(role) ? 1 : 0)
        }.min() ?? 0
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
    let rest =
      switch needed {
      case 0: "nobody has to approve"
      case 1: "1 person decides alone"
      default: "\(people(needed)) decide alone"
      }
    return [places.fault("W110", "gates.\(gate)", "\(clerk) may file here, so \(rest)")]
  }

  /// A number of people, in words.
  func people(_ count: Int) -> String {
    count == 1 ? "1 person" : "\(count) different people"
  }
}

extension Roster {
  /// Every head of any role, in file order, each once.
  var people: [Principal.ID] {
    principals.map(\.id).filter { $0.kind != .service && !roles(of: $0).isEmpty }
  }
}
