internal import SluiceEncoding

extension Release {
  struct Access {
    let stage: Stage.ID
    let tiers: [Tier.ID]
    let beneficiary: Principal.ID
    let purpose: String
  }

  func checkAccess(_ asked: Access, by signer: Principal.ID, at now: Instant) throws(Refusal) {
    guard let adoption else { throw .unknownRelease(id) }
    guard asked.beneficiary == signer || isClerk(signer) else {
      throw .unfit("beneficiary: access is asked for oneself")
    }
    guard asked.beneficiary.kind == .person else {
      throw .unfit("beneficiary: \(asked.beneficiary) is not a person")
    }
    guard let stage = adoption.policy.stage(asked.stage) else {
      throw .unfit("the policy has no stage \(asked.stage)")
    }
    guard openings[stage.id] != nil else { throw .stageClosed(stage.id) }
    for tier in asked.tiers where !stage.offers.contains(tier) {
      throw .unfit("stage \(stage.id) does not offer tier \(tier)")
    }
    guard case .gate(let gate) = stage.admits else {
      throw .unfit("stage \(stage.id) admits everyone: there is nothing to ask for")
    }
    let earlier = cases.values.filter {
      $0.kind == .access && $0.stage == stage.id && $0.beneficiary == asked.beneficiary
        && $0.purpose.utf8.elementsEqual(asked.purpose.utf8)
    }
    if let open = earlier.first(where: \.isOpen) { throw .duplicate(open.number) }
    guard let pause = adoption.policy.gate(gate)?.reapply else { return }
    let denied = earlier.filter { $0.state == .denied }.compactMap(\.endedAt).max()
    if let denied, now < denied + pause { throw .tooSoon(until: denied + pause) }
  }

  func checkAnswer(
    _ statement: Statement,
    case id: Case.ID,
    answers: JSONObject?
  ) throws(Refusal) {
    guard let asked = cases[id], asked.beneficiary == statement.by, let policy = policy(of: asked)
    else { throw .unknownCase(id) }
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
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

  func check(_ verdict: Statement.Verdict, by signer: Principal.ID) throws(Refusal) {
    guard rosters.contains(where: { !$0.roles(of: signer).isEmpty }) else {
      throw .notEligible(signer)
    }
    guard let asked = cases[verdict.case], let policy = policy(of: asked),
      let roster = roster(of: asked)
    else { throw .unknownCase(verdict.case) }
    guard signer != asked.requester, signer != asked.beneficiary else {
      throw .ownCase(asked.number)
    }
    let roles = policy.approvers(of: asked.gate)
    guard roles.contains(where: { roster.heads(of: $0).contains(signer) }) else {
      throw .notEligible(signer)
    }
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
    guard asked.state != .returned else { throw .caseReturned(asked.number) }
    guard verdict.revision == asked.revision.id else {
      throw .staleRevision(current: asked.revision.id)
    }
    guard verdict.policy == asked.policy, verdict.manifests == manifests(of: asked) else {
      throw .stale("the policy or the manifests of case \(asked.number) are not what was signed")
    }
  }

  /// A service to which the roster gives a role (README join 12).
  private func isClerk(_ principal: Principal.ID) -> Bool {
    principal.kind == .service && adoption.map { !$0.roster.roles(of: principal).isEmpty } ?? false
  }
}

extension Policy {
  /// The roles whose approval some branch of a gate asks for.
  public func approvers(of gate: Gate.ID) -> Set<Role.ID> {
    Set(
      branches(of: gate).flatMap(\.parts).compactMap { part in
        guard case .approve(let approve) = part.requirement else { return nil }
        return approve.role
      }
    )
  }
}
