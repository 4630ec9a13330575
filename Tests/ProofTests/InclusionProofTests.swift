import SluiceEncoding
import SluiceProof
import Testing

@Suite("An inclusion proof")
struct InclusionProofTests {
  let tree = TestTree(size: 70)

  @Test func `is that of RFC 6962 for every leaf of every tree to 70`() throws {
    for size in 1...70 {
      let root = tree.hash(0..<size)
      for index in 0..<size {
        let proof = try InclusionProof(of: index, in: size, hash: tree.stored)
        #expect(proof.hashes == tree.path(index, 0..<size))
        #expect(proof.proves(tree.leaves[index], in: root))
      }
    }
  }

  @Test func `proves no other leaf, place, size or root`() throws {
    for size in 1...33 {
      let root = tree.hash(0..<size)
      for index in 0..<size {
        let proof = try InclusionProof(of: index, in: size, hash: tree.stored)
        func proves(_ hashes: [SHA256Digest], at place: Int, of size: Int) -> Bool {
          InclusionProof(index: place, size: size, hashes: hashes)
            .proves(tree.leaves[index], in: root)
        }
        #expect(!proof.proves(tree.leaves[size], in: root))
        #expect(!proof.proves(tree.leaves[index], in: tree.hash(0..<size + 1)))
        for place in -1...size where place != index {
          #expect(!proves(proof.hashes, at: place, of: size))
        }
        #expect(!proves(proof.hashes + [root], at: index, of: size))
        #expect(!proves(Array(proof.hashes.dropLast()), at: index, of: size) || size == 1)
        // Longer or shorter than the tree is deep, though the hashes fit.
        let longer = InclusionProof(index: index, size: size, hashes: proof.hashes + [root])
        #expect(!longer.proves(tree.leaves[index], in: MerkleHash.node(root, root)))
        #expect(!proves(proof.hashes, at: index, of: 4 * size))
        for changed in proof.hashes.indices {
          var hashes = proof.hashes
          hashes[changed] = tree.leaves[69]
          #expect(!proves(hashes, at: index, of: size))
        }
      }
    }
  }

  @Test func `never shows an inner node as a leaf`() throws {
    let proof = try InclusionProof(of: 2, in: 4, hash: tree.stored)
    let inner = MerkleHash.node(tree.leaves[2], tree.leaves[3])
    let shorter = InclusionProof(index: 1, size: 2, hashes: Array(proof.hashes.dropFirst()))
    // As a hash it fits, so an entry whose leaf hash is a node's must be impossible.
    #expect(shorter.proves(inner, in: tree.hash(0..<4)))
    let entry = [UInt8](tree.leaves[2].bytes + tree.leaves[3].bytes)
    #expect(MerkleHash.leaf(entry) != inner)
    #expect(MerkleHash.leaf([0x01] + entry) != inner)
  }

  @Test func `of an empty tree or a place out of range proves nothing`() {
    for (index, size) in [(0, 0), (-1, 1), (1, 1), (0, -1), (Int.max, Int.max), (Int.min, 5)] {
      let proof = InclusionProof(index: index, size: size, hashes: [])
      #expect(!proof.proves(tree.leaves[0], in: tree.leaves[0]))
    }
  }
}
