public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The decisions of a case, each decided again from the entries before it, for those who may see the
  /// case; that somebody else's was looked at is recorded.
  ///
  /// - Throws: `Refusal.unknownCase`; `Refusal.stale` for a case that nothing has decided.
  public func decisions(of reference: String) async throws -> DecisionsPage {
    let (id, seat, _) = try await find(reference)
    let found = try await ledger.decisions(of: id)
    let asked = seat.release.cases[id]
    guard !found.isEmpty, let number = asked?.number else {
      let state = asked.map { ", it is \($0.state.rawValue)" } ?? ""
      throw Refusal.stale("nothing has decided case \(reference)\(state)")
    }
    return DecisionsPage(case: id, number: number, decisions: found.map(DecisionLine.init))
  }
}

extension DecisionLine {
  fileprivate init(_ audit: DecisionAudit) {
    self.init(
      index: audit.index,
      at: audit.at,
      revision: audit.revision,
      outcome: audit.outcome,
      counted: audit.counted.map { Counted(statement: $0.statement, by: $0.by) },
      stored: audit.stored,
      committed: audit.committed,
      recomputed: audit.recomputed,
      recomputedOutcome: audit.recomputedOutcome
    )
  }
}
