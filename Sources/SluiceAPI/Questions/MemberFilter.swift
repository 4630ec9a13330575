public import SluiceEncoding
public import SluiceGovernance

/// Whose places in groups are asked for; without any part, all current ones that the reader may see.
public struct MemberFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// In this group.
  public let group: Group.ID?
  /// Of this principal.
  public let member: Principal.ID?
  /// Also of those who have left.
  public let includesEnded: Bool
  /// As they stood then.
  public let at: Instant?

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    group: Group.ID? = nil,
    member: Principal.ID? = nil,
    includesEnded: Bool = false,
    at: Instant? = nil
  ) {
    self.release = release
    self.group = group
    self.member = member
    self.includesEnded = includesEnded
    self.at = at
  }

  /// `release`, `group`, `person`, `ended`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("group", group)
    query.add("person", member)
    if includesEnded { query.add("ended", "true") }
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(
      release: try query.release("release"),
      group: try query.name("group"),
      member: try query.principal("person"),
      includesEnded: try query.flag("ended"),
      at: try query.instant("at")
    )
    try query.finish()
  }
}
