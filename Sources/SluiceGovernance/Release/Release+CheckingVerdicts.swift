public import SluiceEncoding

extension Release {
  func check(
    _ verdict: Statement.Verdict,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) {
    let asked = try judged(verdict.case, by: signer, at: now)
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
    guard asked.state != .returned else { throw .caseReturned(asked.number) }
    guard verdict.revision == asked.revision.id else {
      throw .staleRevision(current: asked.revision.id)
    }
    guard verdict.policy == asked.policy, verdict.manifests == manifests(of: asked) else {
      throw .stale("the policy or the manifests of case \(asked.number) are not what was signed")
    }
  }

  /// Whoever could approve a case revision can send it back to be worded anew.
  func checkReturn(
    of id: Case.ID,
    _ revision: Case.Revision.ID,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) {
    let asked = try judged(id, by: signer, at: now)
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
    guard asked.state != .returned else { throw .caseReturned(asked.number) }
    guard asked.kind != .review else { throw .unfit("a review cannot be worded anew") }
    guard revision == asked.revision.id else { throw .staleRevision(current: asked.revision.id) }
  }

  /// A case that `signer` may judge; who may not learns no more of it than they may know.
  private func judged(
    _ id: Case.ID,
    by signer: Principal.ID,
    at now: Instant
  ) throws(Refusal) -> Case {
    let people = rosters + proposedRosters
    let isDelegate = delegations.contains { $0.delegate == signer && $0.isActive(at: now) }
    guard isDelegate || people.contains(where: { !$0.roles(of: signer).isEmpty }) else {
      throw .notEligible(signer)
    }
    guard let asked = cases[id] else { throw .unknownCase(id) }
    guard signer != asked.requester, signer != asked.beneficiary else {
      throw .ownCase(asked.number)
    }
    guard let places = places(of: signer, in: asked, at: now) else { throw .unknownCase(id) }
    guard !places.isEmpty else { throw refusal(of: signer, without: asked, at: now) }
    if let why = Self.exclusion(from: places) {
      throw why == .requester || why == .beneficiary
        ? .ownCase(asked.number) : .recused(asked.number, why: why)
    }
    return asked
  }

  /// Why nothing counts that somebody says in a case, for whichever place they say it.
  ///
  /// A place does not count if its holder does not, or somebody who may act for the holder; so
  /// whoever has another place as well may count all the same.
  ///
  /// - Parameters:
  ///   - head: Who would speak.
  ///   - asked: The case.
  ///   - now: Log time, at which a delegation can count.
  /// - Returns: `nil` if some place of theirs counts, and if they have none.
  public func exclusion(
    of head: Principal.ID,
    in asked: Case,
    at now: Instant
  ) -> Evaluation.Exclusion.Reason? {
    places(of: head, in: asked, at: now).flatMap { Self.exclusion(from: $0) }
  }

  /// The places for which somebody could say something in a case; `nil` if its rules are missing.
  private func places(
    of head: Principal.ID,
    in asked: Case,
    at now: Instant
  ) -> [Electorate.Seat]? {
    Authority.all(over: asked, in: self)?.flatMap { authority in
      authority.electorate(of: asked, in: self, at: now)
        .places(of: head, in: authority.policy.approvers(of: authority.gate))
    }
  }

  private static func exclusion(
    from places: [Electorate.Seat]
  ) -> Evaluation.Exclusion.Reason? {
    places.contains { $0.exclusion == nil } ? nil : places.first?.exclusion
  }

  /// Whoever has a place in a case, whether it counts or not, can say that it must not count; nobody
  /// else learns how the case stands.
  func checkRecusal(_ statement: Statement, at now: Instant) throws(Refusal) {
    let id = Case.ID(statement.subject.digest.hex)
    let signer = statement.by
    guard
      rosters.contains(where: { !$0.roles(of: signer).isEmpty })
        || delegations.contains(where: { $0.delegate == signer && $0.isActive(at: now) })
    else { throw .notEligible(signer) }
    guard let asked = cases[id], let places = places(of: signer, in: asked, at: now) else {
      throw .unknownCase(id)
    }
    guard !places.isEmpty else { throw refusal(of: signer, without: asked, at: now) }
    guard asked.isOpen else { throw .caseClosed(asked.number, asked.state) }
  }

  /// Why somebody without a place in a case has no word in it; whoever may not see it is told that
  /// there is none.
  private func refusal(of signer: Principal.ID, without asked: Case, at now: Instant) -> Refusal {
    sight(of: asked, for: .principal(signer), at: now) >= .page
      ? .notEligible(signer) : .unknownCase(asked.id)
  }

  /// A comment or a report is about something that its author may know of.
  func checkRemark(_ statement: Statement) throws(Refusal) {
    guard statement.subject.name == "case" else { return }
    let id = Case.ID(statement.subject.digest.hex)
    guard let asked = cases[id], hasRole(statement.by) || isParty(statement.by, of: asked) else {
      throw .unknownCase(id)
    }
  }

  func checkDelegation(
    _ statement: Statement,
    to delegate: Principal.ID,
    until: Instant,
    at now: Instant
  ) throws(Refusal) {
    let role = Role.ID(statement.subject.name(after: "role:"))
    guard let adoption, adoption.roster.heads(of: role).contains(statement.by) else {
      throw .notEligible(statement.by)
    }
    guard delegate.kind == .person, delegate != statement.by else {
      throw .unfit("to: must be another person")
    }
    guard until > now else { throw .stale("until: \(until) has passed") }
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
