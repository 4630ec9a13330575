import SluiceEncoding
import SluiceProof

/// Leaves of a log for tests, and its hashes as RFC 6962 defines them, word for word.
struct TestTree {
  let leaves: [SHA256Digest]

  /// A tree whose entry i is the decimal text of i.
  init(size: Int) {
    leaves = (0..<size).map { MerkleHash.leaf(Array(String($0).utf8)) }
  }

  /// Section 2.1: the hash over some leaves.
  func hash(_ range: Range<Int>) -> SHA256Digest {
    switch range.count {
    case 0: return SHA256Digest(of: [UInt8]())
    case 1: return leaves[range.lowerBound]
    default:
      let middle = range.lowerBound + split(range.count)
      let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
      return SHA256Digest(of: [0x01] + hash(left).bytes + hash(right).bytes)
    }
  }

  /// Section 2.1.1: PATH(m, D[range]), where m counts from the start of the log.
  func path(_ index: Int, _ range: Range<Int>) -> [SHA256Digest] {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return index < middle ? path(index, left) + [hash(right)] : path(index, right) + [hash(left)]
  }

  /// Section 2.1.2: PROOF(m, D[n]).
  func proof(_ old: Int, _ new: Int) -> [SHA256Digest] {
    old == 0 ? [] : subproof(old, 0..<new, true)
  }

  private func subproof(_ old: Int, _ range: Range<Int>, _ isKnown: Bool) -> [SHA256Digest] {
    guard old < range.upperBound else { return isKnown ? [] : [hash(range)] }
    let middle = range.lowerBound + split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return old <= middle
      ? subproof(old, left, isKnown) + [hash(right)]
      : subproof(old, right, false) + [hash(left)]
  }

  /// The largest power of two below the count.
  private func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }

  struct Incomplete: Error { let range: Range<Int> }

  /// What a ledger answers: the hash over a complete, aligned subtree and nothing else.
  func stored(_ range: Range<Int>) throws -> SHA256Digest {
    guard
      !range.isEmpty, range.count.nonzeroBitCount == 1,
      range.lowerBound.isMultiple(of: range.count), range.upperBound <= leaves.count
    else { throw Incomplete(range: range) }
    return hash(range)
  }
}
