internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// A delivery without an end, as the ledger holds it.
struct OngoingDelivery: Hashable, Sendable {
  let delivery: Int
  let size: Int
  let transfers: Int
  let touchedAt: Instant
  let outcome: Delivery.Outcome?
  let evidence: Delivery.Evidence
}

extension Ledger {
  /// Closes a delivery as what its last transfer was; as unknown if a transfer has not ended.
  func close(_ ongoing: OngoingDelivery, at now: Instant, in db: Database) throws {
    let outcome = ongoing.transfers == 0 ? ongoing.outcome ?? .unknown : .unknown
    // Only acknowledged coverage of the whole file is complete, and that was closed at once.
    try close(ongoing, as: outcome == .complete ? .partial : outcome, at: now, in: db)
  }

  /// Appends `delivered`, with the bytes that no earlier delivery of the same principal, grant, tier
  /// and file had handed out, so that a sum is a union (serving-and-storage 5.4).
  func close(
    _ ongoing: OngoingDelivery,
    as outcome: Delivery.Outcome,
    at now: Instant,
    in db: Database
  ) throws {
    let handed =
      outcome == .unknown
      ? Coverage([0..<ongoing.size]) : try progress(of: ongoing, "handed", in: db)
    let acked = try progress(of: ongoing, "acked", in: db).count
    let added = handed.subtracting(try coverage(before: ongoing, in: db))
      .widened(to: Delivery.mostRanges)
    let members: JSONObject = [
      "acked": .integer(acked),
      "coverage": .array(
        added.ranges.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }
      ),
      "deliver": .integer(ongoing.delivery), "evidence": .string(ongoing.evidence.rawValue),
      "handed": .integer(handed.count), "outcome": .string(outcome.rawValue),
    ]
    let release = try String.fetchOne(
      db,
      sql: "SELECT release FROM delivery WHERE seq = ?",
      arguments: [ongoing.delivery]
    )
    let event = Event(kind: .delivered, members: members, release: release.map { Release.ID($0) })
    let index = try append(event, at: now, in: db)
    for range in added.ranges {
      try db.cachedStatement(
        sql: "INSERT INTO coverage (delivery, lower, upper, at) VALUES (?, ?, ?, ?)"
      ).execute(
        arguments: [ongoing.delivery, range.lowerBound, range.upperBound, now.seconds]
      )
    }
    try db.execute(
      sql: "UPDATE delivery SET ended_at = ?, outcome = ?, closed_by = ? WHERE seq = ?",
      arguments: [now.seconds, outcome.rawValue, index, ongoing.delivery]
    )
    try db.execute(sql: "DELETE FROM ongoing WHERE delivery = ?", arguments: [ongoing.delivery])
  }

  /// What closed deliveries of the same principal, grant, tier and file cover together.
  private func coverage(before ongoing: OngoingDelivery, in db: Database) throws -> Coverage {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT coverage.lower, coverage.upper
        FROM delivery AS own
        JOIN delivery AS other ON other.grant_id = own.grant_id
          AND other.principal IS own.principal AND other.tier = own.tier AND other.file = own.file
        JOIN coverage ON coverage.delivery = other.seq
        WHERE own.seq = ?
        """,
      arguments: [ongoing.delivery]
    )
    return Coverage(rows.map(Self.range))
  }

  /// What the transfers of a delivery have moved so far, as `handed` or as `acked`.
  func progress(
    of ongoing: OngoingDelivery,
    _ bound: String,
    in db: Database
  ) throws -> Coverage {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT lower, upper FROM progress WHERE delivery = ? AND bound = ?",
      arguments: [ongoing.delivery, bound]
    )
    return Coverage(rows.map(Self.range))
  }

  /// Adds a range to the progress of a delivery; `handed` may say too much and `acked` too little
  /// where a client cuts a file into very many pieces.
  func extend(
    _ ongoing: OngoingDelivery,
    _ bound: String,
    by range: Range<Int>,
    in db: Database
  ) throws {
    let stored = try progress(of: ongoing, bound, in: db)
    guard !stored.contains(range) else { return }
    var coverage = stored
    coverage.insert(range)
    let kept =
      bound == "handed"
      ? coverage.widened(to: Delivery.mostRanges) : coverage.narrowed(to: Delivery.mostRanges)
    // However many ranges there are, few of them change.
    let (old, new) = (Set(stored.ranges), Set(kept.ranges))
    for range in old.subtracting(new) {
      try db.cachedStatement(
        sql: "DELETE FROM progress WHERE delivery = ? AND bound = ? AND lower = ?"
      ).execute(arguments: [ongoing.delivery, bound, range.lowerBound])
    }
    for range in new.subtracting(old) {
      try db.cachedStatement(
        sql: "INSERT INTO progress (delivery, bound, lower, upper) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [ongoing.delivery, bound, range.lowerBound, range.upperBound])
    }
  }

  /// The delivery of that index, unless it is closed.
  func ongoing(_ delivery: Int, in db: Database) throws -> OngoingDelivery? {
    try ongoing("ongoing.delivery = ?", [.integer(delivery)], in: db)
  }

  /// The delivery that an admission can go on with.
  func ongoing(
    _ admission: Admission,
    for query: DeliveryQuery,
    in db: Database
  ) throws -> OngoingDelivery? {
    try ongoing(
      """
      ongoing.grant_id = ? AND ongoing.credential = ? AND ongoing.principal = ?
        AND ongoing.tier = ? AND ongoing.file = ?
      """,
      [
        .text(admission.grant.rawValue), .text(query.credential),
        BareStatement.Value(query.principal?.rawValue), .text(admission.tier.rawValue),
        .text(admission.path),
      ],
      in: db
    )
  }

  private func ongoing(
    _ condition: String,
    _ values: [BareStatement.Value],
    in db: Database
  ) throws -> OngoingDelivery? {
    var found: OngoingDelivery?
    try BareStatement(
      """
      SELECT ongoing.delivery, delivery.size, ongoing.transfers, ongoing.touched_at,
        ongoing.outcome, ongoing.evidence
      FROM ongoing JOIN delivery ON delivery.seq = ongoing.delivery WHERE \(condition)
      """,
      in: db
    ).run(values) { row in found = try OngoingDelivery(row: row) }
    return found
  }

  private static func range(_ row: Row) -> Range<Int> {
    let lower: Int = row["lower"]
    let upper: Int = row["upper"]
    return lower..<upper
  }
}

extension OngoingDelivery {
  fileprivate init(row: BareRow) throws {
    self.init(
      delivery: try row.requiredInteger(0),
      size: try row.requiredInteger(1),
      transfers: try row.requiredInteger(2),
      touchedAt: Instant(seconds: try row.requiredInteger(3)),
      outcome: row.text(4).flatMap(Delivery.Outcome.init),
      evidence: row.text(5).flatMap(Delivery.Evidence.init) ?? .tcp
    )
  }
}
