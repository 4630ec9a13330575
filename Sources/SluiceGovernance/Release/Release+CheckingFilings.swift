internal import SluiceEncoding

extension Release {
  /// Checks what is filed; the organisation is what the registry says of the beneficiary, whom the
  /// release may not know yet.
  func check(
    _ filing: Statement.Filing,
    by signer: Principal.ID,
    of organisation: Principal.ID?,
    at now: Instant
  ) throws(Refusal) {
    if let hold = active(.principal(signer), at: now) { throw .held(hold.id, hold.code) }
    switch filing {
    case .amend(let policy, let roster, let terms, _):
      guard let proposed = library.rosters[roster] else { throw Self.unsent }
      guard !(adoption?.roster ?? proposed).roles(of: signer).isEmpty else {
        throw .notEligible(signer)
      }
      if let open = pending(where: { $0.kind == .amend }) { throw .duplicate(open.number) }
      try checkAmendment(policy: policy, roster: roster, terms: terms)
    case .open(let stage, let manifests):
      try checkOpening(stage, manifests: manifests, by: signer)
    case .access(let stage, let tiers, let beneficiary, let purpose):
      try checkAccess(
        Access(
          stage: stage,
          tiers: tiers,
          beneficiary: beneficiary,
          organisation: organisation,
          purpose: purpose
        ),
        by: signer,
        at: now
      )
    case .renew(let id, _): try checkRenewal(of: id, by: signer, at: now)
    case .lift(let id, _): try checkLift(of: id, by: signer, at: now)
    case .appeal(let id, let revision, _):
      try checkAppeal(of: id, revision, by: signer, at: now)
    case .emergency(let manifests, let beneficiary, _):
      try checkEmergency(manifests, for: beneficiary, of: organisation, by: signer, at: now)
    case .review: throw .unfit("kind: a review begins with the decision of its emergency")
    }
  }

  private static let unsent = Refusal.unfit(
    "the policy or the roster that the amendment names was not sent with it"
  )

  /// Whether a policy, a roster and texts can follow what is in force.
  func checkAmendment(
    policy: SHA256Digest,
    roster: SHA256Digest,
    terms: [Terms.ID: SHA256Digest]
  ) throws(Refusal) {
    guard let proposedPolicy = library.policies[policy], let proposed = library.rosters[roster]
    else { throw Self.unsent }
    guard Set(terms.keys) == Set(proposedPolicy.terms.map(\.id)) else {
      throw .unfit("terms: must name exactly the texts of the policy")
    }
    for text in proposedPolicy.terms where text.sha256 != nil && text.sha256 != terms[text.id] {
      throw .unfit("terms.\(text.id): not the digest that the policy demands")
    }
    if let adoption, adoption.policy.digest == policy, adoption.roster.digest == roster,
      adoption.terms == terms
    {
      throw .stale("this policy, roster and texts are in force")
    }
    let faults =
      continuity(of: proposedPolicy, proposed) + proposedPolicy.conflicts(with: proposed)
    if let fault = faults.first {
      throw .unfit(
        "the policy and the roster do not fit: \(fault.code) \(fault.path): \(fault.message)"
      )
    }
  }

  /// What does not continue the versions in force; what stays as it is needs no next version.
  private func continuity(of policy: Policy, _ roster: Roster) -> [PolicyFault] {
    guard let adoption else { return policy.check(adopted: nil) + roster.check(adopted: nil) }
    let isSamePolicy = adoption.policy.digest == policy.digest
    let isSameRoster = adoption.roster.digest == roster.digest
    return (isSamePolicy ? [] : policy.check(adopted: adoption.policy))
      + (isSameRoster ? [] : roster.check(adopted: adoption.roster))
  }

  func checkOpening(
    _ id: Stage.ID,
    manifests: [Tier.ID: SHA256Digest],
    by signer: Principal.ID,
    besides own: Case.ID? = nil
  ) throws(Refusal) {
    guard let adoption, hasRole(signer) else { throw .notEligible(signer) }
    guard let stage = adoption.policy.stage(id) else {
      throw .unfit("the policy has no stage \(id)")
    }
    guard openings[id] == nil else { throw .stale("stage \(id) is open") }
    if let open = pending(where: {
      $0.kind == .open && $0.stage == id && $0.id != own
    }) {
      throw .duplicate(open.number)
    }
    try checkManifests(manifests, of: stage, under: adoption.policy, besides: own)
  }

  /// What an opening names: exactly what the tiers on offer are bound to.
  func checkManifests(
    _ manifests: [Tier.ID: SHA256Digest],
    of stage: Stage,
    under policy: Policy,
    besides id: Case.ID? = nil
  ) throws(Refusal) {
    let offered = stage.offers.filter { policy.tier($0)?.kind != .service }
    for tier in offered where bindings[tier] == nil { throw .tierUnbound(tier) }
    guard Set(manifests.keys) == Set(offered) else {
      throw .unfit("manifests: must name exactly the tiers that stage \(stage.id) offers")
    }
    for tier in offered where pinned(tier) ?? bindings[tier] != manifests[tier] {
      throw .stale("tier \(tier) stands for another manifest by now")
    }
    try checkAgreement(of: manifests, besides: id)
  }

  /// Whether a tier would always stand for the same bytes: those that an opening has pinned, and those
  /// that another opening names that may yet be approved.
  func checkAgreement(
    of manifests: [Tier.ID: SHA256Digest],
    besides id: Case.ID?
  ) throws(Refusal) {
    for (tier, manifest) in manifests.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if let pinned = pinned(tier), pinned != manifest {
        throw .stale("a stage has opened with another manifest of tier \(tier)")
      }
      let other = pending { other in
        other.kind == .open && other.id != id
          && other.manifests[tier].map { $0 != manifest } ?? false
      }
      if let other { throw .stale("case \(other.number) names another manifest of tier \(tier)") }
    }
  }

  /// Whether a person who would obtain something, or their organisation, is held.
  func checkHolds(
    on person: Principal.ID,
    of organisation: Principal.ID?,
    at now: Instant
  ) throws(Refusal) {
    for party in [person, self.organisation(of: person) ?? organisation].compactMap({ $0 }) {
      if let hold = active(.principal(party), at: now) { throw .held(hold.id, hold.code) }
    }
  }

  func checkRenewal(
    of id: Grant.ID,
    by signer: Principal.ID,
    besides own: Case? = nil,
    at now: Instant
  ) throws(Refusal) {
    guard let adoption else { throw .unknownRelease(self.id) }
    guard let grant = grants[id], isHolder(signer, of: grant) else { throw .unknownGrant(id) }
    guard let end = grant.notAfter, let stage = grant.terms.stage,
      let renews = (own.flatMap { policy(of: $0) } ?? adoption.policy).stage(stage)?.renews
    else { throw .unfit("grant \(id.rawValue.prefix(12)) cannot be renewed") }
    switch grant.status(at: now, holds: []) {
    case .revoked, .surrendered:
      throw .stale("the grant was \(grant.ending?.kind.rawValue ?? "ended")")
    case .held, .pending, .live, .grace, .expired: break
    }
    let opens = Instant(
      seconds: max(end.seconds - renews.window.seconds, grant.terms.notBefore.seconds)
    )
    guard now >= opens else { throw .tooSoon(until: opens) }
    guard now < end + renews.grace else { throw .grantExpired(id, at: end) }
    guard !grants.values.contains(where: { $0.terms.successorOf == id }) else {
      throw .stale("the grant was renewed before")
    }
    let open = pending { asked in
      if case .renew(id, _) = asked.filing { asked.id != own?.id } else { false }
    }
    if let open { throw .duplicate(open.number) }
  }

  /// Whether somebody speaks for a grant: its holder, or a manager of the group that holds it.
  func isHolder(_ signer: Principal.ID, of grant: Grant) -> Bool {
    switch grant.terms.audience {
    case .everyone: false
    case .principal(let holder): holder == signer
    case .group(let group): manages(signer, group)
    }
  }

  /// Whether somebody is a head of the role that manages a group.
  func manages(_ signer: Principal.ID, _ group: Group.ID) -> Bool {
    guard let adoption, let role = adoption.policy.group(group)?.managers else { return false }
    return adoption.roster.heads(of: role).contains(signer)
  }

  func checkLift(
    of id: Hold.ID,
    by signer: Principal.ID,
    besides own: Case.ID? = nil,
    at now: Instant
  ) throws(Refusal) {
    guard hasRole(signer) else { throw .notEligible(signer) }
    guard let hold = holds.first(where: { $0.id == id }) else { throw .unknownHold(id) }
    guard hold.isActive(at: now) else { throw .stale("the hold has ended") }
    let open = pending { asked in
      if case .lift(id, _) = asked.filing { asked.id != own } else { false }
    }
    if let open { throw .duplicate(open.number) }
  }

  /// Whether somebody filed the case or would benefit from it.
  func isParty(_ signer: Principal.ID, of asked: Case) -> Bool {
    if asked.requester == signer || asked.beneficiary == signer { return true }
    if case .group(let group)? = asked.party { return manages(signer, group) }
    return false
  }

  func checkEmergency(
    _ manifests: [Tier.ID: SHA256Digest],
    for beneficiary: Principal.ID,
    of organisation: Principal.ID?,
    by signer: Principal.ID,
    besides own: Case? = nil,
    at now: Instant
  ) throws(Refusal) {
    guard let adoption, hasRole(signer) else { throw .notEligible(signer) }
    let policy = own.flatMap { self.policy(of: $0) } ?? adoption.policy
    guard policy.governance.emergency != nil else {
      throw .unfit("the policy knows no emergencies")
    }
    guard !emergencyBarred.contains(signer) else { throw .notEligible(signer) }
    guard beneficiary.kind == .person else {
      throw .unfit("beneficiary: \(beneficiary) is not a person")
    }
    try checkHolds(on: beneficiary, of: organisation, at: now)
    for tier in manifests.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard policy.tier(tier) != nil else {
        throw .unfit("the policy has no tier \(tier)")
      }
      if let rationale = policy.sealed[tier] {
        throw .tierSealed(tier, rationale: rationale)
      }
      if let hold = active(.tier(tier), at: now) { throw .held(hold.id, hold.code) }
      guard let standing = standing(of: tier) else { throw .tierUnbound(tier) }
      guard standing == manifests[tier] else {
        throw .stale("tier \(tier) stands for another manifest by now")
      }
    }
    let open = pending {
      $0.kind == .emergency && $0.beneficiary == beneficiary
        && Set($0.manifests.keys) == Set(manifests.keys) && $0.id != own?.id
    }
    if let open { throw .duplicate(open.number) }
  }
}
