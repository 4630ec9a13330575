internal import SluiceEncoding
internal import SluiceGovernance
internal import Synchronization

/// The policies and rosters that were read, by their digests.
///
/// A fold needs them every time, and reading one costs more than the rest of the fold. What a digest
/// names never changes, so nothing here can be stale; it is emptied when it has grown.
final class TextCache: Sendable {
  private static let most = 64

  private let policies = Mutex<[SHA256Digest: Policy]>([:])
  private let rosters = Mutex<[SHA256Digest: Roster]>([:])

  /// The policy of that digest, read by `make` if it is not known.
  func policy(
    _ digest: SHA256Digest,
    make: () throws -> Policy?
  ) rethrows -> Policy? {
    if let known = policies.withLock({ $0[digest] }) { return known }
    guard let made = try make() else { return nil }
    policies.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[digest] = made
    }
    return made
  }

  /// The roster of that digest, read by `make` if it is not known.
  func roster(
    _ digest: SHA256Digest,
    make: () throws -> Roster?
  ) rethrows -> Roster? {
    if let known = rosters.withLock({ $0[digest] }) { return known }
    guard let made = try make() else { return nil }
    rosters.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[digest] = made
    }
    return made
  }
}
