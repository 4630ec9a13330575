internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// A page of who received which files of a release, as the log stood at `instant`, earliest first.
  ///
  /// - Parameters:
  ///   - release: The release.
  ///   - filter: Which of them.
  ///   - instant: When; by default, after the last entry.
  ///   - place: After which line, by ``PossessionPage/next``; by default, from the first.
  ///   - limit: How many lines it has at most.
  /// - Returns: The page; a line means what ``possessions(of:tier:file:sha256:at:)`` says.
  /// - Throws: What SQLite threw.
  public func possessionPage(
    of release: Release.ID,
    _ filter: PossessionFilter = PossessionFilter(),
    at instant: Instant? = nil,
    after place: Int? = nil,
    limit: Int = 100
  ) async throws -> PossessionPage {
    try await database.read { db in
      let rows = try possessionRows(
        filter,
        of: release,
        at: instant,
        after: place,
        limit: limit + 1,
        in: db
      )
      let page = rows.prefix(limit)
      return PossessionPage(
        lines: try possessions(Array(page), in: db),
        next: rows.count > limit ? page.last.map { $0["begun"] } : nil
      )
    }
  }

  /// How much of a release was received, as the log stood at `instant`.
  ///
  /// Of a whole release, and of now, it is looked up; of a part and of the past it is counted.
  public func possessionTotals(
    of release: Release.ID,
    _ filter: PossessionFilter = PossessionFilter(),
    at instant: Instant? = nil
  ) async throws -> PossessionTotals {
    try await database.read { db in
      if instant == nil, filter == PossessionFilter() {
        return try receivedTotals(of: release, in: db)
      }
      let (condition, arguments) = try conditions(filter, of: release, at: instant, in: db)
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT COUNT(*) AS lines, COUNT(DISTINCT principal) AS recipients,
            IFNULL(SUM(n), 0) AS deliveries
          FROM (SELECT principal, COUNT(*) AS n FROM delivery AS begun WHERE \(condition)
            GROUP BY principal, erased_by, grant_id, tier, file, sha256)
          """,
        arguments: arguments
      )
      return PossessionTotals(
        lines: row?["lines"] ?? 0,
        recipients: row?["recipients"] ?? 0,
        deliveries: row?["deliveries"] ?? 0
      )
    }
  }

  /// What was handed out without a name: to those who gave none, and small files to anybody.
  ///
  /// As the log stood at `instant`; of now, what has not entered the log yet counts as well.
  public func countedHandOuts(
    of release: Release.ID,
    _ filter: PossessionFilter = PossessionFilter(),
    at instant: Instant? = nil
  ) async throws -> CountedHandOuts {
    // Whoever received them, and under which grant, is what is not known.
    guard filter.principal == nil, filter.grant == nil else {
      return CountedHandOuts(served: 0, bytes: 0)
    }
    return try await database.read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT IFNULL(SUM(served), 0) AS served, IFNULL(SUM(bytes), 0) AS bytes FROM (
            SELECT json_extract(CAST(body AS TEXT), '$.tier') AS tier,
              json_extract(CAST(body AS TEXT), '$.file') AS file,
              json_extract(CAST(body AS TEXT), '$.served') AS served,
              json_extract(CAST(body AS TEXT), '$.bytes') AS bytes
            FROM event WHERE kind = 'count' AND release = :release AND at <= IFNULL(:at, at)
            UNION ALL
            SELECT tier, file, served, bytes FROM tally WHERE release = :release AND :at IS NULL
          ) WHERE tier = IFNULL(:tier, tier) AND file = IFNULL(:file, file)
            AND (:sha256 IS NULL OR EXISTS (
              SELECT 1 FROM manifest_file JOIN manifest ON manifest.sha256 = manifest_file.manifest
              WHERE manifest_file.sha256 = :sha256 AND manifest_file.path = file
                AND manifest.release = :release AND manifest.tier = tier))
          """,
        arguments: [
          "release": release.rawValue, "at": instant?.seconds, "tier": filter.tier?.rawValue,
          "file": filter.file, "sha256": filter.sha256?.hex,
        ]
      )
      return CountedHandOuts(served: row?["served"] ?? 0, bytes: row?["bytes"] ?? 0)
    }
  }

  private func receivedTotals(of release: Release.ID, in db: Database) throws -> PossessionTotals {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT lines, recipients,
            (SELECT n FROM figure WHERE figure.release = received.release AND name = ?) AS deliveries
          FROM received WHERE release = ?
          """
      ),
      arguments: [Figure.deliveries.rawValue, release.rawValue]
    )
    return PossessionTotals(
      lines: row?["lines"] ?? 0,
      recipients: row?["recipients"] ?? 0,
      deliveries: row?["deliveries"] ?? 0
    )
  }

  /// What was received, of one release or of all.
  func possessions(
    _ filter: PossessionFilter,
    of release: Release.ID? = nil,
    at instant: Instant? = nil,
    in db: Database
  ) throws -> [Possession] {
    try possessions(
      possessionRows(filter, of: release, at: instant, after: nil, limit: -1, in: db),
      in: db
    )
  }

  private func possessions(_ rows: [Row], in db: Database) throws -> [Possession] {
    let cases = Set(rows.compactMap { $0["case_id"] as String? }.map { Case.ID($0) })
    let approvers = try approvers(of: cases, in: db)
    return try rows.map { try Possession(row: $0, approvers: approvers) }
  }

  /// The lines of a page, each with the index of its first delivery as `begun`.
  ///
  /// A line begins with the first delivery of a principal, grant, tier and file, so a page costs what
  /// its own lines cost.
  ///
  /// `coverage` has a row of its own kind of sum, so that a delivery counts once in every other column
  /// however many ranges it has. Bytes may be covered twice where a client cut a file into more ranges
  /// than an entry names; so a sum never exceeds the file.
  private func possessionRows(
    _ filter: PossessionFilter,
    of release: Release.ID?,
    at instant: Instant?,
    after place: Int?,
    limit: Int,
    in db: Database
  ) throws -> [Row] {
    var (condition, arguments) = try conditions(filter, of: release, at: instant, in: db)
    arguments += ["limit": limit]
    if let place {
      condition += """
         AND (begun.began_at, begun.seq)
          > ((SELECT began_at FROM delivery WHERE seq = :place), :place)
        """
      arguments += ["place": place]
    }
    return try Row.fetchAll(
      db.cachedStatement(
        sql: """
          WITH line AS MATERIALIZED (
            SELECT * FROM delivery AS begun WHERE \(condition) AND NOT EXISTS (
              SELECT 1 FROM delivery AS earlier WHERE \(Self.same("earlier", "begun"))
                AND earlier.seq < begun.seq)
            ORDER BY begun.began_at, begun.seq LIMIT :limit
          )
          SELECT line.seq AS begun, line.principal, line.grant_id, line.tier, line.file, line.sha256,
            line.size, line.began_at AS first, grant_row.case_id, case_file.number,
            (SELECT group_concat(credential, ' ') FROM (
              SELECT credential FROM delivery AS used
              WHERE \(Self.same("used", "line")) AND used.began_at <= :at
              GROUP BY credential ORDER BY MIN(used.seq))) AS credentials,
            (SELECT CASE WHEN MAX(ended_at IS NULL OR ended_at > :at) THEN line.size
                ELSE MIN(line.size, SUM((
                  SELECT IFNULL(SUM(upper - lower), 0) FROM coverage
                  WHERE coverage.delivery = used.seq AND coverage.at <= :at))) END
              FROM delivery AS used
              WHERE \(Self.same("used", "line")) AND used.began_at <= :at) AS bytes,
            (SELECT IFNULL(MAX(outcome = 'complete' AND ended_at <= :at), FALSE)
              FROM delivery AS used
              WHERE \(Self.same("used", "line")) AND used.began_at <= :at) AS complete,
            (SELECT MAX(MIN(IFNULL(ended_at, :at), :at)) FROM delivery AS used
              WHERE \(Self.same("used", "line")) AND used.began_at <= :at) AS last
          FROM line
          LEFT JOIN grant_row ON grant_row.id = line.grant_id
          LEFT JOIN case_file ON case_file.id = grant_row.case_id
          ORDER BY line.seq
          """
      ),
      arguments: arguments
    )
  }

  private static func same(_ one: String, _ other: String) -> String {
    """
    \(one).grant_id = \(other).grant_id AND \(one).principal IS \(other).principal
      AND \(one).erased_by IS \(other).erased_by
      AND \(one).tier = \(other).tier AND \(one).file = \(other).file
      AND \(one).sha256 = \(other).sha256
    """
  }

  /// Only what is asked for is a condition, so that the index that serves it best is taken.
  private func conditions(
    _ filter: PossessionFilter,
    of release: Release.ID?,
    at instant: Instant?,
    in db: Database
  ) throws -> (String, StatementArguments) {
    let now = try instant ?? lastTime(in: db) ?? Instant(seconds: 0)
    var conditions = ["begun.began_at <= :at"]
    var arguments: StatementArguments = ["at": now.seconds]
    let given = [
      ("release", release?.rawValue), ("tier", filter.tier?.rawValue), ("file", filter.file),
      ("sha256", filter.sha256?.hex), ("principal", filter.principal?.rawValue),
      ("grant_id", filter.grant?.rawValue),
    ]
    // Of one person or grant there is less than of a release, so that is looked up.
    let isFew = filter.principal != nil || filter.grant != nil
    for (column, value) in given {
      guard let value else { continue }
      let isPassedOver = isFew && column == "release"
      conditions.append("\(isPassedOver ? "+" : "")begun.\(column) = :\(column)")
      arguments += [column: value]
    }
    return (conditions.joined(separator: " AND "), arguments)
  }
}

extension Possession {
  fileprivate init(row: Row, approvers: [Case.ID: [Principal.ID]]) throws {
    let (principal, asked): (String?, String?) = (row["principal"], row["case_id"])
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
      first: Instant(seconds: row["first"]),
      last: Instant(seconds: row["last"]),
      case: row["number"],
      approvers: asked.flatMap { approvers[Case.ID($0)] } ?? []
    )
  }
}
