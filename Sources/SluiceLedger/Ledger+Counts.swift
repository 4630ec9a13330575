internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// What is counted about a tier and is not in the folded release.
public struct TierCounts: Hashable, Sendable {
  /// Reports about the tier, or about what it stands for.
  public let reports: Int
  /// Those among them with which no steward has dealt: by a confirmation, or by a comment on the report.
  public let openReports: Int
  /// Hand-outs that began, those to everyone included.
  public let deliveries: Int
}

extension Ledger {
  /// Counts what happened to a tier.
  ///
  /// - Parameters:
  ///   - tier: The tier.
  ///   - release: The release.
  ///   - start: Since when reports are counted; hand-outs are counted since the beginning.
  ///   - end: Until when reports are counted.
  /// - Returns: The numbers.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  public func counts(
    of tier: Tier.ID,
    in release: Release.ID,
    from start: Instant,
    until end: Instant
  ) async throws -> TierCounts {
    try await database.read { db in
      let folded = try fold(release, .levelOnly, in: db)
      return try counts(of: tier, in: folded, from: start, until: end, in: db)
    }
  }

  func counts(
    of tier: Tier.ID,
    in release: Release,
    from start: Instant,
    until end: Instant,
    in db: Database
  ) throws -> TierCounts {
    let reports = try words(.report, in: release.id, from: start, until: end, in: db)
      .filter { $0.isAbout(tier, in: release) }
    let comments = try words(.comment, in: release.id, from: start, until: end, in: db)
    let open = reports.filter { report in
      let confirmed = release.evidence.first { $0.id == report.id }?.confirmations.map(\.by) ?? []
      let answered = comments.filter {
        $0.subject.name == "statement" && $0.subject.digest.hex == report.id.rawValue
      }.map(\.by)
      return !(confirmed + answered).contains { $0 != report.by && release.isSteward($0) }
    }
    return TierCounts(
      reports: reports.count,
      openReports: open.count,
      deliveries: try handOuts(of: tier, in: release.id, in: db)
    )
  }

  /// What was said in a release and is not folded, within a time.
  private func words(
    _ kind: Event.Kind,
    in release: Release.ID,
    from start: Instant,
    until end: Instant,
    in db: Database
  ) throws -> [Statement] {
    try Data.fetchAll(
      db,
      sql: """
        SELECT statement.bytes FROM event JOIN statement ON statement.sha256 = event.statement
        WHERE event.kind = ? AND event.release = ? AND event.at BETWEEN ? AND ? ORDER BY event.seq
        """,
      arguments: [kind.rawValue, release.rawValue, start.seconds, end.seconds]
    ).map { try Statement(canonical: Array($0)) }
  }

  /// Deliveries, and what is only counted: in the log, and not yet.
  private func handOuts(of tier: Tier.ID, in release: Release.ID, in db: Database) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT COUNT(*) FROM delivery WHERE release = :release AND tier = :tier)
          + (SELECT IFNULL(SUM(json_extract(CAST(body AS TEXT), '$.served')), 0) FROM event
            WHERE kind = 'count' AND release = :release
              AND json_extract(CAST(body AS TEXT), '$.tier') = :tier)
          + (SELECT IFNULL(SUM(served), 0) FROM tally WHERE release = :release AND tier = :tier)
        """,
      arguments: ["release": release.rawValue, "tier": tier.rawValue]
    ) ?? 0
  }
}

extension Statement {
  /// Whether it is about a tier by its name, or about the bytes that it stands for.
  fileprivate func isAbout(_ tier: Tier.ID, in release: Release) -> Bool {
    if subject.name == "manifest" { return subject.digest == release.standing(of: tier) }
    return subject.name.utf8.elementsEqual("tier:\(tier)".utf8)
  }
}
