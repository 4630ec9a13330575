public import SluiceEncoding
public import SluiceGovernance

/// Which cases are asked for; without any part, all that the reader may see.
public struct CaseFilter: Hashable, Sendable {
  /// Of this release.
  public let release: Release.ID?
  /// In this state.
  public let state: Case.State?
  /// Of this kind.
  public let kind: Case.Kind?
  /// Only those that the reader filed, or would benefit from.
  public let isMine: Bool
  /// Only those that should have been decided by now.
  public let isOverdue: Bool

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    state: Case.State? = nil,
    kind: Case.Kind? = nil,
    isMine: Bool = false,
    isOverdue: Bool = false
  ) {
    self.release = release
    self.state = state
    self.kind = kind
    self.isMine = isMine
    self.isOverdue = isOverdue
  }

  /// `release`, `state`, `kind`, `mine`, `overdue`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("state", state?.rawValue)
    query.add("kind", kind?.rawValue)
    if isMine { query.add("mine", "true") }
    if isOverdue { query.add("overdue", "true") }
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(
      release: try query.release("release"),
      state: try query.word("state"),
      kind: try query.word("kind"),
      isMine: try query.flag("mine"),
      isOverdue: try query.flag("overdue")
    )
    try query.finish()
  }
}
