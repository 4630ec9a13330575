public import SluiceEncoding

/// Judges a case: the one pure function that decides, explains, simulates and audits.
///
/// The procedure is that of governance-domain 5, steps 1-6. `release` is the fold of a log prefix.
///
/// - Parameters:
///   - case: The case, as the fold holds it.
///   - release: The state after the prefix.
///   - now: Log time.
/// - Returns: The outcome and its explanation; `nil` if the policy or the roster of the case is not
///   in the release's library, which an accepted case rules out.
public func evaluate(_ case: Case, in release: Release, at now: Instant) -> Evaluation? {
  guard let policy = release.policy(of: `case`), let roster = release.roster(of: `case`) else {
    return nil
  }
  let judge = Judge(case: `case`, release: release, policy: policy, roster: roster)
  let branches = policy.branches(of: `case`.gate).map(judge.judge)
  let best = branches.map(\.result).max() ?? .dead
  return Evaluation(
    case: `case`,
    at: now,
    result: judge.isVetoed(policy.branches(of: `case`.gate)) ? .dead : best,
    branches: branches,
    denials: judge.denials,
    policy: policy,
    roster: roster
  )
}

/// What the steps of one evaluation share.
private struct Judge {
  let `case`: Case
  let release: Release
  let policy: Policy
  let roster: Roster

  /// Verdicts of those who may count: members of some role now, not a party (step 2).
  var verdicts: [Case.Verdict] {
    `case`.verdicts.filter { exclusion(of: $0.by) == nil && !roster.roles(of: $0.by).isEmpty }
  }

  var denials: [Case.Verdict] { verdicts.filter { $0.denial != nil } }

  func exclusion(of head: Principal.ID) -> Evaluation.Exclusion.Reason? {
    if head == `case`.requester { return .requester }
    if head == `case`.beneficiary { return .beneficiary }
    return head.kind == .service ? .service : nil
  }

  /// Step 3: enough denials in a role with a veto end the case.
  func isVetoed(_ branches: [Branch]) -> Bool {
    let denying = Set(denials.map(\.by))
    return branches.flatMap(\.parts).contains { part in
      guard case .approve(let approve) = part.requirement, case .count(let veto) = approve.veto
      else { return false }
      return roster.members(of: approve.role).count { denying.contains($0) } >= veto
    }
  }

  /// Steps 4-6 for one branch.
  func judge(_ branch: Branch) -> Evaluation.Branch {
    let approves = branch.parts.compactMap { part in
      if case .approve(let approve) = part.requirement { approve } else { nil }
    }
    let slots = approves.flatMap { Array(repeating: $0.role, count: $0.count) }
    let denying = Set(denials.map(\.by))
    let approving = Dictionary(
      verdicts.filter { $0.denial == nil }.map { ($0.by, $0.statement) },
      uniquingKeysWith: { $1 }
    )
    let filled = Matching(slots: slots, members: heads(of: slots) { approving[$0] != nil })
    let possible = Matching(slots: slots, members: heads(of: slots) { !denying.contains($0) })
    var rest = filled.heads[...]
    let parts = branch.parts.map { part in
      switch part.requirement {
      case .approve(let approve):
        let taken = Array(rest.prefix(approve.count))
        rest = rest.dropFirst(approve.count)
        return judged(part, approve, by: taken, approving, canBeMet: possible.isComplete)
      case .answer(let form):
        return judged(part, met: policy.form(form).flatMap { `case`.answers[$0.digest] })
      case .accept(let terms): return judged(part, met: acceptance(of: terms))
      }
    }
    return .init(result: parts.map(\.result).min() ?? .met, parts: parts)
  }

  private func heads(
    of slots: [Role.ID],
    where counts: (Principal.ID) -> Bool
  ) -> [Role.ID: [Principal.ID]] {
    Dictionary(
      slots.map { role in
        (role, roster.members(of: role).filter { exclusion(of: $0) == nil && counts($0) })
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func judged(
    _ part: Part,
    _ approve: Requirement.Approve,
    by heads: [Principal.ID?],
    _ approving: [Principal.ID: Statement.ID],
    canBeMet: Bool
  ) -> Evaluation.Part {
    let slots = heads.map { head in
      Evaluation.Slot(role: approve.role, head: head, statement: head.flatMap { approving[$0] })
    }
    let isMet = !heads.contains(nil)
    return .init(
      path: part.path,
      requirement: part.requirement,
      result: isMet ? .met : canBeMet ? .open : .dead,
      slots: slots,
      notCounted: roster.members(of: approve.role).compactMap { head in
        exclusion(of: head).map { Evaluation.Exclusion(head: head, why: $0) }
      },
      statement: nil
    )
  }

  private func judged(_ part: Part, met statement: Statement.ID?) -> Evaluation.Part {
    .init(
      path: part.path,
      requirement: part.requirement,
      result: statement == nil ? .open : .met,
      slots: [],
      notCounted: [],
      statement: statement
    )
  }

  private func acceptance(of terms: Terms.ID) -> Statement.ID? {
    guard let beneficiary = `case`.beneficiary, let digest = release.adoption?.terms[terms] else {
      return nil
    }
    return release.acceptances[beneficiary]?[digest]
  }
}
