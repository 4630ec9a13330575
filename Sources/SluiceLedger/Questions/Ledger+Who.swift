internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// Somebody who may obtain a tier at an instant.
public struct Entitlement: Hashable, Sendable {
  /// The tier.
  public let tier: Tier.ID
  /// What it stands for under this grant.
  public let manifest: SHA256Digest
  /// Who; of what everyone may have `nil`.
  public let principal: Principal.ID?
  /// The organisation that the roster or the registry gives them now.
  public let organisation: Principal.ID?
  /// The grant on which it rests.
  public let grant: Grant
}

/// A page of those who may obtain something.
public struct Entitlements: Hashable, Sendable {
  /// The lines, by grant in order of issue, tier and member.
  public let lines: [Entitlement]
  /// After which entry the next page begins; `nil` after the last.
  public let next: Int?
}

extension Ledger {
  /// Who may obtain what of a release at an instant: of a group's grant each member whom it serves.
  ///
  /// What it says of the past is what the log said then, but for organisations, which are those of now.
  /// A page has whole grants, so it can be longer than `limit` by what the last grant serves.
  ///
  /// - Parameters:
  ///   - release: The release.
  ///   - tier: Only of this tier.
  ///   - instant: When; by default, after the last entry.
  ///   - place: After which grant, by the index of its `issue` entry.
  ///   - limit: How many grants are looked at.
  /// - Returns: The page.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  public func entitlements(
    to release: Release.ID,
    tier: Tier.ID? = nil,
    at instant: Instant? = nil,
    after place: Int = -1,
    limit: Int = 100
  ) async throws -> Entitlements {
    try await database.read { db in
      let now = try instant ?? lastTime(in: db) ?? Instant(seconds: 0)
      let grants = try issued(of: release, by: now, tier: tier, after: place, limit: limit, in: db)
      let lines = try grants.flatMap { grant in
        try served(by: grant, at: now, in: db).flatMap { asker in
          grant.terms.tiers.filter { tier == nil || $0.key == tier }
            .sorted { $0.key.rawValue < $1.key.rawValue }.map { name, manifest in
              Entitlement(
                tier: name,
                manifest: manifest,
                principal: asker.principal,
                organisation: asker.organisation,
                grant: grant
              )
            }
        }
      }
      return Entitlements(lines: lines, next: grants.count < limit ? nil : grants.last?.index)
    }
  }

  /// The grants that had been issued by an instant and were not over, in order of issue.
  private func issued(
    of release: Release.ID,
    by now: Instant,
    tier: Tier.ID?,
    after place: Int,
    limit: Int,
    in db: Database
  ) throws -> [Grant] {
    try grants(
      where: """
        grant_row.release = :release AND grant_row.seq > :after
          AND (SELECT at FROM event WHERE event.seq = grant_row.seq) <= :now
          AND IFNULL(ended_at, :now + 1) > :now
          AND MIN(IFNULL(not_after, :now + 1), IFNULL(cut_at, :now + 1)) > :now
          AND not_before <= :now
          AND (:tier IS NULL OR EXISTS
            (SELECT 1 FROM grant_tier WHERE grant_id = grant_row.id AND grant_tier.tier = :tier))
        """,
      [
        "release": release.rawValue, "after": place, "now": now.seconds, "tier": tier?.rawValue,
      ],
      limit: limit,
      in: db
    )
  }

  /// Whom a grant serves at an instant.
  private func served(by grant: Grant, at now: Instant, in db: Database) throws -> [Asker] {
    let release = grant.terms.release
    let askers: [Asker] =
      switch grant.terms.audience {
      case .everyone: [.stranger]
      case .principal(let holder): [try asker(holder, "", in: release, in: db)]
      case .group(let group):
        try members(of: group, in: release, at: now, in: db)
          .filter { try accepts($0, grant.terms.terms.values, in: release, by: now, in: db) }
          .map { try asker($0, "", in: release, in: db) }
      }
    return try askers.filter { asker in
      let holds = try holds(on: [grant], of: asker, in: release, in: db)
      return grant.status(at: now, holds: holds, asker: asker) == .live
    }
  }

  private func members(
    of group: Group.ID,
    in release: Release.ID,
    at now: Instant,
    in db: Database
  ) throws -> [Principal.ID] {
    try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT member FROM membership WHERE release = :release AND team = :team
          AND invited_at <= :now AND IFNULL(left_at, :now + 1) > :now
        ORDER BY invited_at, member
        """,
      arguments: ["release": release.rawValue, "team": group.rawValue, "now": now.seconds]
    ).map { Principal.ID($0) }
  }

  /// Whether somebody had agreed to each of some texts by an instant.
  private func accepts(
    _ member: Principal.ID,
    _ texts: some Sequence<SHA256Digest>,
    in release: Release.ID,
    by now: Instant,
    in db: Database
  ) throws -> Bool {
    try texts.allSatisfy { digest in
      let last = try Int.fetchOne(
        db,
        sql: "SELECT at FROM acceptance WHERE release = ? AND principal = ? AND sha256 = ?",
        arguments: [release.rawValue, member.rawValue, digest.hex]
      )
      guard let last, last > now.seconds else { return last != nil }
      // The table has the last time; whether there was one before, the log says.
      return try Data.fetchAll(
        db,
        sql: """
          SELECT statement.bytes FROM event
          JOIN statement ON statement.sha256 = event.statement
          WHERE event.folds = 1 AND event.release = ? AND event.person = ?
            AND event.kind = 'accept' AND event.at <= ?
          """,
        arguments: [release.rawValue, member.rawValue, now.seconds]
      ).contains { bytes in try Statement(canonical: Array(bytes)).subject.digest == digest }
    }
  }
}
