public import SluiceEncoding
public import SluiceGovernance

/// Whose access to what is asked about (`explain access`).
public struct AccessQuestion: Body {
  /// Whose; `nil` asks for the reader.
  public let principal: Principal.ID?
  /// Of which release.
  public let release: Release.ID
  /// To which tier.
  public let tier: Tier.ID
  /// When; now, if not given.
  public let at: Instant?
  /// What is supposed.
  public let supposing: Supposition

  /// Composes a question.
  public init(
    principal: Principal.ID?,
    release: Release.ID,
    tier: Tier.ID,
    at: Instant? = nil,
    supposing: Supposition = .nothing
  ) {
    self.principal = principal
    self.release = release
    self.tier = tier
    self.at = at
    self.supposing = supposing
  }

  /// `release`, `tier`, `person`, `at`: all there is of a question that supposes nothing.
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

  /// `{"as"?,"assume"?,"at"?,"person"?,"policy"?,"release","tier"}`.
  public var json: JSONValue {
    var members = supposing.members
    members["at"] = at.map { .string($0.description) }
    members["person"] = principal.map { .string($0.rawValue) }
    members["release"] = .string(release.rawValue)
    members["tier"] = .string(tier.rawValue)
    return .object(members)
  }

  /// Reads a question.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "access question")
    self.init(
      principal: try fields.optionalPrincipal("person"),
      release: try fields.release("release"),
      tier: try fields.name("tier"),
      at: try fields.optionalInstant("at"),
      supposing: try Supposition(&fields)
    )
    try fields.finish()
  }
}
