internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// For how long one entry stands for further equal ones, in seconds.
  static let countedTogether = 3_600

  /// Records that somebody was refused: by name once per tier, code and hour, else as a number.
  func refuse(
    _ query: DeliveryQuery,
    with refusal: Refusal,
    at now: Instant,
    in db: Database
  ) throws {
    guard let principal = query.principal else {
      try count(query.release, query.tier, query.path, refused: 1, at: now, in: db)
      return
    }
    let key: StatementArguments = [
      principal.rawValue, query.release.rawValue, query.tier.rawValue, refusal.code,
    ]
    let last = try Int.fetchOne(
      db,
      sql: """
        SELECT at FROM refusal WHERE principal = ? AND release = ? AND tier = ? AND code = ?
        """,
      arguments: key
    )
    if let last, now.seconds - last < Self.countedTogether { return }
    let members: JSONObject = [
      "code": .string(refusal.code), "holder": .string(try pseudonym(of: principal, in: db)),
      "release": .string(query.release.rawValue), "tier": .string(query.tier.rawValue),
    ]
    try append(Event(kind: .refuse, members: members, release: query.release), at: now, in: db)
    try db.execute(
      sql: """
        INSERT INTO refusal (principal, release, tier, code, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET at = excluded.at
        """,
      arguments: key + [now.seconds]
    )
  }

  /// Counts a hand-out that begins, with all the bytes that were asked for.
  func count(
    _ admission: Admission,
    bytes: Int,
    at now: Instant,
    in db: Database
  ) throws -> Admission.Count {
    let (release, tier, path) = (admission.release, admission.tier, admission.path)
    let since = try count(release, tier, path, served: 1, bytes: bytes, at: now, in: db)
    return Admission.Count(since: since, bytes: bytes)
  }

  /// Takes back what was counted at the beginning of a hand-out and did not leave.
  ///
  /// Numbers that are in the log by now stay what they are: an upper bound. Those of a later hour are
  /// about other hand-outs, and nothing is taken from them.
  func takeBack(
    _ bytes: Int,
    of admission: Admission,
    _ counted: Admission.Count,
    in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        UPDATE tally SET bytes = bytes - ?
        WHERE release = ? AND tier = ? AND file = ? AND since = ?
        """
    ).execute(
      arguments: [
        bytes, admission.release.rawValue, admission.tier.rawValue, admission.path, counted.since,
      ]
    )
  }

  /// Adds to the numbers of a file, which enter the log when their hour is over.
  ///
  /// - Returns: Since when the numbers are kept to which it was added.
  @discardableResult
  func count(
    _ release: Release.ID,
    _ tier: Tier.ID,
    _ path: String,
    served: Int = 0,
    bytes: Int = 0,
    refused: Int = 0,
    at now: Instant,
    in db: Database
  ) throws -> Int {
    let file: StatementArguments = [release.rawValue, tier.rawValue, path]
    var since = try Int.fetchOne(
      db,
      sql: "SELECT since FROM tally WHERE release = ? AND tier = ? AND file = ?",
      arguments: file
    )
    if let first = since, now.seconds - first >= Self.countedTogether {
      try appendCounts(since: first, at: now, in: db)
      since = nil
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO tally (release, tier, file, since, served, bytes, refused)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET served = served + excluded.served,
          bytes = bytes + excluded.bytes, refused = refused + excluded.refused
        """
    ).execute(arguments: file + [now.seconds, served, bytes, refused])
    return since ?? now.seconds
  }

  /// Appends a `count` for each file that has been counted since `since` or longer.
  func appendCounts(since: Int, at now: Instant, in db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT * FROM tally WHERE since <= ? ORDER BY release, tier, file",
      arguments: [since]
    )
    for row in rows {
      let release: String = row["release"]
      let tier: String = row["tier"]
      let file: String = row["file"]
      let members: JSONObject = [
        "bytes": .integer(row["bytes"]), "file": .string(file), "refused": .integer(row["refused"]),
        "release": .string(release), "served": .integer(row["served"]), "tier": .string(tier),
      ]
      try append(
        Event(kind: .count, members: members, release: Release.ID(release)),
        at: now,
        in: db
      )
    }
    try db.execute(sql: "DELETE FROM tally WHERE since <= ?", arguments: [since])
  }
}
