import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A damaged statement")
struct StatementMutationTests {
  static let firsts = Utterance.all.reduce(into: [Utterance]()) { firsts, said in
    if !firsts.contains(where: { $0.body.type == said.body.type }) { firsts.append(said) }
  }

  @Test(arguments: firsts)
  func `is refused wherever it is cut off`(said: Utterance) {
    let bytes = said.statement.canonical
    for length in bytes.indices {
      #expect(throws: Malformed.self, "\(length)") {
        try Statement(canonical: Array(bytes[..<length]))
      }
    }
  }

  /// Whatever is still read is another statement, and prints as it was read.
  @Test(arguments: firsts)
  func `with any bit changed is refused or another one`(said: Utterance) {
    let original = said.statement
    var bytes = original.canonical
    for index in bytes.indices {
      let byte = bytes[index]
      for bit in 0..<8 {
        bytes[index] = byte ^ 1 << bit
        guard let read = try? Statement(canonical: bytes) else { continue }
        #expect(read.canonical == bytes && read.id != original.id, "byte \(index), bit \(bit)")
      }
      bytes[index] = byte
    }
  }
}
