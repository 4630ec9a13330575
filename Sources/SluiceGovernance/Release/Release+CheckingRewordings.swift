internal import SluiceEncoding

extension Release {
  /// New words are held to the rules of the first ones (governance-domain 7, `revise`).
  func check(
    _ words: Statement.Rewording,
    of statement: Statement,
    at now: Instant
  ) throws(Refusal) {
    let asked = try own(statement, at: now)
    guard words.revision == asked.revision.id else {
      throw .staleRevision(current: asked.revision.id)
    }
    if let hold = active(.principal(statement.by), at: now) { throw .held(hold.id, hold.code) }
    try words.checkKind(of: asked.filing)
    switch asked.filing.reworded(by: words) {
    case .amend(let policy, let roster, let terms, _):
      let people = adoption?.roster ?? library.rosters[roster]
      guard people?.roles(of: statement.by).isEmpty == false else {
        throw .notEligible(statement.by)
      }
      try checkAmendment(policy: policy, roster: roster, terms: terms)
    case .open(let stage, let manifests):
      try checkOpening(stage, manifests: manifests, by: statement.by, besides: asked.id)
    case .access(let stage, let tiers, let beneficiary, let purpose):
      try checkAccess(
        Access(stage: stage, tiers: tiers, beneficiary: beneficiary, purpose: purpose),
        worded: asked,
        by: statement.by,
        at: now
      )
    case .renew(let grant, _):
      try checkRenewal(of: grant, by: statement.by, besides: asked, at: now)
    case .lift(let hold, _):
      try checkLift(of: hold, by: statement.by, besides: asked.id, at: now)
    case .appeal(let id, _, _):
      guard let denied = cases[id] else { throw .unknownCase(id) }
      try checkReopening(of: denied, at: now)
    case .emergency(let manifests, let beneficiary, _):
      try checkEmergency(
        manifests,
        for: beneficiary,
        of: nil,
        by: statement.by,
        besides: asked,
        at: now
      )
    case .review: throw .notEligible(statement.by)
    }
  }

  /// Checks what a case asks for once more, by the policy that it keeps.
  private func checkAccess(
    _ access: Access,
    worded asked: Case,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) {
    try checkBeneficiary(access.beneficiary, by: signer)
    if case .principal(let person) = access.beneficiary {
      try checkHolds(on: person, of: nil, at: now)
    }
    guard let policy = policy(of: asked), let stage = policy.stage(access.stage) else {
      throw .unfit("the policy has no stage \(access.stage)")
    }
    try checkTiers(access.tiers, of: stage, under: policy, at: now)
    let others = sameParty(as: access).filter { $0.id != asked.id && isEqual($0, to: access) }
    if let open = others.first(where: isPending) { throw .duplicate(open.number) }
    guard let pause = policy.gate(asked.gate)?.reapply else { return }
    let denied = others.filter { $0.state == .denied }.compactMap(\.endedAt).max()
    if let denied, now < denied + pause { throw .tooSoon(until: denied + pause) }
  }
}

extension Statement.Rewording {
  /// Whether a case of that kind has what is worded anew.
  fileprivate func checkKind(of filing: Statement.Filing) throws(Refusal) {
    switch filing {
    case .amend where purpose != nil || tiers != nil || manifests != nil:
      throw .unfit("an amendment keeps its texts: withdraw it, and file the corrected ones")
    case .open where purpose != nil: throw .unfit("purpose: an opening has none")
    default: break
    }
    switch filing {
    case .access: break
    case .amend, .open, .renew, .lift, .appeal, .emergency, .review:
      guard tiers == nil else { throw .unfit("tiers: this kind of case names none") }
    }
    switch filing {
    case .open: break
    case .emergency(let before, _, _):
      guard manifests.map({ Set($0.keys) == Set(before.keys) }) ?? true else {
        throw .stale("manifests: not the tiers of this case")
      }
    case .amend, .access, .renew, .lift, .appeal, .review:
      guard manifests == nil else { throw .unfit("manifests: this kind of case names none") }
    }
  }
}
