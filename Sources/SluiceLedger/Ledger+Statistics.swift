internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// How the requests for access to a release went.
  public func statistics(of release: Release.ID) async throws -> Statistics {
    try await database.read { db in try statistics(of: release, in: db) }
  }

  func statistics(
    of release: Release.ID,
    tier: Tier.ID? = nil,
    in db: Database
  ) throws -> Statistics {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) AS requests,
          COUNT(*) FILTER (WHERE state = 'approved') AS approved,
          COUNT(*) FILTER (WHERE state = 'denied') AS denied,
          COUNT(*) FILTER (WHERE is_overdue) AS overdue
        FROM case_file WHERE \(Self.requests)
        """,
      arguments: ["release": release.rawValue, "tier": tier?.rawValue]
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
    return try Int.fetchOne(
      db,
      sql: """
        SELECT ended_at - filed_at AS wait FROM case_file
        WHERE \(Self.requests) AND state IN ('approved', 'denied')
        ORDER BY wait LIMIT 1 OFFSET :place
        """,
      arguments: ["release": release.rawValue, "tier": tier?.rawValue, "place": place]
    ).map { Duration(seconds: max($0, 0)) }
  }

  // Requests for access, of all tiers or of those for one.
  private static let requests = """
    release = :release AND kind = 'access'
      AND (:tier IS NULL OR EXISTS (SELECT 1 FROM json_each(tiers) WHERE value = :tier))
    """
}
