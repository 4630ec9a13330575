internal import SluiceEncoding

extension Release {
  struct Access {
    let stage: Stage.ID
    let tiers: [Tier.ID]
    let beneficiary: Statement.Beneficiary
    /// What the registry says of a beneficiary whom the release may not know yet.
    var organisation: Principal.ID?
    let purpose: String
  }

  func checkAccess(_ asked: Access, by signer: Principal.ID, at now: Instant) throws(Refusal) {
    guard let adoption else { throw .unknownRelease(id) }
    try checkBeneficiary(asked.beneficiary, by: signer)
    if case .principal(let person) = asked.beneficiary {
      try checkHolds(on: person, of: asked.organisation, at: now)
    }
    guard let stage = adoption.policy.stage(asked.stage) else {
      throw .unfit("the policy has no stage \(asked.stage)")
    }
    guard openings[stage.id] != nil else { throw .stageClosed(stage.id) }
    try checkTiers(asked.tiers, of: stage, under: adoption.policy, at: now)
    guard case .gate(let gate) = stage.admits else {
      throw .unfit("stage \(stage.id) admits everyone: there is nothing to ask for")
    }
    let earlier = sameParty(as: asked)
    if let open = earlier.first(where: { isEqual($0, to: asked) && isPending($0) }) {
      throw .duplicate(open.number)
    }
    guard let pause = adoption.policy.gate(gate)?.reapply else { return }
    // Of any purpose: other words would be a way around it.
    let denied = earlier.filter { $0.state == .denied }.compactMap(\.endedAt).max()
    if let denied, now < denied + pause { throw .tooSoon(until: denied + pause) }
  }

  /// The cases in which a stage was asked for on behalf of the same party before, whatever for.
  func sameParty(as asked: Access) -> [Case] {
    cases.values.filter {
      $0.kind == .access && $0.stage == asked.stage && $0.party == asked.beneficiary
    }
  }

  func isEqual(_ other: Case, to asked: Access) -> Bool {
    other.purpose.utf8.elementsEqual(asked.purpose.utf8)
  }

  /// Tiers that can be asked for through a stage: what it offers and, being open, has opened.
  func checkTiers(
    _ tiers: [Tier.ID],
    of stage: Stage,
    under policy: Policy,
    at now: Instant
  ) throws(Refusal) {
    for tier in tiers {
      if let rationale = policy.sealed[tier] { throw .tierSealed(tier, rationale: rationale) }
      guard stage.offers.contains(tier) else {
        throw .unfit("stage \(stage.id) does not offer tier \(tier)")
      }
      // A later version of the policy may offer more than the opening was about.
      guard openings[stage.id]?.manifests[tier] != nil || policy.tier(tier)?.kind == .service else {
        throw .tierUnbound(tier)
      }
    }
    for subject in [Hold.Subject.stage(stage.id)] + tiers.map({ .tier($0) }) {
      if let hold = active(subject, at: now) { throw .held(hold.id, hold.code) }
    }
  }

  func checkBeneficiary(
    _ beneficiary: Statement.Beneficiary,
    by signer: Principal.ID
  ) throws(Refusal) {
    switch beneficiary {
    case .group(let group):
      guard manages(signer, group) else { throw .notEligible(signer) }
    case .principal(let principal):
      guard principal == signer || isClerk(signer) else {
        throw .unfit("beneficiary: access is asked for oneself")
      }
      guard principal.kind == .person else {
        throw .unfit("beneficiary: \(principal) is not a person")
      }
    }
  }

  func checkWithdrawal(_ statement: Statement, at now: Instant) throws(Refusal) {
    _ = try own(statement, at: now)
  }

  /// The open case that is the subject and that the signer filed.
  func own(_ statement: Statement, at now: Instant) throws(Refusal) -> Case {
    let asked = try seen(Case.ID(statement.subject.digest.hex), by: statement.by, at: now)
    guard asked.kind != .review else { throw .notEligible(statement.by) }
    guard asked.requester == statement.by else {
      throw .othersCase(asked.number, whose: .requester)
    }
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
    return asked
  }

  /// A case whose page somebody may see; of any other nobody learns whether there is one.
  func seen(
    _ id: Case.ID,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) -> Case {
    guard let asked = cases[id], sight(of: asked, for: .principal(signer), at: now) >= .page else {
      throw .unknownCase(id)
    }
    return asked
  }

  func checkAnswer(
    _ statement: Statement,
    case id: Case.ID,
    answers: JSONObject?,
    at now: Instant
  ) throws(Refusal) {
    let asked = try seen(id, by: statement.by, at: now)
    guard isAnswering(statement.by, for: asked) else {
      throw .othersCase(asked.number, whose: .beneficiary)
    }
    guard let policy = policy(of: asked) else { throw .unknownCase(id) }
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
    try check(answers, of: statement, under: policy)
  }

  /// Who answers for a case: its beneficiary, of a group the manager who asks for it.
  private func isAnswering(_ signer: Principal.ID, for asked: Case) -> Bool {
    if case .group(let group)? = asked.party { return manages(signer, group) }
    return asked.beneficiary == signer
  }

  /// Whether answers are those to a form of the policy, and satisfy it.
  func check(
    _ answers: JSONObject?,
    of statement: Statement,
    under policy: Policy
  ) throws(Refusal) {
    guard let form = policy.forms.first(where: { $0.digest == statement.subject.digest }),
      "form:\(form.id)".utf8.elementsEqual(statement.subject.name.utf8)
    else { throw .stale("\(statement.subject.name) is not a form of the policy of this case") }
    guard let answers else {
      throw .unfit("the answers behind the commitment were not sent with it")
    }
    if let problem = form.check(answers: answers).first {
      throw .unfit("answers to form \(form.id): \(problem)")
    }
  }

  /// What is owed is given after the grant has ended, and only what is owed.
  func checkPayment(
    _ statement: Statement,
    grant id: Grant.ID,
    answers: JSONObject?,
    at now: Instant
  ) throws(Refusal) {
    guard let grant = grants[id], isHolder(statement.by, of: grant), let policy = policy(of: grant)
    else { throw .unknownGrant(id) }
    let owed = obligations(of: grant).contains { obligation in
      guard case .answer(let form) = obligation.act else { return false }
      return policy.form(form)?.digest == statement.subject.digest
    }
    guard owed else { throw .unfit("\(statement.subject.name) is not owed after this grant") }
    guard let end = grant.endsAt, now >= end else {
      throw .stale("nothing is owed before the grant has ended")
    }
    try check(answers, of: statement, under: policy)
  }
}
