internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Records what time alone has made happen: cases overdue, decided and lapsed, obligations not met.
  ///
  /// Every command that opens the ledger does this first, and the daemon when ``nextDue()`` comes.
  public func settle(at clock: Instant) async throws {
    try await database.write { db in try settle(at: try logTime(clock, in: db), in: db) }
  }

  /// The next instant at which time alone changes something; none while the clock is in doubt.
  public func nextDue() async throws -> Instant? {
    try await database.read { db in
      let next = try Int.fetchOne(
        db,
        sql: """
          SELECT MIN(next_due) FROM
            (SELECT next_due FROM case_file UNION ALL SELECT next_due FROM grant_row)
          """
      ).map { Instant(seconds: $0) }
      guard let next, try clockState(in: db).trusted(next) == next else { return nil }
      return next
    }
  }

  /// What was due before a jump of the clock is still recorded after it; what may not be due yet is not.
  func settle(at now: Instant, in db: Database) throws {
    let trusted = try clockState(in: db).trusted(now)
    var receipt = Receipt()
    try settleCases(dueBy: trusted, at: now, noting: &receipt, in: db)
    try settleGrants(dueBy: trusted, at: now, noting: &receipt, in: db)
  }

  private func settleCases(
    dueBy trusted: Instant,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    while let row = try Row.fetchOne(
      db,
      sql: """
        SELECT id, release, next_due FROM case_file WHERE next_due <= ?
        ORDER BY next_due, number LIMIT 1
        """,
      arguments: [trusted.seconds]
    ) {
      let id = Case.ID(row["id"])
      var release = try fold(Release.ID(row["release"]), .case(id), in: db)
      let facts = try recordDue(of: id, in: &release, at: now, noting: &receipt, in: db)
      try note(release.cases[id], of: release, at: now, &receipt, in: db)
      for touch in [.cases([id])] + facts.map({ release.touched(by: $0) }) {
        try judge(touch, in: release, at: now, noting: &receipt, in: db)
      }
      let isStuck = try Bool.fetchOne(
        db,
        sql: "SELECT next_due <= ? FROM case_file WHERE id = ?",
        arguments: [trusted.seconds, id.rawValue]
      )
      if isStuck == true { throw Refusal.logCorrupt("case_file \(id): nothing of it is due") }
    }
  }

  /// Records that a case is overdue or was given up, if its time is over by now.
  ///
  /// - Returns: What was recorded.
  func recordDue(
    of id: Case.ID,
    in release: inout Release,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws -> [Entry.Fact] {
    let facts = release.cases[id].map { release.due($0, at: now) } ?? []
    for fact in facts {
      guard let asked = release.cases[id] else { continue }
      let event =
        if case .lapsed = fact { Event(lapsed: asked, in: release) } else {
          Event(overdue: asked, in: release)
        }
      let index = try append(event, at: now, noting: &receipt, in: db)
      release.apply(Entry(index: index, at: now, fact: fact))
      if case .review(let emergency) = asked.filing {
        try projectGrants(ofCase: emergency, in: release, noting: &receipt, in: db)
      }
    }
    return facts
  }

  private func settleGrants(
    dueBy trusted: Instant,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    while let row = try Row.fetchOne(
      db,
      sql: """
        SELECT id, release, case_id FROM grant_row WHERE next_due <= ?
        ORDER BY next_due, seq LIMIT 1
        """,
      arguments: [trusted.seconds]
    ) {
      let id = Grant.ID(row["id"])
      var release = try fold(
        Release.ID(row["release"]),
        .case(Case.ID(row["case_id"])),
        in: db
      )
      let missed = release.grants[id].map { release.unpaid(after: $0, at: now) } ?? []
      guard let grant = release.grants[id], !missed.isEmpty else {
        throw Refusal.logCorrupt("grant_row \(id): nothing after it is due")
      }
      for place in missed {
        let event = Event(unpaid: grant, owes: place, in: release)
        let index = try append(event, at: now, noting: &receipt, in: db)
        let digest = SHA256Digest(of: event.canonical(at: index, on: now))
        release.apply(
          Entry(index: index, at: now, fact: .unpaid(id, owes: place, event: digest))
        )
        try project(
          release.holds.first { $0.id.rawValue == digest.hex },
          of: release.id,
          in: db
        )
      }
      try note(release.grants[id], of: release, &receipt, in: db)
    }
  }
}
