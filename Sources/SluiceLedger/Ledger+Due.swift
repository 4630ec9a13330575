internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Records what time alone has made happen: cases overdue and lapsed.
  ///
  /// Every command that opens the ledger does this first, and the daemon when ``nextDue()`` comes.
  public func settle(at clock: Instant) async throws {
    try await database.write { db in try settle(at: try logTime(clock, in: db), in: db) }
  }

  /// The next instant at which time alone changes something.
  public func nextDue() async throws -> Instant? {
    try await database.read { db in
      try Int.fetchOne(db, sql: "SELECT MIN(next_due) FROM case_file")
        .map { Instant(seconds: $0) }
    }
  }

  func settle(at now: Instant, in db: Database) throws {
    while let row = try Row.fetchOne(
      db,
      sql: """
        SELECT id, release FROM case_file WHERE next_due <= ? ORDER BY next_due, number LIMIT 1
        """,
      arguments: [now.seconds]
    ) {
      let id = Case.ID(row["id"])
      var release = try fold(Release.ID(row["release"]), .case(id), in: db)
      let facts = release.cases[id].map { release.due($0, at: now) } ?? []
      guard let asked = release.cases[id], !facts.isEmpty else {
        throw Refusal.logCorrupt("case_file \(id): nothing of it is due")
      }
      for fact in facts {
        guard let event = Event(fact, about: asked, in: release.id) else { continue }
        let index = try append(event, at: now, in: db)
        release.apply(Entry(index: index, at: now, fact: fact))
      }
      if let settled = release.cases[id] { try project(settled, of: release, in: db) }
    }
  }
}

extension Event {
  /// What time alone made happen to a case; `nil` for facts that people make.
  fileprivate init?(_ fact: Entry.Fact, about asked: Case, in release: Release.ID) {
    switch fact {
    case .overdue: self.init(overdue: asked, in: release)
    case .lapsed: self.init(lapsed: asked, in: release)
    case .accepted, .decided, .issued: return nil
    }
  }
}
