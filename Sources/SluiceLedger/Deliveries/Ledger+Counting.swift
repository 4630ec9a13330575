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
      return try count(query.release, query.tier, query.path, refused: 1, at: now, in: db)
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

  /// Adds to the numbers of a file, which enter the log when their hour is over.
  func count(
    _ release: Release.ID,
    _ tier: Tier.ID,
    _ path: String,
    served: Int = 0,
    bytes: Int = 0,
    refused: Int = 0,
    at now: Instant,
    in db: Database
  ) throws {
    let file: StatementArguments = [release.rawValue, tier.rawValue, path]
    let since = try Int.fetchOne(
      db,
      sql: "SELECT since FROM tally WHERE release = ? AND tier = ? AND file = ?",
      arguments: file
    )
    if let since, now.seconds - since >= Self.countedTogether {
      try appendCounts(since: since, at: now, in: db)
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO tally (release, tier, file, since, served, bytes, refused)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET served = served + excluded.served,
          bytes = bytes + excluded.bytes, refused = refused + excluded.refused
        """
    ).execute(arguments: file + [now.seconds, served, bytes, refused])
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
