public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The exact statements that an act needs, composed from what the reader may see; nothing is written
  /// but that they looked.
  public func drafts(_ instruction: Instruction) async throws -> Drafted {
    try await compose(instruction, at: clock(), random: ledger.random)
  }
}
