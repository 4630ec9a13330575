import SluiceEncoding
import SluiceProof
import Testing

@Suite("An offline proof")
struct OfflineProofTests {
  let vector: Vector
  let log: LogVerifier
  let event: [UInt8]

  init() throws {
    vector = try Vector("log.txt")
    log = try LogVerifier(vkey: vector.line("vkey"))
    event = Array(try vector.line("event-2").utf8)
  }

  @Test func `is what the log of three entries gives`() throws {
    let leaves = try vector.digests("leaves")
    let path = InclusionProof(of: 2, in: 3) { Frontier(leaves[$0]).root }
    let proof = OfflineProof(
      salt: try vector.hex("salt-2"),
      index: 2,
      hashes: path.hashes,
      note: try SignedNote(bytes: vector.bytes("checkpoint"))
    )
    #expect(try proof.bytes == vector.bytes("proof"))
    #expect(try OfflineProof(bytes: proof.bytes) == proof)
    #expect(try proof.verify(event: event, in: log).size == 3)
  }

  @Test func `of a public entry has no salt`() throws {
    let leaves = try vector.digests("leaves")
    let path = InclusionProof(of: 0, in: 3) { Frontier(leaves[$0]).root }
    let note = try SignedNote(bytes: vector.bytes("checkpoint"))
    let proof = OfflineProof(salt: nil, index: 0, hashes: path.hashes, note: note)
    let event = Array(try vector.line("event-0").utf8)
    #expect(try OfflineProof(bytes: proof.bytes) == proof)
    #expect(try proof.verify(event: event, in: log).size == 3)
  }

  @Test func `shows no other event, and no other log`() throws {
    let proof = try OfflineProof(bytes: vector.bytes("proof"))
    #expect(throws: OfflineProof.Fault.notIncluded) {
      try proof.verify(event: event + [0x20], in: log)
    }
    let malformed = Malformed("event", "must not be empty")
    #expect(throws: OfflineProof.Fault.malformed(malformed)) {
      try proof.verify(event: [], in: log)
    }
    let other = try LogKey(seed: [UInt8](repeating: 1, count: 32), origin: "o").verifier
    #expect(throws: OfflineProof.Fault.note(.unsigned(name: "o"))) {
      try proof.verify(event: event, in: other)
    }
  }

  @Test func `is refused wherever it is changed`() throws {
    for changed in try vector.bytes("proof").mutations {
      #expect(throws: (any Error).self, "\(String(decoding: changed, as: UTF8.self))") {
        try OfflineProof(bytes: changed).verify(event: event, in: log)
      }
    }
  }

  @Test(arguments: [
    ("index 2", "index 02"), ("index 2", "index +2"), ("index 2", "index -2"), ("index 2\n", ""),
    ("extra ", "extra  "), ("index 2", "Index 2"), ("@v1\n", "@v2\n"), ("@v1\n", "@v1\n\n"),
    ("\n\nsluice", "\nsluice"),
  ])
  func `is read in its one spelling`(change: (from: String, to: String)) throws {
    let text = try vector.text("proof").replacing(change.from, with: change.to, maxReplacements: 1)
    #expect(throws: Malformed.self, "\(text)") { try OfflineProof(bytes: Array(text.utf8)) }
  }
}
