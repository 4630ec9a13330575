internal import GRDB
public import SluiceGovernance

extension Ledger {
  /// What erasing the answers of a case would take away; nothing is changed.
  ///
  /// - Throws: What ``eraseAnswers(of:basis:expecting:at:)`` would refuse, but for the ground.
  public func erasable(answersOf id: Case.ID) async throws -> Erasable {
    try await database.read { db in
      let entries = try givenAnswers(of: id, in: db)
      return Erasable(entries: entries, counts: try counts(of: entries, in: db))
    }
  }

  /// What erasing a person would take away; nothing is changed.
  ///
  /// - Throws: What ``erasePerson(_:basis:expecting:at:)`` would refuse, but for the ground.
  public func erasable(_ id: Principal.ID) async throws -> Erasable {
    try await database.read { db in
      try checkErasable(id, in: db)
      let traces = try traces(of: id, in: db)
      let cases = Self.list(traces.cases)
      let within = "IN (SELECT value FROM json_each(?))"
      return Erasable(
        entries: traces.events,
        counts: try counts(of: traces.events, in: db),
        cases: try Int.fetchAll(
          db,
          sql: "SELECT number FROM case_file WHERE id \(within) ORDER BY number",
          arguments: [cases]
        ),
        grants: try Int.fetchOne(
          db,
          sql: "SELECT COUNT(*) FROM grant_row WHERE case_id \(within)",
          arguments: [cases]
        ) ?? 0,
        keys: traces.keys,
        tokens: try tokens(of: id, in: db).count,
        deliveries: try Int.fetchOne(
          db,
          sql: "SELECT COUNT(*) FROM delivery WHERE principal = ?",
          arguments: [id.rawValue]
        ) ?? 0
      )
    }
  }

  private func counts(of entries: [Int], in db: Database) throws -> [Erasable.Count] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, COUNT(*) AS n FROM event
        WHERE seq IN (SELECT value FROM json_each(?)) GROUP BY kind ORDER BY kind
        """,
      arguments: [Self.list(entries)]
    )
    return rows.map { Erasable.Count(kind: $0["kind"], number: $0["n"]) }
  }
}
