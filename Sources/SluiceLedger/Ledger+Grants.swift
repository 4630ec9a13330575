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
    let (stage, old): (String?, String?) = (row["stage"], row["successor_of"])
    let (until, grace, cut): (Int?, Int?, Int?) = (row["not_after"], row["grace"], row["cut_at"])
    let terms = Grant.Terms(
      release: Release.ID(row["release"]),
      case: Case.ID(row["case_id"]),
      stage: stage.map { Stage.ID($0) },
      audience: Audience(column: audience),
      tiers: try Self.digests(row["tiers"]),
      notBefore: Instant(seconds: row["not_before"]),
      notAfter: until.map { Instant(seconds: $0) },
      terms: try Self.digests(row["terms"]),
      policy: try SHA256Digest(hex: row["policy"]),
      successorOf: old.map { Grant.ID($0) }
    )
    self.init(
      id: Grant.ID(row["id"]),
      index: row["seq"],
      terms: terms,
      grace: grace.map { Duration(seconds: $0) },
      cutAt: cut.map { Instant(seconds: $0) },
      ending: try Self.ending(row)
    )
  }

  private static func ending(_ row: Row) throws -> Ending? {
    let at: Int? = row["ended_at"]
    guard let at else { return nil }
    let (name, how): (String, String) = (row["ended_code"], row["ended_how"])
    let statement: String? = row["ended_by"]
    guard let code = ReasonCode(rawValue: name), let kind = Ending.Kind(rawValue: how) else {
      throw Refusal.logCorrupt("grant_row: ended_code \(name), ended_how \(how)")
    }
    return Ending(
      kind: kind,
      statement: statement.map { Statement.ID($0) },
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
