internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// How the requests for access to a release went.
  public func statistics(of release: Release.ID) async throws -> Statistics {
    try await database.read { db in try statistics(of: release, in: db) }
  }

  /// How long people wait for an answer in a release.
  public func serviceLevel(of id: Release.ID) async throws -> ServiceLevel {
    try await database.read { db in
      let tiers = try fold(id, .levelOnly, in: db).adoption?.policy.tiers.map(\.id) ?? []
      let lines = try tiers.map { tier in
        ServiceLevel.Line(tier: tier, statistics: try statistics(of: id, tier: tier, in: db))
      }
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT COUNT(*) AS waiting, COUNT(*) FILTER (WHERE is_overdue) AS late,
            MIN(filed_at) AS oldest
          FROM case_file
          WHERE release = ? AND kind = 'access' AND state IN ('open', 'returned')
          """,
        arguments: [id.rawValue]
      )
      let oldest: Int? = row?["oldest"]
      return ServiceLevel(
        all: try statistics(of: id, in: db),
        tiers: lines.filter { $0.statistics.requests > 0 },
        waiting: row?["waiting"] ?? 0,
        late: row?["late"] ?? 0,
        oldest: oldest.map { Instant(seconds: $0) }
      )
    }
  }

  /// Reads `request_total`, which keeps the numbers, so that they cost the same however many requests
  /// there are.
  func statistics(
    of release: Release.ID,
    tier: Tier.ID? = nil,
    in db: Database
  ) throws -> Statistics {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT IFNULL(SUM(number), 0) AS requests,
            IFNULL(SUM(number) FILTER (WHERE state = 'approved'), 0) AS approved,
            IFNULL(SUM(number) FILTER (WHERE state = 'denied'), 0) AS denied,
            IFNULL(SUM(number) FILTER (WHERE is_overdue), 0) AS overdue
          FROM request_total WHERE release = ? AND tier = ?
          """
      ),
      arguments: [release.rawValue, tier?.rawValue ?? ""]
    )
    guard let row else { return Statistics() }
    let (approved, denied): (Int, Int) = (row["approved"], row["denied"])
    let decided = approved + denied
    return Statistics(
      requests: row["requests"],
      approved: approved,
      denied: denied,
      overdue: row["overdue"],
      median: try median(of: release, tier, among: decided, in: db),
      ninetieth: try wait(of: release, tier, at: (9 * decided + 9) / 10 - 1, in: db)
    )
  }

  /// Of an even number, what lies between the two in the middle.
  private func median(
    of release: Release.ID,
    _ tier: Tier.ID?,
    among decided: Int,
    in db: Database
  ) throws -> Duration? {
    let lower = try wait(of: release, tier, at: (decided - 1) / 2, in: db)
    let upper = try wait(of: release, tier, at: decided / 2, in: db)
    guard let lower, let upper else { return nil }
    return Duration(seconds: (lower.seconds + upper.seconds) / 2)
  }

  /// How long a decision took: the one at that place, from the quickest on.
  private func wait(
    of release: Release.ID,
    _ tier: Tier.ID?,
    at place: Int,
    in db: Database
  ) throws -> Duration? {
    guard place >= 0 else { return nil }
    let whose: StatementArguments = [release.rawValue, tier?.rawValue ?? ""]
    var rest = place
    let hours = try db.cachedStatement(
      sql: """
        SELECT hour, SUM(number) FROM request_total
        WHERE release = ? AND tier = ? AND hour >= 0 GROUP BY hour ORDER BY hour
        """
    )
    guard let hour = try Self.find(&rest, among: hours, whose) else { return nil }
    let seconds = try db.cachedStatement(
      sql: """
        SELECT wait, number FROM request_wait
        WHERE release = ? AND tier = ? AND wait >= ? AND wait < ? ORDER BY wait
        """
    )
    return try Self.find(&rest, among: seconds, whose + [hour * 3_600, (hour + 1) * 3_600])
      .map { Duration(seconds: $0) }
  }

  /// The row that the `place`th lies in, of rows of a value and how many there are of it; `place` is
  /// then what is left of it in that row.
  private static func find(
    _ place: inout Int,
    among rows: GRDB.Statement,
    _ arguments: StatementArguments
  ) throws -> Int? {
    let rows = try Row.fetchCursor(rows, arguments: arguments)
    while let row = try rows.next() {
      let number: Int = row[1]
      if place < number { return row[0] }
      place -= number
    }
    return nil
  }
}
