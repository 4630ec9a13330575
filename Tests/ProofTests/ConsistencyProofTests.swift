import SluiceEncoding
import SluiceProof
import Testing

@Suite("A consistency proof")
struct ConsistencyProofTests {
  let tree = TestTree(size: 71)

  @Test func `is that of RFC 6962 for every pair of sizes to 70`() throws {
    for new in 0...70 {
      for old in 0...new {
        let proof = try ConsistencyProof(from: old, to: new, hash: tree.stored)
        #expect(proof.hashes == tree.proof(old, new))
        #expect(proof.proves(tree.hash(0..<old), beginsWhatHas: tree.hash(0..<new)))
      }
    }
  }

  @Test func `proves nothing of other trees, sizes or hashes`() throws {
    for new in 1...33 {
      for old in 0...new {
        let proof = try ConsistencyProof(from: old, to: new, hash: tree.stored)
        let (oldRoot, newRoot) = (tree.hash(0..<old), tree.hash(0..<new))
        func proves(_ hashes: [SHA256Digest], _ old: Int, _ new: Int) -> Bool {
          ConsistencyProof(oldSize: old, newSize: new, hashes: hashes)
            .proves(oldRoot, beginsWhatHas: newRoot)
        }
        let other = tree.hash(0..<new + 1)
        #expect(!proof.proves(other, beginsWhatHas: newRoot))
        if old > 0 { #expect(!proof.proves(oldRoot, beginsWhatHas: other)) }
        #expect(!proves(proof.hashes + [oldRoot], old, new))
        if !proof.hashes.isEmpty {
          #expect(!proves(Array(proof.hashes.dropLast()), old, new))
          #expect(!proves(Array(proof.hashes.dropFirst()), old, new))
        }
        for changed in proof.hashes.indices {
          var hashes = proof.hashes
          hashes[changed] = tree.leaves[70]
          #expect(!proves(hashes, old, new))
        }
        // Longer or shorter than the tree is deep, though the hashes fit.
        if old > 0, old < new {
          let longer = ConsistencyProof(
            oldSize: old,
            newSize: new,
            hashes: proof.hashes + [oldRoot]
          )
          #expect(!longer.proves(oldRoot, beginsWhatHas: MerkleHash.node(oldRoot, newRoot)))
          #expect(!longer.proves(oldRoot, beginsWhatHas: MerkleHash.node(newRoot, oldRoot)))
          #expect(!proves(proof.hashes, old, 4 * new))
        }
        for wrong in -1...new + 1 where wrong != old { #expect(!proves(proof.hashes, wrong, new)) }
      }
    }
  }

  @Test func `from nothing is empty and holds for every tree`() {
    let empty = tree.hash(0..<0)
    let proof = ConsistencyProof(oldSize: 0, newSize: 5, hashes: [])
    #expect(proof.proves(empty, beginsWhatHas: tree.hash(0..<5)))
    #expect(!proof.proves(tree.hash(0..<1), beginsWhatHas: tree.hash(0..<5)))
  }

  @Test func `of sizes that cannot be proves nothing`() {
    let root = tree.hash(0..<1)
    for (old, new) in [(1, 0), (-1, 1), (-2, -1), (Int.max, 1), (Int.max - 1, Int.max)] {
      let proof = ConsistencyProof(oldSize: old, newSize: new, hashes: [])
      #expect(!proof.proves(root, beginsWhatHas: root))
    }
  }
}
