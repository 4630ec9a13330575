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
  /// About this stage.
  public let stage: Stage.ID?
  /// About this tier, among others.
  public let tier: Tier.ID?
  /// Filed by this principal.
  public let requester: Principal.ID?
  /// Only those that the reader filed, or would benefit from.
  public let isMine: Bool
  /// Only those that should have been decided by now.
  public let isOverdue: Bool

  /// Composes a filter.
  public init(
    release: Release.ID? = nil,
    state: Case.State? = nil,
    kind: Case.Kind? = nil,
    stage: Stage.ID? = nil,
    tier: Tier.ID? = nil,
    requester: Principal.ID? = nil,
    isMine: Bool = false,
    isOverdue: Bool = false
  ) {
    self.release = release
    self.state = state
    self.kind = kind
    self.stage = stage
    self.tier = tier
    self.requester = requester
    self.isMine = isMine
    self.isOverdue = isOverdue
  }

  /// `release`, `state`, `kind`, `stage`, `tier`, `requester`, `mine`, `overdue`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("state", state?.rawValue)
    query.add("kind", kind?.rawValue)
    query.add("stage", stage)
    query.add("tier", tier)
    query.add("requester", requester)
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
      stage: try query.name("stage"),
      tier: try query.name("tier"),
      requester: try query.principal("requester"),
      isMine: try query.flag("mine"),
      isOverdue: try query.flag("overdue")
    )
    try query.finish()
  }

  /// Reads `field=value,…` with the same names, as `decide --filter` takes it.
  ///
  /// - Throws: `Malformed` for a name that there is not, for one that is given twice, and for a part
  ///   without a value.
  public init(expression: String) throws(Malformed) {
    var items: [Query.Item] = []
    for part in expression.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw Malformed("filter", "\(part): must be field=value")
      }
      items.append(Query.Item(String(sides[0]), String(sides[1])))
    }
    try self.init(query: Query(items))
  }

  /// Whether a line is among what is asked for; `reader` is whose the cases are with `mine`.
  public func admits(_ line: CaseLine, reader: Principal.ID?) -> Bool {
    let isTheirs = reader != nil && (line.requester == reader || line.beneficiary == reader)
    return (release == nil || line.release == release) && (state == nil || line.state == state)
      && (kind == nil || line.kind == kind) && (stage == nil || line.stage == stage)
      && (tier.map { line.tiers.contains($0) } ?? true)
      && (requester == nil || line.requester == requester) && (!isMine || isTheirs)
      && (!isOverdue || line.isOverdue)
  }
}
