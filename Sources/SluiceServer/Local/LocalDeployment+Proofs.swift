public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// An entry of the log with a proof that it is in it, for anybody; a sealed one stays sealed.
  public func proof(of index: Int) async throws -> ProofPage {
    ProofPage(try await ledger.proof(of: index, opening: false, at: clock()))
  }

  /// The same with a sealed entry opened, for the operator, auditors and the stewards of the release
  /// that it concerns, who are on record for it; of what concerns no release the operator alone.
  ///
  /// - Throws: `Refusal.notForYou`, whatever the entry is about.
  public func disclosure(of index: Int) async throws -> ProofPage {
    try requireName()
    let sealed = try await ledger.proof(of: index, opening: false, at: clock())
    guard sealed.event == nil else { return ProofPage(sealed) }
    if let release = sealed.release {
      do { _ = try await seat(overseeing: release, recording: .events) } catch is Refusal {
        throw Refusal.notForYou
      }
    } else {
      guard reader == .operator else { throw Refusal.notForYou }
    }
    return ProofPage(try await ledger.proof(of: index, opening: true, at: clock()))
  }
}

extension ProofPage {
  fileprivate init(_ proved: ProvedEntry) {
    self.init(
      index: proved.index,
      entry: proved.entry,
      event: proved.event.map { String(decoding: $0, as: UTF8.self) },
      proof: proved.proof
    )
  }
}
