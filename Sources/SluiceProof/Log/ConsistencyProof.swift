public import SluiceEncoding

/// The hashes which show that a smaller tree is the beginning of a larger one.
///
/// RFC 6962, section 2.1.2; verified as RFC 9162, section 2.1.4.2.
public struct ConsistencyProof: Hashable, Sendable {
  /// The number of leaves of the smaller tree.
  public let oldSize: Int
  /// The number of leaves of the larger tree.
  public let newSize: Int
  /// In the order of the RFC.
  public let hashes: [SHA256Digest]

  /// A proof as somebody else wrote it, which may be wrong in every part.
  public init(oldSize: Int, newSize: Int, hashes: [SHA256Digest]) {
    self.oldSize = oldSize
    self.newSize = newSize
    self.hashes = hashes
  }

  /// Makes the proof; `oldSize` must be from 0 to `newSize`.
  ///
  /// `hash` is asked, and may throw, as by `MerkleHash.subtree(_:hash:)`.
  public init<Failure: Error>(
    from oldSize: Int,
    to newSize: Int,
    hash: (Range<Int>) throws(Failure) -> SHA256Digest
  ) throws(Failure) {
    precondition((0...newSize).contains(oldSize), "a proof from a tree that is not the smaller")
    var subtrees: [Range<Int>] = []
    var leaves = 0..<newSize
    while oldSize > 0, oldSize < leaves.upperBound {
      let middle = leaves.lowerBound + MerkleHash.split(leaves.count)
      let (left, right) = (leaves.lowerBound..<middle, middle..<leaves.upperBound)
      subtrees.append(oldSize <= middle ? right : left)
      leaves = oldSize <= middle ? left : right
    }
    // The verifier has the old root itself, so it is left out where it is a whole subtree.
    if leaves.lowerBound > 0 { subtrees.append(leaves) }
    var hashes: [SHA256Digest] = []
    for subtree in subtrees.reversed() {
      hashes.append(try MerkleHash.subtree(subtree, hash: hash))
    }
    self.init(oldSize: oldSize, newSize: newSize, hashes: hashes)
  }

  /// Whether the tree with root `old` is the beginning of the one with root `new`.
  public func proves(_ old: SHA256Digest, beginsWhatHas new: SHA256Digest) -> Bool {
    guard oldSize >= 0, oldSize <= newSize else { return false }
    if oldSize == 0 { return hashes.isEmpty && old == MerkleHash.empty }
    if oldSize == newSize { return hashes.isEmpty && old == new }

    let path = oldSize & (oldSize - 1) == 0 ? [old] + hashes : hashes
    guard let first = path.first else { return false }
    let skipped = (~(oldSize - 1)).trailingZeroBitCount
    var (node, last) = ((oldSize - 1) >> skipped, (newSize - 1) >> skipped)
    var (left, right) = (first, first)
    for hash in path.dropFirst() {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        left = MerkleHash.node(hash, left)
        right = MerkleHash.node(hash, right)
        let skipped = node & 1 == 1 ? 0 : node.trailingZeroBitCount
        (node, last) = (node >> skipped, last >> skipped)
      } else {
        right = MerkleHash.node(right, hash)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && left == old && right == new
  }
}
