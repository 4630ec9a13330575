public import SluiceEncoding

/// The two hashes of an RFC 6962 tree over SHA-256.
///
/// Leaves and nodes are hashed under different prefixes, so that no node can be shown as an entry.
/// RFC 6962, section 2.1; signing-and-log 6.3.
public enum MerkleHash {
  /// The root of the tree without leaves: the hash of nothing.
  public static let empty = SHA256Digest(of: [UInt8]())

  /// The hash of one entry: `H(0x00 ‖ entry)`.
  public static func leaf(_ entry: [UInt8]) -> SHA256Digest {
    SHA256Digest(of: [0x00] + entry)
  }

  /// The hash of two subtrees: `H(0x01 ‖ left ‖ right)`.
  public static func node(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
    SHA256Digest(of: [0x01] + left.bytes + right.bytes)
  }

  /// The hash of the subtree over `leaves`, put together from complete subtrees.
  ///
  /// `leaves` must start at a multiple of the largest power of two that is not above its count, as
  /// every subtree of a log does; `0..<size` gives the root at `size`. `hash` is asked for the
  /// hashes over ranges whose count is a power of two and whose start is a multiple of it, so its
  /// answers never change once those leaves exist. What it throws, this throws.
  public static func subtree<Failure: Error>(
    _ leaves: Range<Int>,
    hash: (Range<Int>) throws(Failure) -> SHA256Digest
  ) throws(Failure) -> SHA256Digest {
    guard let first = leaves.first else { return empty }
    let count = leaves.count
    if count & (count - 1) == 0 { return try hash(leaves) }
    let middle = first + split(count)
    return node(
      try hash(first..<middle),
      try subtree(middle..<leaves.upperBound, hash: hash)
    )
  }

  /// The largest power of two below `count`, where a tree of `count` > 1 leaves splits.
  static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
