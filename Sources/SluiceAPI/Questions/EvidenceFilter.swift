public import SluiceEncoding
public import SluiceGovernance

/// Which measurements are asked for; without any part, all that the reader may see.
public struct EvidenceFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// Whose id, or that of a confirmation, begins so; six or more digits.
  public let reference: String?
  /// About what this tier stands for.
  public let tier: Tier.ID?
  /// Of this kind.
  public let kind: String?

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    reference: String? = nil,
    tier: Tier.ID? = nil,
    kind: String? = nil
  ) {
    self.release = release
    self.reference = reference
    self.tier = tier
    self.kind = kind
  }

  /// `release`, `id`, `tier`, `kind`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("id", reference)
    query.add("tier", tier)
    query.add("kind", kind)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(
      release: try query.release("release"),
      reference: try query.reference("id"),
      tier: try query.name("tier"),
      kind: try query.take("kind")
    )
    try query.finish()
  }
}
