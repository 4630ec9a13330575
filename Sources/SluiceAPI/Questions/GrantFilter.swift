public import SluiceEncoding
public import SluiceGovernance

/// Which grants are asked for; without any part, all that the reader may see, as of now.
public struct GrantFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// Only those that are given to the reader.
  public let isMine: Bool
  /// As they stood then.
  public let at: Instant?

  /// Composes a filter.
  public init(release: Release.ID? = nil, isMine: Bool = false, at: Instant? = nil) {
    self.release = release
    self.isMine = isMine
    self.at = at
  }

  /// `release`, `mine`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    if isMine { query.add("mine", "true") }
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(
      release: try query.release("release"),
      isMine: try query.flag("mine"),
      at: try query.instant("at")
    )
    try query.finish()
  }
}
