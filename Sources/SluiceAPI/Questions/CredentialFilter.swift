public import SluiceEncoding
public import SluiceGovernance

/// Which credentials are asked for; without any part, all that the reader may see.
public struct CredentialFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// Whose id begins so; six or more digits.
  public let reference: String?
  /// About this principal.
  public let holder: Principal.ID?

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    reference: String? = nil,
    holder: Principal.ID? = nil
  ) {
    self.release = release
    self.reference = reference
    self.holder = holder
  }

  /// `release`, `id`, `person`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("id", reference)
    query.add("person", holder)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(
      release: try query.release("release"),
      reference: try query.reference("id"),
      holder: try query.principal("person")
    )
    try query.finish()
  }
}
