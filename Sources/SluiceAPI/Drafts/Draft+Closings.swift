internal import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Refuses whatever touches a subject, at once; one steward can.
  ///
  /// - Throws: `unfit` for a tier or a stage that there is not, and for a `since` that is to come or
  ///   not of a key; `stale` for an `until` that has passed and for what is held already.
  public func hold(
    _ subject: Hold.Subject,
    _ order: Statement.Order,
    on page: ReleasePage
  ) throws(Refusal) -> Statement {
    let policy = try page.rules(of: release)
    switch subject {
    case .tier(let tier) where policy.tier(tier) == nil:
      throw .unfit("the policy has no tier \(tier)")
    case .stage(let stage) where policy.stage(stage) == nil:
      throw .unfit("the policy has no stage \(stage)")
    default: break
    }
    if let until = order.until, until <= at { throw .stale("until: \(until) has passed") }
    if let since = order.since, since > at { throw .unfit("since: \(since) is to come") }
    if let hold = page.hold(on: subject), hold.until == nil, order.since == nil {
      throw .stale("\(subject) is held by \(hold.id.rawValue.prefix(12))")
    }
    let about: Statement.Subject
    do throws(Malformed) { about = try subject.subject(in: release) } catch {
      throw .unfit("subject: \(error)")
    }
    return try statement(about: about, saying: .hold(order))
  }

  /// Ends a grant for good; one steward can.
  ///
  /// - Throws: `unknownGrant` for one of another release, `stale` for one that has ended.
  public func revoke(
    _ grant: GrantLine,
    _ code: ReasonCode,
    text: String
  ) throws(Refusal) -> Statement {
    guard grant.release == release else { throw .unknownGrant(grant.id) }
    try requireUnended(grant)
    guard grant.status != .expired else { throw .stale("the grant has expired") }
    return try statement(
      about: .init(name: "grant", digest: try digest(of: grant.id)),
      saying: .revoke(code, text: text)
    )
  }

  /// Gives one's own grant back; what is owed afterwards is owed from then on.
  ///
  /// - Throws: `unknownGrant` for somebody else's, `stale` or `grantExpired` for one that has ended.
  public func surrender(_ grant: GrantLine) throws(Refusal) -> Statement {
    try requireHolder(of: grant)
    try requireUnended(grant)
    guard grant.status != .expired else {
      throw .grantExpired(grant.id, at: grant.notAfter ?? at)
    }
    return try statement(
      about: .init(name: "grant", digest: try digest(of: grant.id)),
      saying: .surrender
    )
  }

  private func requireUnended(_ grant: GrantLine) throws(Refusal) {
    guard let ended = grant.ended else { return }
    throw .stale("the grant was \(ended.kind.rawValue) before")
  }

  /// Says something about anything; it changes no gate.
  public func comment(
    on subject: Statement.Subject,
    text: String,
    isPublic: Bool
  ) throws(Refusal) -> Statement {
    try statement(about: subject, saying: .comment(text: text, isPublic: isPublic))
  }

  /// Reports an abuse or a leak.
  public func flag(
    _ subject: Statement.Subject,
    _ code: ReasonCode,
    text: String
  ) throws(Refusal) -> Statement {
    try statement(about: subject, saying: .report(code, text: text))
  }
}
