internal import SluiceEncoding
internal import SluiceGovernance
internal import Synchronization

/// The policies, the rosters and the entries about whole releases that were read, by their digests.
///
/// A fold needs them every time, and reading them costs more than the rest of it. What a digest names
/// never changes, so nothing here can be stale; a shelf is emptied when it has grown.
final class TextCache: Sendable {
  private let policies = Shelf<Policy>(most: 64)
  private let rosters = Shelf<Roster>(most: 64)
  private let entries = Shelf<Entry>(most: 4_096)

  /// The policy of that digest, read by `make` if it is not known.
  func policy(
    _ digest: SHA256Digest,
    make: () throws -> Policy?
  ) rethrows -> Policy? {
    try policies.value(digest, make: make)
  }

  /// The roster of that digest, read by `make` if it is not known.
  func roster(
    _ digest: SHA256Digest,
    make: () throws -> Roster?
  ) rethrows -> Roster? {
    try rosters.value(digest, make: make)
  }

  /// The entry whose body has that digest, read by `make` if it is not known; it must be about nobody,
  /// because of whom an entry is about is told by a table that forgets.
  func entry(
    _ digest: SHA256Digest,
    make: () throws -> Entry?
  ) rethrows -> Entry? {
    try entries.value(digest, make: make)
  }
}

/// Values of one kind by digest.
private final class Shelf<Value: Sendable>: Sendable {
  private let most: Int
  private let values = Mutex<[SHA256Digest: Value]>([:])

  init(most: Int) { self.most = most }

  func value(_ digest: SHA256Digest, make: () throws -> Value?) rethrows -> Value? {
    if let known = values.withLock({ $0[digest] }) { return known }
    guard let made = try make() else { return nil }
    values.withLock { known in
      if known.count >= most { known = [:] }
      known[digest] = made
    }
    return made
  }
}
