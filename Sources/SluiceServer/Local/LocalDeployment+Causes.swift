public import SluiceAPI
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger
internal import SluiceProof

extension LocalDeployment {
  /// Why a key counts for nobody in a release, where more is known of it than that.
  ///
  /// Told to whoever holds the key: by then the signature has been verified with it.
  ///
  /// - Parameters:
  ///   - fingerprint: The key, `SHA256:…`.
  ///   - release: Where it does not count.
  ///   - said: Who is said to speak; only where whoever asks may know who is in the roster.
  /// - Returns: `nil` if nothing is known of the key.
  /// - Throws: What SQLite threw.
  public func cause(
    ofUnknownKey fingerprint: String,
    in release: Release.ID,
    saidBy said: Principal.ID? = nil
  ) async throws -> Problem.Cause? {
    let state: Release
    do {
      state = try await ledger.release(release, scope: .levelOnly)
    } catch Refusal.unknownRelease { return nil }
    let known = try await ledger.keys().first { $0.fingerprint == fingerprint && $0.until == nil }
    let holder = known?.principal ?? said
    if let holder, state.rosters.contains(where: { $0.principal(holder) != nil }) {
      return .keyNotInRoster(holder)
    }
    for asked in state.cases.values.sorted(by: { $0.number > $1.number }) {
      guard case .amend(_, let digest, _, _) = asked.filing,
        let roster = state.library.rosters[digest], !state.rosters.contains(roster),
        let holder = roster.principals.first(where: { $0.lists(fingerprint) })
      else { continue }
      return .keyOfProposal(holder.id, case: asked.number)
    }
    return nil
  }

  /// The cause of a refusal of a statement.
  func cause(of refusal: Refusal, in release: Release.ID?) async throws -> Problem.Cause? {
    guard case .unknownKey(let fingerprint) = refusal, let release else { return nil }
    return try await cause(ofUnknownKey: fingerprint, in: release)
  }
}

extension Roster.Member {
  /// Whether the roster lists a key for the member; a line that is no key is none.
  fileprivate func lists(_ fingerprint: String) -> Bool {
    keys.contains { line in (try? PublicKey(line: line))?.fingerprint == fingerprint }
  }
}
