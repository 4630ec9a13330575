import SluiceEncoding
import SluiceProof
import Testing

@Suite("A checkpoint")
struct CheckpointTests {
  let root = MerkleHash.empty
  let base64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

  @Test func `is three lines`() throws {
    let checkpoint = try Checkpoint(origin: "sluice.example.org/audit", size: 0, root: root)
    #expect(checkpoint.text == "sluice.example.org/audit\n0\n\(base64)\n")
    #expect(try Checkpoint(text: checkpoint.text) == checkpoint)
    let large = try Checkpoint(origin: "a", size: Int.max, root: root)
    #expect(try Checkpoint(text: large.text) == large)
  }

  @Test(arguments: [
    "", "\n", "o\n1\n", "o\n1\nR", "o\n1\nR\n\n", "o\n1\nR\nextension\n", "\n1\nR\n", " o\n1\nR\n",
    "o o\n1\nR\n", "o+\n1\nR\n", "o\u{a0}o\n1\nR\n", "o\r\n1\nR\n", "o\n\nR\n", "o\n01\nR\n",
    "o\n+1\nR\n", "o\n-1\nR\n", "o\n-0\nR\n", "o\n1 \nR\n", "o\n0x1\nR\n", "o\n١\nR\n",
    "o\n9223372036854775808\nR\n", "o\n1\nAAAA\n", "o\n1\n\n", "o\n1\nR=\n", "o\n1\n R\n",
  ])
  func `is not read from`(form: String) {
    let text = form.replacing("R", with: base64)
    #expect(throws: Malformed.self) { try Checkpoint(text: text) }
  }

  @Test func `changed in a byte is refused or another one`() throws {
    let text = try Checkpoint(origin: "log.example.org", size: 70_000, root: root).text
    for changed in Array(text.utf8).mutations {
      guard let changed = String(validating: changed, as: UTF8.self) else { continue }
      if let other = try? Checkpoint(text: changed) {
        #expect(other.text.utf8.elementsEqual(changed.utf8))
      }
    }
    for cut in Array(text.utf8).truncations {
      #expect(throws: Malformed.self) {
        try Checkpoint(text: String(decoding: cut, as: UTF8.self))
      }
    }
  }

  @Test(arguments: ["", "a b", "a+b", "a\n", "a\t", "a\u{2028}", "a\u{7f}"])
  func `has an origin that can name a key`(origin: String) {
    #expect(throws: Malformed.self) { try Checkpoint(origin: origin, size: 0, root: root) }
  }
}
