internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// What a transfer under way rests on: it stops when either of the two no longer counts.
public struct Permit: Hashable, Sendable {
  /// The grant.
  public let grant: Grant.ID
  /// Whose it is; `nil` for somebody without a name.
  public let principal: Principal.ID?
  /// With what it was asked for: `token:ID` or `key:SHA256:…`; empty without a principal.
  public let credential: String

  /// Composes a permit.
  public init(grant: Grant.ID, principal: Principal.ID?, credential: String) {
    self.grant = grant
    self.principal = principal
    self.credential = credential
  }
}

extension Ledger {
  /// Those of `permits` whose grant is live and whose token counts, for the transfers that run on
  /// them (governance-domain 8).
  ///
  /// - Throws: `Refusal.clockUntrusted`; what SQLite threw.
  public func live(_ permits: Set<Permit>, at clock: Instant) async throws -> Set<Permit> {
    try await database.read { db in
      let now = try logTime(clock, in: db)
      return try permits.filter { try isLive($0, at: now, in: db) }
    }
  }

  private func isLive(_ permit: Permit, at now: Instant, in db: Database) throws -> Bool {
    guard let grant = try grant(permit.grant, in: db) else { return false }
    let release = grant.terms.release
    let bearer = try bearer(permit.principal, permit.credential, in: release, in: db)
    guard bearer.counts(at: now) else { return false }
    let asker = bearer.asker
    let holds = try holds(on: [grant], of: asker, in: release, in: db)
    return grant.includes(asker) && grant.status(at: now, holds: holds, asker: asker) == .live
  }
}
