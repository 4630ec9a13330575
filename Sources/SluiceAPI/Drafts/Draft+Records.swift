public import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Vouches for a principal.
  ///
  /// - Throws: `unfit` for oneself, `stale` for what has expired already.
  public func credential(
    _ claim: Statement.Claim,
    about holder: Principal.ID
  ) throws(Refusal) -> Statement {
    guard holder != by else { throw .unfit("nobody vouches for themselves") }
    if let end = claim.expiresAt, end <= at { throw .stale("expires_at: \(end) has passed") }
    return try statement(
      about: .init(name: holder.rawValue, in: release),
      saying: .credential(claim)
    )
  }

  /// Puts a measurement of what a tier stands for on record.
  ///
  /// - Throws: `unfit` for a tier that there is not, `tierUnbound` for one that stands for nothing.
  public func evidence(
    _ finding: Statement.Finding,
    about tier: Tier.ID,
    on page: ReleasePage
  ) throws(Refusal) -> Statement {
    let policy = try page.rules(of: release)
    guard page.adoptedAt != nil else { throw .unknownRelease(release) }
    guard let declared = policy.tier(tier) else {
      throw .unfit("the policy has no tier \(tier)")
    }
    guard declared.kind != .service else {
      return try statement(
        about: .init(name: "tier:\(tier)", in: release),
        saying: .evidence(finding)
      )
    }
    guard let manifest = page.tier(tier)?.manifest else { throw .tierUnbound(tier) }
    return try statement(
      about: .init(name: "manifest", digest: manifest),
      saying: .evidence(finding)
    )
  }

  /// Says that one checked a measurement, or a report of a leak.
  ///
  /// - Throws: `unfit` for one's own, `stale` for one that the signer confirmed before.
  public func confirm(_ evidence: EvidenceLine, reason: String = "") throws(Refusal) -> Statement {
    guard evidence.release == release else { throw .unknownStatement(evidence.id) }
    guard evidence.by != by else { throw .unfit("nobody confirms their own evidence") }
    guard !evidence.confirmations.contains(where: { $0.by == by }) else {
      throw .stale("you have confirmed it before")
    }
    return try statement(
      about: .init(name: "statement", digest: try digest(of: evidence.id)),
      saying: .confirm(reason: reason)
    )
  }

  /// Takes back one's own evidence, confirmation or credential.
  ///
  /// - Parameters:
  ///   - id: The statement.
  ///   - author: Whose it is.
  ///   - reason: Why.
  /// - Returns: The statement.
  /// - Throws: `notEligible` for somebody else's.
  public func retract(
    _ id: Statement.ID,
    by author: Principal.ID?,
    reason: String = ""
  ) throws(Refusal) -> Statement {
    guard author == by else { throw .notEligible(by) }
    return try statement(
      about: .init(name: "statement", digest: try digest(of: id)),
      saying: .retract(reason: reason)
    )
  }

  /// Lets somebody act for the signer in a role, for at most 30 days.
  ///
  /// - Throws: `notEligible` for a role that there is not, `unfit` for oneself, for what is no person
  ///   and for too long a time, `stale` for a time that has passed.
  public func delegate(
    _ role: Role.ID,
    to delegate: Principal.ID,
    from: Instant,
    until: Instant,
    on page: ReleasePage
  ) throws(Refusal) -> Statement {
    guard try page.rules(of: release).roles.contains(role) else { throw .notEligible(by) }
    guard delegate.kind == .person, delegate != by else {
      throw .unfit("to: must be another person")
    }
    guard until > at else { throw .stale("until: \(until) has passed") }
    return try statement(
      about: .init(name: "role:\(role)", in: release),
      saying: .delegate(to: delegate, from: from, until: until)
    )
  }
}
