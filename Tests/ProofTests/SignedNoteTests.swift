import SluiceEncoding
import SluiceProof
import Testing

@Suite("A signed note")
struct SignedNoteTests {
  let vector: Vector
  let line = "— o AAAAAAA=\n"

  init() throws { vector = try Vector("log.txt") }

  @Test func `is read and printed`() throws {
    let bytes = try vector.bytes("checkpoint")
    let note = try SignedNote(bytes: bytes)
    #expect(note.bytes == bytes)
    #expect(note.signatures.map(\.name) == ["sluice.example.org/audit"])
    #expect(note.signatures[0].keyID == [0xed, 0x6c, 0x59, 0x5e])
    #expect(note.signatures[0].bytes.count == 64)
  }

  @Test func `takes one more line`() throws {
    let line = try vector.line("cosignature")
    let note = try SignedNote(bytes: vector.bytes("checkpoint"))
      .adding(SignedNote.Signature(line: line))
    #expect(try note.bytes == vector.bytes("checkpoint") + vector.bytes("cosignature"))
    #expect(try SignedNote(bytes: note.bytes) == note)
  }

  @Test func `is split at its last empty line`() throws {
    let note = try SignedNote(bytes: Array("a\n\nb\n\n\(line)\(line)".utf8))
    #expect(note.text == "a\n\nb\n")
    #expect(note.signatures.count == 2)
    #expect(try SignedNote(bytes: Array("a\n\n\n\(line)".utf8)).text == "a\n\n")
  }

  @Test(arguments: [
    "", "\n", "a", "a\n", "a\n\n", "\nL", "L", "a\nL", "a\n\n\n", "a\n\nL\n", "a\n\nLb\n",
    "a\r\n\nL", "a\u{0}\n\nL", "a\t\n\nL", "a\n\n — o AAAAAAA=\n", "a\n\n- o AAAAAAA=\n",
    "a\n\n— o AAAAAAA= \n", "a\n\n—  AAAAAAA=\n", "a\n\n— o\n", "a\n\n— o \n", "a\n\n— o AAAA\n",
    "a\n\n— o AAAAAA==\n", "a\n\n— o AAAAAAB=\n", "a\n\n— o AAAAAAA\n", "a\n\n— o+p AAAAAAA=\n",
    "a\n\n— o AAAAAAA=", "a\n\n— o AAAAAAA=\r\n", "a\n\n— o\u{a0}p AAAAAAA=\n",
  ])
  func `is not read from`(form: String) {
    let text = form.replacing("L", with: line)
    #expect(throws: Malformed.self) { try SignedNote(bytes: Array(text.utf8)) }
  }

  @Test func `is valid UTF-8 of bounded length`() {
    let good = Array("a\n\n\(line)".utf8)
    for bad in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]] as [[UInt8]] {
      #expect(throws: Malformed.self) { try SignedNote(bytes: bad + good) }
    }
    let filler = [UInt8](repeating: 0x61, count: (1 << 20) - good.count)
    #expect(throws: Never.self) { try SignedNote(bytes: filler + good) }
    #expect(throws: Malformed.self) { try SignedNote(bytes: [0x61] + filler + good) }
    let lines = { (count: Int) in Array("a\n\n\(String(repeating: line, count: count))".utf8) }
    #expect(throws: Never.self) { try SignedNote(bytes: lines(100)) }
    #expect(throws: Malformed.self) { try SignedNote(bytes: lines(101)) }
  }

  @Test func `changed in a byte does not verify`() throws {
    let log = try LogVerifier(vkey: vector.line("vkey"))
    let good = try log.verify(SignedNote(bytes: vector.bytes("checkpoint")))
    #expect(good.size == 3)
    for changed in try vector.bytes("checkpoint").mutations {
      #expect(throws: (any Error).self, "\(String(decoding: changed, as: UTF8.self))") {
        try log.verify(SignedNote(bytes: changed))
      }
    }
  }
}
