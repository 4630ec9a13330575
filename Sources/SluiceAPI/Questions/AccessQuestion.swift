public import SluiceEncoding
public import SluiceGovernance

/// Whose access to what is asked about (`explain access`).
public struct AccessQuestion: Hashable, Sendable {
  /// Whose; `nil` asks for the reader.
  public let principal: Principal.ID?
  /// Of which release.
  public let release: Release.ID
  /// To which tier.
  public let tier: Tier.ID
  /// When; now, if not given.
  public let at: Instant?

  /// Composes a question.
  public init(principal: Principal.ID?, release: Release.ID, tier: Tier.ID, at: Instant?) {
    self.principal = principal
    self.release = release
    self.tier = tier
    self.at = at
  }

  /// `release`, `tier`, `person`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("tier", tier)
    query.add("person", principal)
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    let release = try Release.ID(parsing: try query.require("release"))
    self.init(
      principal: try query.principal("person"),
      release: release,
      tier: Tier.ID(try query.require("tier")),
      at: try query.instant("at")
    )
    try query.finish()
  }
}
