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
  /// - Returns: The grants with their endings.
  /// - Throws: What SQLite threw.
  public func grants(
    of release: Release.ID? = nil,
    heldBy holder: Principal.ID? = nil
  ) async throws -> [Grant] {
    try await database.read { db in
      try grants(
        where: """
          (:release IS NULL OR grant_row.release = :release)
          AND (:holder IS NULL OR grant_row.audience = :holder)
          """,
        ["release": release?.rawValue, "holder": holder?.rawValue],
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
    let holder: String? =
      switch audience {
      case .everyone: nil
      case .principal(let principal): principal.rawValue
      }
    return try grants(
      where: "grant_row.release = :release AND grant_row.audience IS :holder",
      ["release": release.rawValue, "holder": holder],
      in: db
    )
  }

  private func grants(
    where condition: String,
    _ arguments: StatementArguments,
    in db: Database
  ) throws -> [Grant] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT grant_row.*,
            (SELECT json_group_object(tier, manifest) FROM grant_tier
             WHERE grant_id = grant_row.id) AS tiers
          FROM grant_row WHERE \(condition) ORDER BY grant_row.seq
          """
      ),
      arguments: arguments
    )
    return try rows.map(Grant.init)
  }
}

extension Grant {
  /// Reads a row with the member `tiers`, an object of tier → manifest.
  fileprivate init(row: Row) throws {
    let audience: String? = row["audience"]
    let until: Int? = row["not_after"]
    let terms = Grant.Terms(
      release: Release.ID(row["release"]),
      case: Case.ID(row["case_id"]),
      stage: Stage.ID(row["stage"]),
      audience: audience.map { .principal(Principal.ID($0)) } ?? .everyone,
      tiers: try Self.digests(row["tiers"]),
      notBefore: Instant(seconds: row["not_before"]),
      notAfter: until.map { Instant(seconds: $0) },
      terms: try Self.digests(row["terms"]),
      policy: try SHA256Digest(hex: row["policy"])
    )
    self.init(
      id: Grant.ID(row["id"]),
      index: row["seq"],
      terms: terms,
      ending: try Self.ending(row)
    )
  }

  private static func ending(_ row: Row) throws -> Ending? {
    let at: Int? = row["ended_at"]
    guard let at else { return nil }
    let name: String = row["ended_code"]
    guard let code = ReasonCode(rawValue: name) else {
      throw Refusal.logCorrupt("grant_row: ended_code \(name)")
    }
    return Ending(
      statement: Statement.ID(row["ended_by"]),
      at: Instant(seconds: at),
      code: code,
      text: row["ended_text"]
    )
  }

  private static func digests<Subject>(
    _ text: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    var outer = try JSONFields(
      .object(["map": try JSONValue(parsing: Array(text.utf8), .document, format: "grant_row")]),
      format: "grant_row"
    )
    return try outer.digests("map")
  }
}
