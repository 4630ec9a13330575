import Crypto
import Foundation
import SluiceEncoding
import SluiceProof
import Testing

@Suite("A log key")
struct LogKeyTests {
  let vector: Vector
  let key: LogKey

  init() throws {
    vector = try Vector("log.txt")
    key = try LogKey(seed: vector.hex("seed"), origin: "sluice.example.org/audit")
  }

  @Test func `is written as golang writes it`() throws {
    #expect(try key.skey == vector.line("skey"))
    #expect(try key.verifier.vkey == vector.line("vkey"))
    #expect(key.verifier.origin == "sluice.example.org/audit")
    #expect(try LogKey(skey: vector.line("skey")).verifier == key.verifier)
    #expect(try LogKey(skey: vector.text("skey")).skey == key.skey)
    #expect(try LogVerifier(vkey: vector.line("vkey")) == key.verifier)
  }

  @Test func `signs checkpoints of its origin`() throws {
    let root = try SHA256Digest(bytes: Base64.decode(vector.lines("roots")[3]))
    let note = try key.sign(size: 3, root: root)
    #expect(try note.bytes == vector.bytes("checkpoint"))
    let checkpoint = try key.verifier.verify(note)
    #expect(checkpoint.origin == "sluice.example.org/audit")
    #expect(checkpoint.size == 3)
    #expect(checkpoint.root == root)
  }

  @Test func `is refused wherever its text is changed`() throws {
    for changed in try Array(vector.line("skey").utf8).mutations {
      let text = String(decoding: changed, as: UTF8.self)
      if text == key.skey + "\n" { continue }
      #expect(throws: Malformed.self, "\(text)") { try LogKey(skey: text) }
    }
    for changed in try Array(vector.line("vkey").utf8).mutations {
      let text = String(decoding: changed, as: UTF8.self)
      #expect(throws: Malformed.self, "\(text)") { try LogVerifier(vkey: text) }
    }
  }

  @Test func `has a seed of 32 bytes and a name without spaces`() {
    #expect(throws: Malformed.self) { try LogKey(seed: [1], origin: "o") }
    let seed = [UInt8](repeating: 1, count: 32)
    #expect(throws: Malformed.self) { try LogKey(seed: seed, origin: "o o") }
    #expect(throws: Malformed.self) { try LogKey(seed: seed, origin: "") }
    #expect(throws: Malformed.self) { try LogKey(seed: seed, origin: "o+o") }
  }

  @Test func `of small order is no verifier`() throws {
    for hex in try Vector("ed25519-small-order.txt").lines("keys") {
      let bytes = [0x01] + (try Hex.decode(hex))
      let id = Hex.encode(SHA256Digest(of: Array("o\n".utf8) + bytes).bytes.prefix(4))
      #expect(throws: Malformed.self) {
        try LogVerifier(vkey: "o+\(id)+\(Base64.encode(bytes))")
      }
    }
  }

  @Test func `counts for the notes that it signed`() throws {
    let other = try LogKey(seed: vector.hex("seed"), origin: "sluice.example.org/other")
    let note = try other.sign(size: 3, root: MerkleHash.empty)
    #expect(throws: NoteFault.unsigned(name: "sluice.example.org/audit")) {
      try key.verifier.verify(note)
    }
    // A line of another key says nothing, a wrong line of this key ends it.
    let good = try key.sign(size: 3, root: MerkleHash.empty)
    #expect(try key.verifier.verify(good.adding(note.signatures[0])).size == 3)
    let stale = try key.sign(size: 2, root: MerkleHash.empty).signatures[0]
    #expect(throws: NoteFault.bad(name: "sluice.example.org/audit")) {
      try key.verifier.verify(good.adding(stale))
    }
  }

  @Test func `signs for no log but its own`() throws {
    // The same key may sign other texts elsewhere; those are no checkpoints of this log.
    for text in ["other\n3\n\(Base64.encode(MerkleHash.empty.bytes))\n", "a text\n"] {
      let signature = try Curve25519.Signing.PrivateKey(rawRepresentation: vector.hex("seed"))
        .signature(for: Array(text.utf8))
      let line = "— sluice.example.org/audit \(Base64.encode([0xed, 0x6c, 0x59, 0x5e] + signature))"
      let note = try SignedNote(bytes: Array("\(text)\n\(line)\n".utf8))
      #expect {
        try key.verifier.verify(note)
      } throws: { error in
        if case NoteFault.malformed = error { true } else { false }
      }
    }
  }

  @Test(arguments: [1_772_366_700, 253_402_300_800, UInt64.max])
  func `of a witness signs instants of four-digit years`(time: UInt64) throws {
    let witness = try WitnessVerifier(vkey: vector.line("witness"))
    let note = try SignedNote(bytes: vector.bytes("checkpoint"))
    let signature = try Curve25519.Signing.PrivateKey(rawRepresentation: (0x60..<0x80).map { $0 })
      .signature(for: Array("cosignature/v1\ntime \(time)\n\(note.text)".utf8))
    let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
    let bytes = [0xd8, 0x8b, 0x0e, 0xf4] + stamp + signature
    let line = "— witness.example.net/w1 \(Base64.encode(bytes))"
    let signed = note.adding(try SignedNote.Signature(line: line))
    if time == 1_772_366_700 {
      #expect(try witness.verify(signed) == Instant("2026-03-01T12:05:00Z"))
    } else {
      #expect(throws: NoteFault.bad(name: "witness.example.net/w1")) { try witness.verify(signed) }
    }
  }

  @Test func `of a witness says when it saw the checkpoint`() throws {
    let witness = try WitnessVerifier(vkey: vector.line("witness"))
    #expect(try witness.vkey == vector.line("witness"))
    let bare = try SignedNote(bytes: vector.bytes("checkpoint"))
    #expect(throws: NoteFault.unsigned(name: "witness.example.net/w1")) {
      try witness.verify(bare)
    }
    let line = try vector.line("cosignature")
    let note = bare.adding(try SignedNote.Signature(line: line))
    #expect(try witness.verify(note) == Instant(seconds: 1_772_366_700))
    #expect(try key.verifier.verify(note).size == 3)

    let parts = line.split(separator: " ")
    let bytes = try Base64.decode(String(parts[2]))
    for place in 4..<bytes.count {
      var changed = bytes
      changed[place] ^= 1
      let wrong = try SignedNote.Signature(line: "— \(parts[1]) \(Base64.encode(changed))")
      #expect(throws: NoteFault.bad(name: "witness.example.net/w1")) {
        try witness.verify(bare.adding(wrong))
      }
    }
    let other = try key.sign(size: 4, root: MerkleHash.empty)
    #expect(throws: NoteFault.bad(name: "witness.example.net/w1")) {
      try witness.verify(other.adding(SignedNote.Signature(line: line)))
    }
  }

  @Test func `is of a log or of a witness, not both`() throws {
    #expect(throws: Malformed.self) { try WitnessVerifier(vkey: vector.line("vkey")) }
    #expect(throws: Malformed.self) { try LogVerifier(vkey: vector.line("witness")) }
  }
}
