internal import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Asks for a grant that follows one that ends.
  ///
  /// - Throws: `unknownGrant` for somebody else's, `unfit` for one that is not renewed, `tooSoon`
  ///   before and `grantExpired` after the time in which it can be, `stale` if it ended by an act
  ///   or was renewed before.
  public func renewal(of grant: GrantLine, purpose: String = "") throws(Refusal) -> Statement {
    try requireHolder(of: grant)
    guard let window = grant.renewal, let end = grant.notAfter else {
      throw .unfit("grant \(grant.id.rawValue.prefix(12)) cannot be renewed")
    }
    if let ended = grant.ended { throw .stale("the grant was \(ended.kind.rawValue)") }
    guard window.from <= at else { throw .tooSoon(until: window.from) }
    guard at < window.until else { throw .grantExpired(grant.id, at: end) }
    guard grant.successor == nil else { throw .stale("the grant was renewed before") }
    return try statement(
      about: .init(name: "grant", digest: try digest(of: grant.id)),
      saying: .file(.renew(grant.id, purpose: purpose))
    )
  }

  /// Asks that a hold end.
  ///
  /// - Throws: `unknownHold` for one of another release, `stale` for one that has ended.
  public func lift(_ hold: HoldLine, purpose: String = "") throws(Refusal) -> Statement {
    guard hold.release == release else { throw .unknownHold(hold.id) }
    guard hold.isActive else { throw .stale("the hold has ended") }
    return try statement(
      about: .init(name: "hold", digest: try digest(of: hold.id)),
      saying: .file(.lift(hold.id, purpose: purpose))
    )
  }

  /// Asks that the denial of a case be looked at again.
  ///
  /// - Throws: `othersCase` for somebody else's, `unfit` for a kind that takes no appeals, `stale`
  ///   for one that is not denied.
  public func appeal(_ page: CasePage, purpose: String = "") throws(Refusal) -> Statement {
    try page.check(of: release, at: standing)
    let line = page.case
    try requireParty(of: line)
    guard line.kind != .appeal, line.kind != .review else {
      throw .unfit("a case of kind \(line.kind.rawValue) cannot be appealed against")
    }
    guard line.state == .denied else {
      throw .stale("case \(line.number) is \(line.state.rawValue), not denied")
    }
    return try statement(
      about: .init(name: "case", digest: try digest(of: line.id)),
      saying: .file(.appeal(line.id, revision: line.revision, purpose: purpose))
    )
  }

  /// Asks for a short grant for a person when there is no time, under the policy in force.
  ///
  /// - Throws: `unfit` if the policy knows no emergencies, has no such tier, or the beneficiary is
  ///   no person; `tierSealed`, `held` or `tierUnbound` for a tier that cannot be given out.
  public func emergency(
    _ tiers: [Tier.ID],
    for beneficiary: Principal.ID,
    purpose: String,
    on page: ReleasePage
  ) throws(Refusal) -> Statement {
    let policy = try page.rules(of: release)
    guard page.adoptedAt != nil else { throw .stale("no policy of \(release) is in force yet") }
    guard policy.governance.emergency != nil else {
      throw .unfit("the policy knows no emergencies")
    }
    guard beneficiary.kind == .person else {
      throw .unfit("beneficiary: \(beneficiary) is not a person")
    }
    let manifests = try manifests(of: tiers, on: page, under: policy)
    return try statement(
      about: .init(name: "policy", digest: page.policySHA256),
      saying: .file(.emergency(manifests, beneficiary: beneficiary, purpose: purpose))
    )
  }

  /// What tiers stand for now, of a service its name.
  private func manifests(
    of tiers: [Tier.ID],
    on page: ReleasePage,
    under policy: Policy
  ) throws(Refusal) -> [Tier.ID: SHA256Digest] {
    var manifests: [Tier.ID: SHA256Digest] = [:]
    for tier in tiers.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let declared = policy.tier(tier) else { throw .unfit("the policy has no tier \(tier)") }
      if let rationale = policy.sealed[tier] { throw .tierSealed(tier, rationale: rationale) }
      if let hold = page.hold(on: .tier(tier)) { throw .held(hold.id, hold.code) }
      if declared.kind == .service {
        manifests[tier] = Statement.Subject(name: "tier:\(tier)", in: release).digest
      } else if let manifest = page.tier(tier)?.manifest {
        manifests[tier] = manifest
      } else {
        throw .tierUnbound(tier)
      }
    }
    return manifests
  }

  /// Ends a case that the signer filed.
  public func withdraw(_ page: CasePage, reason: String = "") throws(Refusal) -> Statement {
    try requireOwn(page)
    return try statement(
      about: .init(name: "case", digest: try digest(of: page.case.id)),
      saying: .withdraw(reason: reason)
    )
  }

  /// Refuses a case that the signer did not file, or that has ended.
  func requireOwn(_ page: CasePage) throws(Refusal) {
    try page.check(of: release, at: standing)
    guard page.case.kind != .review else { throw .notEligible(by) }
    guard page.case.requester == by else {
      throw .othersCase(page.case.number, whose: .requester)
    }
    try requireOpen(page.case)
  }

  /// Whoever filed a case or would benefit from it; of a group, the page does not say who manages it.
  private func requireParty(of line: CaseLine) throws(Refusal) {
    if case .group = line.party { return }
    guard line.requester == by || line.beneficiary == by else {
      throw .othersCase(line.number, whose: .party)
    }
  }

  /// Whoever holds a grant; of a group, the page does not say who manages it.
  func requireHolder(of grant: GrantLine) throws(Refusal) {
    guard grant.release == release else { throw .unknownGrant(grant.id) }
    switch grant.audience {
    case .principal(by), .group: return
    case .principal, .everyone: throw .unknownGrant(grant.id)
    }
  }
}
