import SluiceEncoding
import SluiceProof
import Testing

@Suite("A log entry")
struct SealedEntryTests {
  let vector: Vector

  init() throws { vector = try Vector("log.txt") }

  @Test func `that is public shows its event`() throws {
    let event = Array(try vector.line("event-0").utf8)
    let entry = try SealedEntry(event: event, salt: nil)
    #expect(entry.bytes == Array("sluice/v1 public\n".utf8) + event + [0x0a])
    #expect(entry.bytes.count == 194)
    #expect(entry.content == .event(event))
    #expect(try entry.leaf == vector.digests("leaves")[0])
    #expect(try SealedEntry(bytes: entry.bytes) == entry)
    #expect(entry.opens(event: event, salt: nil))
    #expect(!entry.opens(event: event, salt: [UInt8](repeating: 0, count: 32)))
    #expect(!entry.opens(event: event + [0x20], salt: nil))
  }

  @Test(arguments: [1, 2])
  func `that is sealed shows a commitment`(index: Int) throws {
    let event = Array(try vector.line("event-\(index)").utf8)
    let salt = try vector.hex("salt-\(index)")
    let commitment = try vector.digests("commitments")[index - 1].bytes
    let entry = try SealedEntry(event: event, salt: salt)
    #expect(entry.content == .commitment(commitment))
    #expect(entry.bytes == Array("sluice/v1 sealed\n\(Base64.encode(commitment))\n".utf8))
    #expect(entry.bytes.count == 62)
    #expect(try entry.leaf == vector.digests("leaves")[index])
    #expect(try SealedEntry(bytes: entry.bytes) == entry)
  }

  @Test func `that is sealed is opened by its event and salt only`() throws {
    let event = Array(try vector.line("event-1").utf8)
    let salt = try vector.hex("salt-1")
    let entry = try SealedEntry(event: event, salt: salt)
    #expect(entry.opens(event: event, salt: salt))
    #expect(!entry.opens(event: event, salt: nil))
    // HMAC pads its key with zeros, so a longer salt could pass for a shorter one.
    #expect(!entry.opens(event: event, salt: salt + [0]))
    #expect(!entry.opens(event: event, salt: Array(salt.dropLast())))
    for other in event.flips { #expect(!entry.opens(event: other, salt: salt)) }
    for other in salt.flips { #expect(!entry.opens(event: event, salt: other)) }
  }

  @Test(arguments: [0, 16, 31, 33, 64])
  func `is sealed with 32 bytes of salt`(count: Int) {
    #expect(throws: Malformed("salt", "has \(count) bytes instead of 32")) {
      try SealedEntry(event: [0x7b, 0x7d], salt: [UInt8](repeating: 0, count: count))
    }
  }

  @Test func `holds an event that fits its length when public`() throws {
    let longest = [UInt8](repeating: 0x61, count: SealedEntry.maximumEventBytes)
    let salt = [UInt8](repeating: 0, count: 32)
    #expect(try SealedEntry(event: longest, salt: nil).bytes.count == 65_535)
    #expect(throws: Never.self) { try SealedEntry(event: longest, salt: salt) }
    #expect(throws: Malformed.self) { try SealedEntry(event: longest + [0x61], salt: nil) }
    #expect(throws: Malformed.self) { try SealedEntry(event: longest + [0x61], salt: salt) }
    #expect(throws: Malformed.self) { try SealedEntry(event: [], salt: nil) }
    #expect(throws: Malformed.self) { try SealedEntry(event: [0x7b, 0x0a, 0x7d], salt: nil) }
  }

  @Test func `is read in its one spelling`() throws {
    let event = Array(try vector.line("event-1").utf8)
    let salt = try vector.hex("salt-1")
    for entry in [
      try SealedEntry(event: event, salt: nil), try SealedEntry(event: event, salt: salt),
    ] {
      for changed in entry.bytes.mutations + [entry.bytes + [0x0a]] {
        if let other = try? SealedEntry(bytes: changed) {
          #expect(other.bytes == changed)
          #expect(other.content != entry.content)
        }
      }
      for cut in entry.bytes.truncations {
        #expect(throws: Malformed.self) { try SealedEntry(bytes: cut) }
      }
    }
    let short = Array("sluice/v1 sealed\n\(Base64.encode([UInt8](repeating: 1, count: 31)))\n".utf8)
    #expect(throws: Malformed.self) { try SealedEntry(bytes: short) }
  }
}
