import SluiceEncoding
import SluiceProof
import Testing

@Suite("A frontier")
struct FrontierTests {
  @Test func `has the root of RFC 6962 at every size to 300`() throws {
    let tree = TestTree(size: 300)
    var frontier = Frontier()
    for size in 0...300 {
      #expect(frontier.size == size)
      #expect(frontier.root == tree.hash(0..<size))
      #expect(frontier.hashes.count == size.nonzeroBitCount)
      #expect(try frontier.root == MerkleHash.subtree(0..<size, hash: tree.stored))
      if size < 300 { frontier.append(tree.leaves[size]) }
    }
    #expect(Frontier(tree.leaves) == frontier)
  }

  @Test func `says which subtrees a leaf completes`() {
    let tree = TestTree(size: 300)
    var frontier = Frontier()
    for index in 0..<300 {
      let completed = frontier.append(tree.leaves[index])
      #expect(completed.count == (index + 1).trailingZeroBitCount + 1)
      for (level, hash) in completed.enumerated() {
        #expect(hash == tree.hash(index + 1 - (1 << level)..<index + 1))
      }
    }
  }

  @Test func `has the roots that golang computes`() throws {
    let lines = try Vector("log-roots.txt").lines("roots").map { $0.split(separator: " ") }
    var frontier = Frontier()
    for line in lines {
      let size = try #require(Int(line[0]))
      while frontier.size < size {
        frontier.append(MerkleHash.leaf(Array(String(frontier.size).utf8)))
      }
      #expect(Base64.encode(frontier.root.bytes) == line[1])
    }
    #expect(frontier.size == 70_000)
  }

  @Test func `survives being stored at every size to 300`() throws {
    let tree = TestTree(size: 300)
    var frontier = Frontier()
    for leaf in tree.leaves {
      let bytes = frontier.bytes
      #expect(bytes.count == 8 + 32 * frontier.size.nonzeroBitCount)
      #expect(try Frontier(bytes: bytes) == frontier)
      for wrong in [Array(bytes.dropLast()), bytes + [0], Array(bytes.dropLast(32))]
      where wrong != [] {
        #expect(throws: Malformed.self) { try Frontier(bytes: wrong) }
      }
      frontier.append(leaf)
    }
    let tooLarge = [0x80] + [UInt8](repeating: 0, count: 39)
    #expect(throws: Malformed.self) { try Frontier(bytes: tooLarge) }
  }

  @Test func `grows on from where it was stored`() throws {
    let tree = TestTree(size: 100)
    var frontier = try Frontier(bytes: Frontier(tree.leaves[..<37]).bytes)
    for leaf in tree.leaves[37...] { frontier.append(leaf) }
    #expect(frontier.root == tree.hash(0..<100))
  }
}
