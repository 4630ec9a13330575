internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// A case as it stands, or stood, with why: what pages and explanations are made of.
struct CaseView: Sendable {
  /// The case.
  let asked: Case
  /// The state of the release on which it is judged.
  let release: Release
  /// The judgement.
  let evaluation: Evaluation
  /// Why, as JSON; of a decided case as it was stored with the decision.
  let explanation: JSONValue

  /// Why, for people.
  let text: String

  init(_ asked: Case, in release: Release, at now: Instant, log: Statement.Head) throws {
    guard let evaluation = evaluate(asked, in: release, at: now) else {
      throw Refusal.logCorrupt("case \(asked.number): its policy or roster is missing")
    }
    let explanation = Explanation(evaluation, log: log)
    self.asked = asked
    self.release = release
    self.evaluation = evaluation
    self.explanation = explanation.json
    text = explanation.text
  }
}

extension LocalDeployment {
  /// A case as it stands now or, with an instant that has passed, as it stood then.
  ///
  /// A case that has ended is judged on the entries before its end, as it was then; so what is
  /// answered is what was stored with the decision.
  func view(of row: CaseRow, at instant: Instant? = nil) async throws -> CaseView {
    let now = clock()
    var size = try await ledger.head().size
    if let instant, instant < now { size = try await ledger.size(at: instant) }
    let release = try await ledger.release(row.release, scope: .case(row.id), after: size)
    guard let asked = release.cases[row.id] else {
      throw Refusal.unfit("at: case \(row.number) was filed only at \(row.filedAt)")
    }
    guard let endedAt = asked.endedAt else {
      let head = try await ledger.head(after: size)
      return try CaseView(asked, in: release, at: instant ?? now, log: head)
    }
    let end = try await ledger.history(of: row.id).last { ["decide", "lapse"].contains($0.kind) }
    guard let end else { throw Refusal.logCorrupt("case \(row.number): nothing ended it") }
    let before = try await ledger.release(row.release, scope: .case(row.id), after: end.index)
    let head = try await ledger.head(after: end.index)
    return try CaseView(asked, in: before, at: endedAt, log: head)
  }
}

extension Evaluation {
  /// Whether an act of `principal` would bring the case further.
  func waits(for principal: Principal.ID) -> Bool {
    if self.case.state == .returned { return principal == self.case.requester }
    guard self.case.state == .open, result == .open else { return false }
    let open = branches.filter { $0.result == .open }.flatMap(\.parts).filter { $0.result == .open }
    return open.contains { part in
      switch part.requirement {
      case .approve(let approve):
        principal != self.case.requester && principal != self.case.beneficiary
          && roster.heads(of: approve.role).contains(principal)
          && !self.case.verdicts.contains { $0.by == principal }
      case .answer, .accept: principal == self.case.beneficiary
      }
    }
  }
}
