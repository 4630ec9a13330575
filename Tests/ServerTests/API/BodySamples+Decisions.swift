import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension BodySamples {
  static func decisions(agreeing: Bool) -> DecisionsPage {
    let stored = Array(#"{"result":"met"}"#.utf8)
    return DecisionsPage(
      case: Case.ID(Samples.digest("case").hex),
      number: 4,
      decisions: [
        DecisionLine(
          index: 9,
          at: Samples.noon,
          revision: Case.Revision.ID(Samples.digest("case").hex),
          outcome: .approved,
          counted: [
            .init(statement: .init(Samples.digest("a").hex), by: agreeing ? "person:ana" : nil)
          ],
          stored: stored,
          committed: SHA256Digest(of: stored),
          recomputed: agreeing ? stored : nil,
          recomputedOutcome: agreeing ? .approved : nil
        )
      ]
    )
  }
}
