import SluiceEncoding
import SluiceProof
import Testing

/// The log of three entries, as golang.org/x/mod verified it.
@Suite("The log of the vector")
struct LogVectorTests {
  let leaves: [SHA256Digest]
  let roots: [SHA256Digest]

  init() throws {
    let vector = try Vector("log.txt")
    leaves = try vector.digests("leaves")
    roots = try vector.lines("roots").map { try SHA256Digest(bytes: Base64.decode($0)) }
  }

  @Test func `has its roots`() {
    #expect((0...3).map { Frontier(leaves[..<$0]).root } == roots)
  }

  @Test func `has its inclusion proofs`() {
    let expected = [[leaves[1], leaves[2]], [leaves[0], leaves[2]], [roots[2]]]
    for index in 0..<3 {
      let proof = InclusionProof(of: index, in: 3) { Frontier(leaves[$0]).root }
      #expect(proof.hashes == expected[index])
      #expect(proof.proves(leaves[index], in: roots[3]))
    }
  }

  @Test(arguments: [(1, [1, 2]), (2, [2]), (3, []), (0, [])])
  func `has its consistency proofs`(old: Int, hashes: [Int]) {
    let proof = ConsistencyProof(from: old, to: 3) { Frontier(leaves[$0]).root }
    #expect(proof.hashes == hashes.map { leaves[$0] })
    #expect(proof.proves(roots[old], beginsWhatHas: roots[3]))
  }
}
