/// What an erasure would take away, to be shown before it is done.
public struct Erasable: Hashable, Sendable {
  /// How many entries of one kind.
  public struct Count: Hashable, Sendable {
    /// The kind, as the log names it.
    public let kind: String
    /// How many there are.
    public let number: Int
  }

  /// The entries whose event, or whose answers, would go; ascending.
  public let entries: [Int]
  /// How many of each kind those are, by kind.
  public let counts: [Count]
  /// The running numbers of the cases that would go as a whole.
  public let cases: [Int]
  /// How many grants would go.
  public let grants: Int
  /// The fingerprints of the keys that would go.
  public let keys: [String]
  /// How many tokens would go.
  public let tokens: Int
  /// How many deliveries would stay on record, without a name.
  public let deliveries: Int

  init(
    entries: [Int],
    counts: [Count],
    cases: [Int] = [],
    grants: Int = 0,
    keys: [String] = [],
    tokens: Int = 0,
    deliveries: Int = 0
  ) {
    self.entries = entries
    self.counts = counts
    self.cases = cases
    self.grants = grants
    self.keys = keys
    self.tokens = tokens
    self.deliveries = deliveries
  }
}
