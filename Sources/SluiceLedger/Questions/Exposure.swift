internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// What left under a grant, and what else its holder has (governance-domain 10).
///
/// Ending the grant does not recall it.
public struct Exposure: Hashable, Sendable {
  /// One file that was handed out once, with one key or token.
  public struct Shard: Hashable, Sendable {
    /// The index of the `deliver` entry.
    public let delivery: Int
    /// To whom; `nil` once erased.
    public let principal: Principal.ID?
    /// With which key or token.
    public let credential: String
    /// The tier.
    public let tier: Tier.ID
    /// The path in the tier.
    public let file: String
    /// The digest of the file.
    public let sha256: SHA256Digest
    /// Its length in bytes.
    public let size: Int
    /// Bytes that may have left with this delivery and with none before it.
    public let bytes: Int
    /// When it began.
    public let began: Instant
    /// When it ended; `nil` if no end was seen yet, so it counts as the whole file.
    public let ended: Instant?
    /// How it ended.
    public let outcome: Delivery.Outcome?
  }

  /// The grant.
  public let grant: Grant
  /// What was handed out under it, earliest first.
  public let shards: [Shard]
  /// What else the same holder was granted in the release, in order of issue: those that are live.
  public let grants: [Grant]
  /// The holder's open cases in the release, by number.
  public let cases: [CaseRow]
}

extension Ledger {
  /// What left under a grant up to now, and what else its holder has.
  ///
  /// - Throws: `Refusal.unknownGrant`, or what SQLite threw.
  public func exposure(of id: Grant.ID, at clock: Instant) async throws -> Exposure {
    try await database.read { db in
      guard let grant = try grant(id, in: db) else { throw Refusal.unknownGrant(id) }
      let now = try logTime(clock, in: db)
      let release = grant.terms.release
      let others = try grants(of: release, audience: grant.terms.audience, in: db).filter {
        $0.id != id && $0.terms.audience != .everyone
      }
      let holds = try holds(on: others, of: .stranger, in: release, in: db)
      return Exposure(
        grant: grant,
        shards: try shards(of: id, in: db),
        grants: others.filter { $0.status(at: now, holds: holds) == .live },
        cases: try openCases(of: grant.terms.audience, in: release, in: db)
      )
    }
  }

  private func shards(of id: Grant.ID, in db: Database) throws -> [Exposure.Shard] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT delivery.*,
          CASE WHEN ended_at IS NULL THEN size ELSE MIN(size,
            (SELECT IFNULL(SUM(upper - lower), 0) FROM coverage WHERE delivery = seq)) END AS bytes
        FROM delivery WHERE grant_id = ? ORDER BY seq
        """,
      arguments: [id.rawValue]
    ).map(Exposure.Shard.init)
  }

  func openCases(
    of audience: Grant.Audience,
    in release: Release.ID,
    in db: Database
  ) throws -> [CaseRow] {
    guard let party = audience.column else { return [] }
    return try Row.fetchAll(
      db,
      sql: """
        \(CaseRow.selection) WHERE release = :release AND state IN ('open', 'returned')
          AND (party = :party OR requester = :party) ORDER BY number
        """,
      arguments: ["release": release.rawValue, "party": party]
    ).map(CaseRow.init)
  }
}

extension Exposure.Shard {
  fileprivate init(row: Row) throws {
    let (principal, outcome): (String?, String?) = (row["principal"], row["outcome"])
    let ended: Int? = row["ended_at"]
    self.init(
      delivery: row["seq"],
      principal: principal.map { Principal.ID($0) },
      credential: row["credential"],
      tier: Tier.ID(row["tier"]),
      file: row["file"],
      sha256: try SHA256Digest(hex: row["sha256"]),
      size: row["size"],
      bytes: row["bytes"],
      began: Instant(seconds: row["began_at"]),
      ended: ended.map { Instant(seconds: $0) },
      outcome: outcome.flatMap { Delivery.Outcome(rawValue: $0) }
    )
  }
}
