internal import Foundation
internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Grants, in order of issue.
  ///
  /// - Parameters:
  ///   - release: Only those of this release.
  ///   - holder: Only those that this principal holds; everyone's are not among them.
  ///   - reference: Only those whose id begins so.
  /// - Returns: The grants with their endings.
  /// - Throws: What SQLite threw.
  public func grants(
    of release: Release.ID? = nil,
    heldBy holder: Principal.ID? = nil,
    beginning reference: String? = nil
  ) async throws -> [Grant] {
    try await database.read { db in
      try grants(
        where: """
          (:release IS NULL OR grant_row.release = :release)
          AND (:holder IS NULL OR grant_row.audience = :holder)
          AND (:from IS NULL OR grant_row.id >= :from AND grant_row.id < :from || 'g')
          """,
        ["release": release?.rawValue, "holder": holder?.rawValue, "from": reference],
        in: db
      )
    }
  }

  /// One grant.
  public func grant(_ id: Grant.ID) async throws -> Grant? {
    try await database.read { db in try grant(id, in: db) }
  }

  func grant(_ id: Grant.ID, in db: Database) throws -> Grant? {
    try grants(where: "grant_row.id = :id", ["id": id.rawValue], in: db).first
  }

  /// The grants of a release that are given to exactly this audience.
  func grants(
    of release: Release.ID,
    audience: Grant.Audience,
    in db: Database
  ) throws -> [Grant] {
    try grants(
      where: "grant_row.release = :release AND grant_row.audience IS :holder",
      ["release": release.rawValue, "holder": audience.column],
      in: db
    )
  }

  /// The grants that meet a condition, in order of issue, at most so many.
  func grants(
    where condition: String,
    _ arguments: StatementArguments,
    limit: Int = -1,
    in db: Database
  ) throws -> [Grant] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT \(Grant.columns), grant_tier.tier, grant_tier.manifest
          FROM (SELECT * FROM grant_row WHERE \(condition) ORDER BY seq LIMIT :limit) AS grant_row
          LEFT JOIN grant_tier ON grant_tier.grant_id = grant_row.id
          ORDER BY grant_row.seq
          """
      ),
      arguments: arguments + ["limit": limit]
    )
    var found: [(grant: Grant, tiers: [Tier.ID: SHA256Digest])] = []
    while let row = try rows.next() {
      let id = Grant.ID(row[0])
      if found.last?.grant.id != id { found.append((try Grant(row: row), [:])) }
      let tier: String? = row[Grant.columnCount]
      guard let tier else { continue }
      found[found.count - 1].tiers[Tier.ID(tier)] =
        try SHA256Digest(hex: row[Grant.columnCount + 1])
    }
    return found.map { $0.grant.pinning($0.tiers) }
  }
}
