public import SluiceEncoding

/// The siblings that lead from one leaf to the root.
///
/// RFC 6962, section 2.1.1; verified as RFC 9162, section 2.1.3.2.
public struct InclusionProof: Hashable, Sendable {
  /// The position of the leaf, from 0.
  public let index: Int
  /// The number of leaves of the tree.
  public let size: Int
  /// The sibling of the leaf first.
  public let hashes: [SHA256Digest]

  /// A proof as somebody else wrote it, which may be wrong in every part.
  public init(index: Int, size: Int, hashes: [SHA256Digest]) {
    self.index = index
    self.size = size
    self.hashes = hashes
  }

  /// Makes the proof for the leaf at `index`, which must be below `size`.
  ///
  /// `hash` is asked, and may throw, as by `MerkleHash.subtree(_:hash:)`.
  public init<Failure: Error>(
    of index: Int,
    in size: Int,
    hash: (Range<Int>) throws(Failure) -> SHA256Digest
  ) throws(Failure) {
    precondition((0..<size).contains(index), "a proof of a leaf that the tree does not have")
    var siblings: [Range<Int>] = []
    var leaves = 0..<size
    while leaves.count > 1 {
      let middle = leaves.lowerBound + MerkleHash.split(leaves.count)
      let (left, right) = (leaves.lowerBound..<middle, middle..<leaves.upperBound)
      siblings.append(index < middle ? right : left)
      leaves = index < middle ? left : right
    }
    var hashes: [SHA256Digest] = []
    for sibling in siblings.reversed() {
      hashes.append(try MerkleHash.subtree(sibling, hash: hash))
    }
    self.init(index: index, size: size, hashes: hashes)
  }

  /// Whether the tree with this root has this leaf at this index.
  public func proves(_ leaf: SHA256Digest, in root: SHA256Digest) -> Bool {
    guard index >= 0, index < size else { return false }
    var (node, last, hash) = (index, size - 1, leaf)
    for sibling in hashes {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = MerkleHash.node(sibling, hash)
        // The right edge has no sibling on the levels where its index is even.
        let skipped = node & 1 == 1 ? 0 : node.trailingZeroBitCount
        (node, last) = (node >> skipped, last >> skipped)
      } else {
        hash = MerkleHash.node(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }
}
