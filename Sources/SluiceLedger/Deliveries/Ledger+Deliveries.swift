internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Who received which files of a release, as the log stood at `instant`, earliest first.
  ///
  /// `bytes` never counts too little: an open delivery counts as the whole file, a closed one as
  /// what it handed out that no earlier one had. `isComplete` never claims too much: it needs a
  /// delivery whose last byte was acknowledged. What everyone may have without a name is counted and
  /// not listed here (README join 6).
  ///
  /// - Parameters:
  ///   - release: The release.
  ///   - tier: Only of this tier.
  ///   - file: Only of the file at this path.
  ///   - sha256: Only of files with this content, under whatever path.
  ///   - instant: When; by default, after the last entry.
  /// - Returns: A line for each principal, grant, tier and file.
  /// - Throws: What SQLite threw.
  public func possessions(
    of release: Release.ID,
    tier: Tier.ID? = nil,
    file: String? = nil,
    sha256: SHA256Digest? = nil,
    at instant: Instant? = nil
  ) async throws -> [Possession] {
    try await database.read { db in
      let latest = try Int.fetchOne(db, sql: "SELECT MAX(at) FROM event") ?? 0
      let at = instant?.seconds ?? latest
      let approvers = try approvers(ofGrantsIn: release, in: db)
      return try Row.fetchAll(
        db,
        sql: Self.possessions,
        arguments: [
          "release": release.rawValue, "at": at, "tier": tier?.rawValue, "file": file,
          "sha256": sha256?.hex,
        ]
      ).map { row in try Possession(row: row, approvers: approvers) }
    }
  }

  // `coverage` has a row of its own kind of sum, so that a delivery counts once in every other
  // column however many ranges it has. Bytes may be covered twice where a client cut a file into
  // more ranges than an entry names; so a sum never exceeds the file.
  private static let possessions = """
    SELECT delivery.principal, delivery.grant_id, delivery.tier, delivery.file, delivery.sha256,
      delivery.size, grant_row.case_id, case_file.number,
      (SELECT group_concat(credential, ' ') FROM (
        SELECT DISTINCT used.credential FROM delivery AS used
        WHERE used.grant_id = delivery.grant_id AND used.principal IS delivery.principal
          AND used.tier = delivery.tier AND used.file = delivery.file AND used.began_at <= :at
        ORDER BY used.seq)) AS credentials,
      CASE WHEN MAX(delivery.ended_at IS NULL OR delivery.ended_at > :at) THEN delivery.size
        ELSE MIN(delivery.size, SUM((
          SELECT IFNULL(SUM(upper - lower), 0) FROM coverage
          WHERE coverage.delivery = delivery.seq AND coverage.at <= :at))) END AS bytes,
      IFNULL(MAX(outcome = 'complete' AND delivery.ended_at <= :at), FALSE) AS complete,
      MIN(began_at) AS first,
      MAX(MIN(IFNULL(delivery.ended_at, :at), :at)) AS last
    FROM delivery
    JOIN grant_row ON grant_row.id = delivery.grant_id
    JOIN case_file ON case_file.id = grant_row.case_id
    WHERE delivery.release = :release AND began_at <= :at
      AND (:tier IS NULL OR delivery.tier = :tier)
      AND (:file IS NULL OR delivery.file = :file)
      AND (:sha256 IS NULL OR delivery.sha256 = :sha256)
    GROUP BY delivery.principal, delivery.grant_id, delivery.tier, delivery.file, delivery.sha256
    ORDER BY first, delivery.principal, delivery.tier, delivery.file, delivery.grant_id
    """

  /// Case → who gave the approvals that its decision counted, in the order of the slots.
  private func approvers(
    ofGrantsIn release: Release.ID,
    in db: Database
  ) throws -> [String: [Principal.ID]] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT grant_row.case_id AS case_id, statement.by AS by
        FROM grant_row
        JOIN decision ON decision.case_id = grant_row.case_id AND decision.outcome = 'approved'
        JOIN event ON event.seq = decision.seq
        JOIN json_each(CAST(event.body AS TEXT), '$.counted') AS counted
        JOIN statement ON statement.sha256 = counted.value
        WHERE grant_row.release = ?
          AND EXISTS (SELECT 1 FROM delivery WHERE delivery.grant_id = grant_row.id)
        ORDER BY grant_row.case_id, counted.key
        """,
      arguments: [release.rawValue]
    )
    return rows.reduce(into: [:]) { approvers, row in
      let id: String = row["case_id"]
      approvers[id, default: []].append(Principal.ID(row["by"]))
    }
  }
}

extension Possession {
  fileprivate init(row: Row, approvers: [String: [Principal.ID]]) throws {
    let principal: String? = row["principal"]
    let first: Int = row["first"]
    let last: Int = row["last"]
    self.init(
      principal: principal.map { Identifier($0) },
      credential: row["credentials"],
      grant: Identifier(row["grant_id"]),
      tier: Identifier(row["tier"]),
      file: row["file"],
      sha256: try SHA256Digest(hex: row["sha256"]),
      size: row["size"],
      bytes: row["bytes"],
      isComplete: row["complete"],
      first: Instant(seconds: first),
      last: Instant(seconds: last),
      case: row["number"],
      approvers: approvers[row["case_id"]] ?? []
    )
  }
}
