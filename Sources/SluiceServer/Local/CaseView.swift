internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// A case as it stands, or stood, with why: what pages and explanations are made of.
struct CaseView: Sendable {
  /// The case.
  let asked: Case
  /// The release, folded with the case, its parties and the reader.
  let release: Release
  /// The same on which the case was judged: of one that has ended, before its end.
  let judged: Release
  /// What worded the case, and what ended it.
  let course: Course
  /// The judgement; of a case that has ended that which ended it.
  let evaluation: Evaluation
  /// The head of the log on which it was judged.
  let head: Statement.Head

  private var why: Explanation { Explanation(evaluation, log: head) }

  /// Why, as JSON; of a decided case as it was stored with the decision.
  var explanation: JSONValue { why.json }

  /// Why, for people.
  var text: String { why.text }

  /// The case as lists show it to somebody.
  func line(for seat: Seat) -> CaseLine {
    let waits = seat.principal.map { evaluation.waits(for: $0, in: release) } ?? false
    return CaseLine(asked, in: release, waitsForMe: waits)
  }
}

extension LocalDeployment {
  /// A case as it stands now or, with an instant that has passed, as it stood then.
  ///
  /// A case that has ended is judged on the entries before its end, as it was then; so what is
  /// answered is what was stored with the decision.
  func view(
    of id: Case.ID,
    in name: Release.ID,
    at instant: Instant? = nil
  ) async throws -> CaseView {
    let now = clock()
    var size = try await ledger.head().size
    if let instant, instant < now { size = try await ledger.size(at: instant) }
    let scope = (reader.principal.map { Scope.person($0) } ?? .levelOnly).union(.case(id))
    let release = try await ledger.release(name, scope: scope, after: size)
    guard let asked = release.cases[id] else {
      throw Refusal.unfit("at: the case was filed only later")
    }
    let course = try await ledger.course(of: id, after: size)
    let end = course.end ?? size
    var judged = release
    if end != size { judged = try await ledger.release(name, scope: scope, after: end) }
    guard let evaluation = evaluate(asked, in: judged, at: asked.endedAt ?? instant ?? now) else {
      throw Refusal.logCorrupt("case \(asked.number): its policy or roster is missing")
    }
    return CaseView(
      asked: asked,
      release: release,
      judged: judged,
      course: course,
      evaluation: evaluation,
      head: try await ledger.head(after: end)
    )
  }
}

extension Evaluation {
  /// Whether an act of `principal` would bring the case further.
  func waits(for principal: Principal.ID, in release: Release) -> Bool {
    if self.case.state == .returned { return principal == self.case.requester }
    guard self.case.state == .open, result == .open else { return false }
    return ([side] + [successor].compactMap { $0 }).contains { side in
      side.branches.filter { $0.result == .open }.flatMap(\.parts)
        .contains { $0.result == .open && waits($0, in: side, for: principal, release) }
    }
  }

  /// Those whose act would bring the case further, among its parties and whoever the rosters list.
  func waited(in release: Release) -> [Principal.ID] {
    let sides = [side] + [successor].compactMap { $0 }
    let parties = [self.case.requester] + [self.case.beneficiary].compactMap { $0 }
    let heads = sides.flatMap { side in side.roster.roles.flatMap(\.members) }
    let delegates = release.delegations.filter { $0.isActive(at: at) }.map(\.delegate)
    let known = Set(parties + heads + delegates).filter { $0.kind == .person }
    return known.filter { waits(for: $0, in: release) }.sorted { $0.rawValue < $1.rawValue }
  }

  private func waits(
    _ part: Part,
    in side: Side,
    for principal: Principal.ID,
    _ release: Release
  ) -> Bool {
    switch part.requirement {
    case .approve(let approve):
      let excluded = part.notCounted.map(\.head)
      let holders = side.roster.heads(of: approve.role).filter { !excluded.contains($0) }
      let speaks = holders.contains { holder in
        holder == principal
          || release.delegations.contains {
            $0.role == approve.role && $0.holder == holder && $0.delegate == principal
              && $0.isActive(at: at)
          }
      }
      return speaks && principal != self.case.requester && principal != self.case.beneficiary
        && !self.case.verdicts.contains { $0.by == principal }
    case .answer, .accept:
      if case .group = self.case.party { return principal == self.case.requester }
      return principal == self.case.beneficiary
    case .evidence(let wanted):
      guard let role = wanted.confirm, case .records(let records) = part.found else { return false }
      return side.roster.heads(of: role).contains(principal)
        && records.contains { $0.code == "evidence.unconfirmed" && $0.evidence?.by != principal }
    case .member(let group):
      return side.policy.group(group).map { side.roster.heads(of: $0.managers) }?
        .contains(principal) ?? false
    case .credential(let wanted):
      return wanted.from.contains { principal.isMeant(by: $0) }
    case .after, .wait: return false
    }
  }
}
