public import SluiceEncoding

extension Release {
  /// Whether the rules of its type let `statement` in, at log time `now` (governance-domain 4-7).
  ///
  /// The signer is known to be `statement.by`, and signature, audience and nonce are checked. The
  /// first rule that is broken is thrown; whether the signer has any business here comes first, so
  /// that a stranger learns nothing.
  ///
  /// - Parameters:
  ///   - said: What was said, how strongly, with which key.
  ///   - answers: The answers behind the commitment of an `answer`.
  ///   - now: Log time.
  /// - Throws: The first rule that is broken.
  public func check(
    _ said: Entry.Said,
    answers: JSONObject?,
    at now: Instant
  ) throws(Refusal) {
    let statement = said.statement
    guard exists(for: statement) else { throw .unknownRelease(id) }
    try checkStrength(of: said)
    if let key = said.key, let hold = active(.key(key), at: now) {
      throw .held(hold.id, hold.code)
    }
    switch statement.body {
    case .file(let filing):
      try check(filing, by: statement.by, of: said.organisation, at: now)
    case .revise(let words): try check(words, of: statement, at: now)
    case .withdraw: try checkWithdrawal(statement, at: now)
    case .return(let id, let revision, _):
      try checkReturn(of: id, revision, by: statement.by, at: now)
    case .approve(let verdict), .deny(let verdict, _):
      try check(verdict, by: statement.by, at: now)
    case .recuse: try checkRecusal(statement, at: now)
    case .comment, .report: try checkRemark(statement)
    case .answer(.case(let id), _):
      try checkAnswer(statement, case: id, answers: answers, at: now)
    case .answer(.grant(let id), _):
      try checkPayment(statement, grant: id, answers: answers, at: now)
    case .accept: try checkAcceptance(statement, at: now)
    case .credential: try checkCredential(statement, at: now)
    case .bind: try checkBinding(statement)
    case .evidence: try checkEvidence(statement)
    case .confirm: try checkConfirmation(statement)
    case .retract: try checkRetraction(statement)
    case .join(let member, let fields): try checkJoining(statement, member, fields)
    case .leave(let member): try checkLeaving(statement, member)
    case .delegate(let delegate, _, let until):
      try checkDelegation(statement, to: delegate, until: until, at: now)
    case .hold(let order): try checkHold(statement, order, at: now)
    case .revoke: try checkRevocation(statement, at: now)
    case .surrender: try checkSurrender(statement, at: now)
    case .keychange: break
    }
  }

  /// Whether the signer may know of this release; of version 1 whoever is in the proposed roster may.
  private func exists(for statement: Statement) -> Bool {
    if isPublic || hasBusiness(statement.by) { return true }
    switch statement.body {
    case .file(.amend(_, let roster, _, _)) where adoption == nil:
      return library.rosters[roster].map { !$0.roles(of: statement.by).isEmpty } ?? true
    case .credential: return isIssuer(statement.by)
    default: return false
    }
  }

  /// Whether a principal holds a role, a grant or a membership here, or has a case, or stands in for
  /// somebody: somebody for whom a release exists even before it is public.
  public func hasBusiness(_ principal: Principal.ID) -> Bool {
    (rosters + proposedRosters).contains { !$0.roles(of: principal).isEmpty }
      || grants.values.contains { $0.terms.audience == .principal(principal) }
      || cases.values.contains { $0.requester == principal || $0.beneficiary == principal }
      || delegations.contains { $0.delegate == principal }
      || !groups(of: principal).isEmpty
  }

  /// The least strength with which a statement may be said here (README join 3): a gate can let a
  /// session suffice for verdicts on its cases and for the end of its grants.
  public func leastStrength(for statement: Statement) -> Strength {
    switch statement.body {
    case .approve(let verdict), .deny(let verdict, _):
      return cases[verdict.case].map { signature(at: $0) } ?? .key
    case .revoke:
      let grant = grants[Grant.ID(statement.subject.digest.hex)]
      return grant.flatMap { cases[$0.terms.case] }.map { min(signature(at: $0), .key) } ?? .key
    default: return statement.body.leastStrength
    }
  }

  /// The weakest signature that some approval of the case's gate counts.
  private func signature(at asked: Case) -> Strength {
    let approvals = (policy(of: asked)?.branches(of: asked.gate) ?? []).flatMap(\.parts)
      .compactMap { part in
        if case .approve(let approve) = part.requirement { approve.signature } else { nil }
      }
    return approvals.min() ?? .key
  }

  private func checkStrength(of said: Entry.Said) throws(Refusal) {
    let least = leastStrength(for: said.statement)
    guard said.strength < least else { return }
    throw said.strength == .session ? .unsigned : .tooWeak(needed: least)
  }

  /// The hold that is active on a subject.
  func active(_ subject: Hold.Subject, at now: Instant) -> Hold? {
    holds.first { $0.subject == subject && $0.isActive(at: now) }
  }

  /// Whether somebody holds any role in the roster in force.
  func hasRole(_ principal: Principal.ID) -> Bool {
    adoption.map { !$0.roster.roles(of: principal).isEmpty } ?? false
  }

  /// Whether somebody is a steward in force.
  public func isSteward(_ principal: Principal.ID) -> Bool {
    guard let adoption else { return false }
    return adoption.roster.heads(of: adoption.policy.governance.stewards).contains(principal)
  }

  /// Whether somebody may close alone now: a steward, or whoever acts for one (governance-domain 6).
  public func closes(_ principal: Principal.ID, at now: Instant) -> Bool {
    isSteward(principal) || !stewards(representedBy: principal, at: now).isEmpty
  }

  /// The stewards for whom somebody acts now who is none.
  func stewards(representedBy principal: Principal.ID, at now: Instant) -> Set<Principal.ID> {
    guard let adoption, !isSteward(principal) else { return [] }
    let role = adoption.policy.governance.stewards
    return Set(
      adoption.roster.heads(of: role).filter { holder in
        delegations(of: holder, in: role, at: now).contains { $0.delegate == principal }
      }
    )
  }

  /// A service to which the roster gives a role (README join 12).
  func isClerk(_ principal: Principal.ID) -> Bool {
    principal.kind == .service && hasRole(principal)
  }
}
