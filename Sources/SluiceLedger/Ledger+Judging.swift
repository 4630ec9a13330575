internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Judges the open cases that an entry can have moved, and those that their decisions move in turn.
  ///
  /// - Parameters:
  ///   - touch: Which.
  ///   - folded: The state after the entry, with all that the cases of `touch` need if those are named
  ///     one by one; other cases are folded anew.
  ///   - isFresh: Whether nothing was recorded after that state.
  ///   - now: Log time.
  ///   - receipt: Takes note of what was appended.
  ///   - db: The transaction.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  func judge(
    _ touch: Release.Touch,
    in folded: Release,
    isFresh: Bool = true,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    var release = folded
    var waiting: [Release.Touch] = [touch]
    var isFresh = isFresh
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      for id in try cases(touchedBy: next, in: release, in: db) {
        let isNamed = if case .cases = next { true } else { false }
        if !isFresh || !isNamed || release.cases[id] == nil {
          release = try fold(release.id, .case(id), in: db)
        }
        // What an adoption begins anew can be late under the new rules.
        let due = try recordDue(of: id, in: &release, at: now, noting: &receipt, in: db)
        waiting += due.map { release.touched(by: $0) }.filter { $0 != .none }
        guard let asked = release.cases[id] else { continue }
        if asked.state == .open {
          let facts = try decide(asked, in: &release, at: now, noting: &receipt, in: db)
          isFresh = isFresh && facts.isEmpty
          waiting += facts.map { release.touched(by: $0) }.filter { $0 != .none }
        }
        try note(release.cases[id], of: release, at: now, &receipt, in: db)
      }
    }
  }

  /// The open cases that are meant, by number.
  private func cases(
    touchedBy touch: Release.Touch,
    in release: Release,
    in db: Database
  ) throws -> [Case.ID] {
    let all = "SELECT id FROM case_file WHERE release = ? AND state = 'open'"
    switch touch {
    case .none: return []
    case .cases(let ids): return ids
    case .parties(let parties):
      var found: [Case.ID] = []
      for party in parties {
        found += try String.fetchAll(
          db,
          sql: "\(all) AND (party = ? OR requester = ?) ORDER BY number",
          arguments: [release.id.rawValue, party.rawValue, party.rawValue]
        ).map { Case.ID($0) }.filter { !found.contains($0) }
      }
      return found
    case .gates(let kinds):
      return try gates(asking: kinds, of: release, in: db).flatMap { policy, gate in
        try String.fetchAll(
          db,
          sql: "\(all) AND policy = ? AND gate = ? ORDER BY number",
          arguments: [release.id.rawValue, policy, gate]
        ).map { Case.ID($0) }
      }
    case .all:
      return try String.fetchAll(
        db,
        sql: "\(all) ORDER BY number",
        arguments: [release.id.rawValue]
      ).map { Case.ID($0) }
    }
  }

  /// The gates before which open cases stand and that ask for something of these kinds.
  private func gates(
    asking kinds: Set<String>,
    of release: Release,
    in db: Database
  ) throws -> [(policy: String, gate: String)] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT policy, gate FROM case_file WHERE release = ? AND state = 'open'
        ORDER BY policy, gate
        """,
      arguments: [release.id.rawValue]
    )
    return try rows.compactMap { row in
      let (policy, gate): (String, String) = (row["policy"], row["gate"])
      let known = release.library.policies[try SHA256Digest(hex: policy)]
      // Of an amendment the proposed policy's gate counts too, so it is judged in any case.
      let isAsked =
        known?.governance.amend.rawValue == gate
        || known?.branches(of: Gate.ID(gate)).flatMap(\.parts)
          .contains { kinds.contains($0.requirement.kind) } ?? true
      return isAsked ? (policy, gate) : nil
    }
  }
}
