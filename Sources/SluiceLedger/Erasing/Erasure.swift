/// What was erased, and which entries say so (signing-and-log 6.2).
public struct Erasure: Hashable, Sendable {
  /// The entries whose event, or whose answers, the ledger no longer has; ascending.
  public let erased: [Int]
  /// The `erase` entries that name them.
  public let entries: [Int]
  /// Whether no earlier copy is left in the write-ahead log; else a reader was in the way, and the next
  /// checkpoint of the file overwrites it.
  public let isWiped: Bool
}
