import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// The texts under which a world lives.
struct Charter: Sendable {
  /// The policy of version 1.
  let policy: String
  /// The roster of version 1, with the keys of a deployment.
  let roster: @Sendable (Ledger) throws -> String

  /// Two people and a steward; see ``Texts``.
  static let tiny = Charter(policy: Texts.policy) { ledger in try Texts.roster(for: ledger) }
}
