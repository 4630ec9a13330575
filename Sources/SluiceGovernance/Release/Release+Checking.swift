public import SluiceEncoding

extension Release {
  /// Whether the rules of its type let `statement` in, at log time `now` (governance-domain 4-7).
  ///
  /// The signer is known to be `statement.by`, and signature, audience and nonce are checked. The
  /// first rule that is broken is thrown; whether the signer has any business here comes first, so
  /// that a stranger learns nothing.
  ///
  /// - Parameters:
  ///   - statement: What was said.
  ///   - answers: The answers behind the commitment of an `answer`.
  ///   - now: Log time.
  /// - Throws: The first rule that is broken.
  public func check(
    _ statement: Statement,
    answers: JSONObject?,
    at now: Instant
  ) throws(Refusal) {
    guard exists(for: statement) else { throw .unknownRelease(id) }
    switch statement.body {
    case .file(let filing): try check(filing, by: statement.by, at: now)
    case .approve(let verdict), .deny(let verdict, _): try check(verdict, by: statement.by)
    case .answer(let id, _): try checkAnswer(statement, case: id, answers: answers)
    case .accept:
      guard let adoption else { throw .unknownRelease(id) }
      guard adoption.terms.values.contains(statement.subject.digest) else {
        throw .termsChanged(statement.subject.name)
      }
    case .bind: try checkBinding(statement)
    case .revoke: try checkRevocation(statement, at: now)
    case .keychange: break
    }
  }

  /// Whether the signer may know of this release; of version 1 whoever is in the proposed roster may.
  private func exists(for statement: Statement) -> Bool {
    if isPublic || hasBusiness(statement.by) { return true }
    guard adoption == nil, case .file(.amend(_, let roster, _)) = statement.body else {
      return false
    }
    return library.rosters[roster].map { !$0.roles(of: statement.by).isEmpty } ?? true
  }

  /// Whether a principal holds a role or a grant here, or has a case: somebody for whom a release
  /// exists even before it is public.
  public func hasBusiness(_ principal: Principal.ID) -> Bool {
    rosters.contains { !$0.roles(of: principal).isEmpty }
      || grants.values.contains { $0.terms.audience == .principal(principal) }
      || cases.values.contains { $0.requester == principal || $0.beneficiary == principal }
  }

  private func check(
    _ filing: Statement.Filing,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) {
    switch filing {
    case .amend(let policy, let roster, let terms):
      try checkAmendment(policy: policy, roster: roster, terms: terms, by: signer)
    case .open(let stage, let manifests):
      try checkOpening(stage, manifests: manifests, by: signer)
    case .access(let stage, let tiers, let beneficiary, let purpose):
      try checkAccess(
        Access(stage: stage, tiers: tiers, beneficiary: beneficiary, purpose: purpose),
        by: signer,
        at: now
      )
    }
  }

  private func checkAmendment(
    policy: SHA256Digest,
    roster: SHA256Digest,
    terms: [Terms.ID: SHA256Digest],
    by signer: Principal.ID
  ) throws(Refusal) {
    guard let proposedPolicy = library.policies[policy], let proposed = library.rosters[roster]
    else { throw .unfit("the policy or the roster that the amendment names was not sent with it") }
    guard !proposed.roles(of: signer).isEmpty else { throw .notEligible(signer) }
    guard adoption == nil else { throw .stale("a policy of this release is already in force") }
    if let open = cases.values.first(where: { $0.isOpen && $0.kind == .amend }) {
      throw .duplicate(open.number)
    }
    guard Set(terms.keys) == Set(proposedPolicy.terms.map(\.id)) else {
      throw .unfit("terms: must name exactly the texts of the policy")
    }
    for text in proposedPolicy.terms where text.sha256 != nil && text.sha256 != terms[text.id] {
      throw .unfit("terms.\(text.id): not the digest that the policy demands")
    }
    let faults =
      proposedPolicy.check(adopted: nil) + proposed.check(adopted: nil)
      + proposedPolicy.conflicts(with: proposed)
    if let fault = faults.first {
      throw .unfit(
        "the policy and the roster do not fit: \(fault.code) \(fault.path): \(fault.message)"
      )
    }
  }

  private func checkOpening(
    _ id: Stage.ID,
    manifests: [Tier.ID: SHA256Digest],
    by signer: Principal.ID
  ) throws(Refusal) {
    guard let adoption, !adoption.roster.roles(of: signer).isEmpty else {
      throw .notEligible(signer)
    }
    guard let stage = adoption.policy.stage(id) else {
      throw .unfit("the policy has no stage \(id)")
    }
    guard openings[id] == nil else { throw .stale("stage \(id) is open") }
    if let open = cases.values.first(where: { $0.isOpen && $0.kind == .open && $0.stage == id }) {
      throw .duplicate(open.number)
    }
    let offered = stage.offers.filter { adoption.policy.tier($0)?.kind != .service }
    for tier in offered where bindings[tier] == nil { throw .tierUnbound(tier) }
    guard Set(manifests.keys) == Set(offered) else {
      throw .unfit("manifests: must name exactly the tiers that stage \(id) offers")
    }
    for tier in offered where pinned(tier) ?? bindings[tier] != manifests[tier] {
      throw .stale("tier \(tier) stands for another manifest by now")
    }
  }

  /// The manifest of a tier that an open stage already offers.
  public func pinned(_ tier: Tier.ID) -> SHA256Digest? {
    openings.values.compactMap { $0.manifests[tier] }.first
  }

  private func checkBinding(_ statement: Statement) throws(Refusal) {
    guard let adoption, !adoption.roster.roles(of: statement.by).isEmpty else {
      throw .notEligible(statement.by)
    }
    let tier = statement.boundTier
    guard let declared = adoption.policy.tier(tier) else {
      throw .unfit("the policy has no tier \(tier)")
    }
    guard declared.kind != .service else {
      throw .unfit("tier \(tier) is a service: it has no bytes")
    }
    guard case .bind(let manifest) = statement.body else { return }
    if let pinned = pinned(tier), pinned != manifest {
      throw .stale(
        "a stage that offers tier \(tier) has opened; a corrected checkpoint is a new tier"
      )
    }
  }

  private func checkRevocation(_ statement: Statement, at now: Instant) throws(Refusal) {
    guard let adoption,
      adoption.roster.heads(of: adoption.policy.governance.stewards).contains(statement.by)
    else { throw .notEligible(statement.by) }
    guard let grant = grants[Grant.ID(statement.subject.digest.hex)] else {
      throw .unknownGrant(Grant.ID(statement.subject.digest.hex))
    }
    guard grant.ending == nil else { throw .stale("the grant was revoked before") }
    guard grant.status(at: now) != .expired else { throw .stale("the grant has expired") }
  }
}
