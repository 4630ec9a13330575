internal import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A text that a release names by digest: policies and terms for all who may know of the release,
  /// rosters, which name persons, for those with a role, attachments of evidence as its author wants.
  public func document(_ sha256: SHA256Digest, of release: Release.ID) async throws -> [UInt8] {
    let seat = try await seat(in: release)
    guard seat.reads(sha256), let bytes = try await ledger.document(sha256) else {
      throw Refusal.stale("\(release) names no text with the digest \(sha256)")
    }
    return bytes
  }
}

extension Seat {
  /// Whether the reader may read a text by its digest.
  fileprivate func reads(_ digest: SHA256Digest) -> Bool {
    let rules = Rules(release)
    let open =
      release.adoptions.flatMap { [$0.policy.digest] + $0.terms.values }
      + [rules?.policy.digest].compactMap { $0 } + (rules?.terms.values.map { $0 } ?? [])
    if open.contains(digest) || release.shows(attachment: digest, to: viewer) { return true }
    guard hasRole || seesEverybody else { return false }
    return release.cases.values.contains { asked in
      guard case .amend(let policy, let roster, let terms, let rehearsal) = asked.filing else {
        return false
      }
      if digest == rehearsal { return true }
      return hasRole && (digest == policy || digest == roster || terms.values.contains(digest))
    }
  }
}
