public import SluiceEncoding
public import SluiceGovernance

/// Which grants are asked for; without any part, all that the reader may see, as of now.
public struct GrantFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// Whose id begins so; six or more digits.
  public let reference: String?
  /// Given to this principal, in person or through a group.
  public let holder: Principal.ID?
  /// Only those that are given to the reader.
  public let isMine: Bool
  /// As they stood then.
  public let at: Instant?

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    reference: String? = nil,
    holder: Principal.ID? = nil,
    isMine: Bool = false,
    at: Instant? = nil
  ) {
    self.release = release
    self.reference = reference
    self.holder = holder
    self.isMine = isMine
    self.at = at
  }

  /// `release`, `id`, `person`, `mine`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("id", reference)
    query.add("person", holder)
    if isMine { query.add("mine", "true") }
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(
      release: try query.release("release"),
      reference: try query.reference("id"),
      holder: try query.principal("person"),
      isMine: try query.flag("mine"),
      at: try query.instant("at")
    )
    try query.finish()
  }
}
