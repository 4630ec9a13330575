public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// Why a case stands where it stands, where it stood at an instant that has passed, or where it would
  /// stand; nothing of what is supposed is written.
  ///
  /// How it would be judged for somebody else tells whether that person has accepted, joined or been
  /// vouched for; so that is for those who see everybody, and recorded.
  public func explanation(
    of reference: String,
    _ question: ExplanationQuestion
  ) async throws -> ExplanationPage {
    let (id, seat, _) = try await find(reference)
    let release = seat.release.id
    let supposing = question.supposing
    let others = supposing.person.flatMap { $0 == seat.principal ? nil : $0 }
    if others != nil {
      guard seat.seesEverybody else { throw Refusal.notForYou }
      try await record(.access, of: release)
    }
    let view = try await view(of: id, in: release, at: question.at)
    guard supposing != .nothing else {
      return ExplanationPage(explanation: view.explanation, text: view.text)
    }
    var judged = view.judged
    if let others {
      let scope = Scope.case(id).union(.person(others))
      judged = try await ledger.release(release, scope: scope, after: view.head.size)
    }
    var supposed = try Supposed(
      judged,
      on: view.head,
      at: view.evaluation.at,
      under: supposing.policy
    )
    try supposed.assume(supposing.assumed, about: id, for: supposing.person)
    let explanation = try supposed.explanation(of: id, as: supposing.person)
    return ExplanationPage(explanation: explanation.json, text: explanation.text)
  }
}
