public import SluiceEncoding
public import SluiceGovernance

/// Who may obtain what of a release (`who`).
public struct WhoQuestion: Hashable, Sendable {
  /// Of which release.
  public let release: Release.ID
  /// Only this tier.
  public let tier: Tier.ID?
  /// At which instant; now, if not given.
  public let at: Instant?

  /// Composes a question.
  public init(release: Release.ID, tier: Tier.ID? = nil, at: Instant? = nil) {
    self.release = release
    self.tier = tier
    self.at = at
  }

  /// `release`, `tier`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("tier", tier)
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    let release = try Release.ID(parsing: try query.require("release"))
    self.init(release: release, tier: try query.name("tier"), at: try query.instant("at"))
    try query.finish()
  }
}
