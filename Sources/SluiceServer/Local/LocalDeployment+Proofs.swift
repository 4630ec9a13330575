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
    guard try await oversees(sealed.release) else { throw Refusal.notForYou }
    return ProofPage(try await ledger.proof(of: index, opening: true, at: clock()))
  }

  /// A statement as it was handed in, for its author and for those to whom a sealed entry about it would
  /// be opened, who are on record for it.
  ///
  /// An entry that shows its event to everybody does not show its statement: that names its author, and
  /// not by the name that the roster shows.
  ///
  /// - Throws: `Refusal.notForYou`, whatever the entry is about; where the statement is named by its
  ///   digest `unknownStatement`, as for one that there is not.
  public func statement(_ reference: StatementReference) async throws -> StatementPage {
    try requireName()
    let (found, refusal) = try await filed(reference)
    guard let found else { throw refusal }
    if found.handed.map({ $0.by == reader.principal }) != true {
      guard try await oversees(found.release) else { throw refusal }
    }
    guard !found.isErased else { throw Refusal.stale("entry \(found.index) was erased") }
    guard let handed = found.handed else {
      throw Refusal.unknownStatement(.init("of entry \(found.index)"))
    }
    return StatementPage(
      index: found.index,
      at: found.at,
      statement: handed.statement,
      signature: handed.signature,
      second: handed.second
    )
  }

  /// The entry about a statement, and what is said to those for whom there is none.
  private func filed(
    _ reference: StatementReference
  ) async throws -> (FiledEntry?, refusal: Refusal) {
    switch reference {
    case .entry(let index):
      guard let found = try await ledger.filed(at: index) else {
        let last = try await ledger.head().size - 1
        return (nil, .unfit("the log has no entry \(index), only 0 to \(last)"))
      }
      return (found, .notForYou)
    case .digits(let digits):
      return (try await ledger.filed(named: digits), .unknownStatement(.init(digits)))
    }
  }

  /// Whether the reader sees everybody in a release, and then is on record for it; of what concerns no
  /// release, whether the reader is the operator.
  private func oversees(_ release: Release.ID?) async throws -> Bool {
    guard let release else { return reader == .operator }
    do {
      _ = try await seat(overseeing: release, recording: .events)
      return true
    } catch let refusal as Refusal {
      switch refusal {
      case .clockUntrusted, .logCorrupt: throw refusal
      default: return false
      }
    }
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
