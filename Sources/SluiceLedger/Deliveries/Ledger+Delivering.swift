package import GRDB
package import SluiceEncoding
internal import SluiceGovernance

// The delivery log's three writes. Each runs inside a write transaction of `DeliveryLog`.
extension Ledger {
  /// Records that a file begins to be handed out, before its first byte; goes on with a delivery of
  /// the same grant, credential, tier and file that is under way.
  ///
  /// - Returns: The index of the `deliver` entry.
  package func begin(
    _ admission: Admission,
    for query: DeliveryQuery,
    at now: Instant,
    in db: Database
  ) throws -> Int {
    guard let principal = query.principal else { throw Refusal.noToken }
    if let ongoing = try ongoing(admission, for: query, in: db) {
      guard now.seconds - ongoing.touchedAt.seconds >= Delivery.longestPause else {
        try db.execute(
          sql: "UPDATE ongoing SET transfers = transfers + 1, touched_at = ? WHERE delivery = ?",
          arguments: [now.seconds, ongoing.delivery]
        )
        return ongoing.delivery
      }
      try close(ongoing, at: now, in: db)
    }
    let holder = try admission.pseudonym ?? pseudonym(of: principal, in: db)
    let members: JSONObject = [
      "agent": .string(Self.shortened(query.agent)),
      "credential": .string(query.credential), "file": .string(admission.path),
      "grant": .string(admission.grant.rawValue), "holder": .string(holder),
      "peer": .string(query.peer), "release": .string(admission.release.rawValue),
      "sha256": .string(admission.sha256.hex), "size": .integer(admission.size),
      "tier": .string(admission.tier.rawValue),
    ]
    let event = Event(kind: .deliver, members: members, release: admission.release)
    let index = try append(event, at: now, in: db)
    try insert(index, admission, for: query, principal: principal, at: now, in: db)
    return index
  }

  /// What is recorded of a `User-Agent`: its first 200 characters.
  private static func shortened(_ agent: String) -> String {
    agent.utf8.count <= 200
      ? agent : String(String.UnicodeScalarView(agent.unicodeScalars.prefix(200)))
  }

  private func insert(
    _ index: Int,
    _ admission: Admission,
    for query: DeliveryQuery,
    principal: Principal.ID,
    at now: Instant,
    in db: Database
  ) throws {
    try BareStatement(
      """
      INSERT INTO delivery
        (seq, principal, credential, grant_id, release, tier, file, sha256, size, began_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      in: db
    ).run([
      .integer(index), .text(principal.rawValue), .text(query.credential),
      .text(admission.grant.rawValue), .text(admission.release.rawValue),
      .text(admission.tier.rawValue), .text(admission.path), .text(admission.sha256.hex),
      .integer(admission.size), .integer(now.seconds),
    ])
    try BareStatement(
      """
      INSERT INTO ongoing
        (delivery, grant_id, credential, principal, tier, file, transfers, touched_at)
      VALUES (?, ?, ?, ?, ?, ?, 1, ?)
      """,
      in: db
    ).run([
      .integer(index), .text(admission.grant.rawValue), .text(query.credential),
      .text(principal.rawValue), .text(admission.tier.rawValue), .text(admission.path),
      .integer(now.seconds),
    ])
  }

  /// Extends what a delivery has moved; nothing, if it is closed, because then the bytes of its
  /// running transfers are counted already.
  package func cover(
    _ delivery: Int,
    handed: Range<Int>,
    acked: Range<Int>,
    at now: Instant,
    in db: Database
  ) throws {
    guard let ongoing = try ongoing(delivery, in: db) else { return }
    let file = 0..<ongoing.size
    let arrived = acked.clamped(to: file)
    try extend(ongoing, "handed", by: handed.clamped(to: file), in: db)
    try extend(ongoing, "handed", by: arrived, in: db)
    try extend(ongoing, "acked", by: arrived, in: db)
    try db.execute(
      sql: "UPDATE ongoing SET touched_at = MAX(touched_at, ?) WHERE delivery = ?",
      arguments: [now.seconds, delivery]
    )
  }

  /// Records the end of one transfer, and closes the delivery if it cannot go on.
  package func end(
    _ delivery: Int,
    _ outcome: Delivery.Outcome,
    evidence: Delivery.Evidence,
    at now: Instant,
    in db: Database
  ) throws {
    try db.execute(
      sql: """
        UPDATE ongoing SET transfers = MAX(transfers - 1, 0), outcome = ?, evidence = ?
        WHERE delivery = ?
        """,
      arguments: [outcome.rawValue, evidence.rawValue, delivery]
    )
    guard let ongoing = try ongoing(delivery, in: db) else { return }
    if try progress(of: ongoing, "acked", in: db).contains(0..<ongoing.size) {
      try close(ongoing, as: .complete, at: now, in: db)
    } else if ongoing.transfers == 0, outcome == .revoked || outcome == .drained {
      try close(ongoing, as: outcome, at: now, in: db)
    }
  }

  /// Closes the deliveries in which nothing has happened for `pause` seconds.
  func closeIdle(for pause: Int, at now: Instant, in db: Database) throws {
    let idle = try Int.fetchAll(
      db,
      sql: "SELECT delivery FROM ongoing WHERE touched_at <= ? ORDER BY delivery",
      arguments: [now.seconds - pause]
    )
    for delivery in idle {
      guard let ongoing = try ongoing(delivery, in: db) else { continue }
      try close(ongoing, at: now, in: db)
    }
  }
}
