public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The exact statements that an act needs, composed from what the reader may see; nothing is written
  /// but that they looked.
  public func drafts(_ instruction: Instruction) async throws -> Drafted {
    // A token that counts for nobody names nobody who could sign.
    if reader == .unknownToken, instruction.by == nil { throw Refusal.badToken }
    return try await compose(instruction, at: clock(), random: ledger.random)
  }
}
