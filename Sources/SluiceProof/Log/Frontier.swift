public import SluiceEncoding

/// What must be remembered of a log to append to it: one hash for each 1-bit of its size.
///
/// Invariant: `hashes` are the roots of the complete subtrees whose leaves, in order, are the
/// whole log, the largest first. signing-and-log 6.3.
public struct Frontier: Hashable, Sendable {
  /// The number of leaves.
  public private(set) var size: Int
  /// The complete subtrees, the largest and oldest first.
  public private(set) var hashes: [SHA256Digest]

  /// The frontier of the empty log.
  public init() {
    size = 0
    hashes = []
  }

  /// The frontier of the log with exactly these leaf hashes.
  public init(_ leaves: some Sequence<SHA256Digest>) {
    self.init()
    for leaf in leaves { append(leaf) }
  }

  /// Appends one leaf hash.
  ///
  /// - Returns: The hashes of the complete subtrees that end with this leaf, the smallest first:
  ///   element `k` covers the last 2^k leaves. The elements 0, 8, 16, … are what tiles hold.
  @discardableResult
  public mutating func append(_ leaf: SHA256Digest) -> [SHA256Digest] {
    var completed = [leaf]
    var last = leaf
    for _ in 0..<size.trailingOneBits {
      last = MerkleHash.node(hashes.removeLast(), last)
      completed.append(last)
    }
    hashes.append(last)
    size += 1
    return completed
  }

  /// The root of the whole tree; of the empty one, the hash of nothing.
  public var root: SHA256Digest {
    guard let last = hashes.last else { return MerkleHash.empty }
    return hashes.dropLast().reversed().reduce(last) { MerkleHash.node($1, $0) }
  }

  /// The size as eight bytes, big-endian, and then each hash.
  public var bytes: [UInt8] {
    let count = UInt64(size)
    let head = (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
    return hashes.reduce(into: head) { $0 += $1.bytes }
  }

  /// Reads what `bytes` wrote.
  ///
  /// - Throws: `Malformed` unless there are exactly as many hashes as the size has 1-bits.
  public init(bytes: [UInt8]) throws(Malformed) {
    let count = bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard bytes.count >= 8, let size = Int(exactly: count) else {
      throw Malformed("log frontier", "must begin with the size in eight bytes")
    }
    guard bytes.count == 8 + 32 * size.nonzeroBitCount else {
      throw Malformed("log frontier", "must have one hash for each 1-bit of its size")
    }
    self.size = size
    hashes = []
    for start in stride(from: 8, to: bytes.count, by: 32) {
      hashes.append(try SHA256Digest(bytes: Array(bytes[start..<start + 32])))
    }
  }
}

extension Int {
  /// How many of the lowest bits are 1 in a row.
  fileprivate var trailingOneBits: Int { (~self).trailingZeroBitCount }
}
