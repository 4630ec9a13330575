import SluiceEncoding
import SluiceProof
import Testing

@Suite("A tile")
struct TileTests {
  @Test func `holds hashes one after the other`() throws {
    let leaves = try Vector("log.txt").digests("leaves")
    let tile = Tile.hashes(leaves)
    #expect(tile.bytes == leaves.flatMap(\.bytes))
    #expect(tile.bytes.count == 96)
    #expect(try Tile(hashes: tile.bytes) == tile)
    for cut in tile.bytes.truncations where !cut.count.isMultiple(of: 32) || cut.isEmpty {
      #expect(throws: Malformed.self) { try Tile(hashes: cut) }
    }
  }

  @Test func `holds entries behind their lengths`() throws {
    let vector = try Vector("log.txt")
    let entries = [
      try SealedEntry(event: Array(vector.line("event-0").utf8), salt: nil),
      try SealedEntry(event: Array(vector.line("event-1").utf8), salt: vector.hex("salt-1")),
      try SealedEntry(event: Array(vector.line("event-2").utf8), salt: vector.hex("salt-2")),
    ]
    let tile = Tile.entries(entries)
    #expect(tile.bytes.count == 324)
    #expect(tile.bytes.starts(with: [0x00, 0xc2]))
    #expect(try Tile(entries: tile.bytes) == tile)
    #expect(try entries.map(\.leaf) == vector.digests("leaves"))

    let ends = [0, 196, 260, 324]
    for cut in tile.bytes.truncations where !ends.dropFirst().contains(cut.count) {
      #expect(throws: Malformed.self) { try Tile(entries: cut) }
    }
    for changed in tile.bytes.flips {
      if let other = try? Tile(entries: changed) { #expect(other.bytes == changed) }
    }
  }

  @Test func `is never wider than 256`() throws {
    let entry = try SealedEntry(event: [0x7b, 0x7d], salt: nil)
    let (hashes, entries) = { (count: Int) in
      (
        Tile.hashes(Array(repeating: entry.leaf, count: count)).bytes,
        Tile.entries(Array(repeating: entry, count: count)).bytes
      )
    }(256)
    #expect(throws: Never.self) { try Tile(hashes: hashes) }
    #expect(throws: Never.self) { try Tile(entries: entries) }
    #expect(throws: Malformed.self) { try Tile(hashes: hashes + entry.leaf.bytes) }
    #expect(throws: Malformed.self) { try Tile(entries: entries + Tile.entries([entry]).bytes) }
  }

  @Test func `of the longest entry has its length in two bytes`() throws {
    let event = [UInt8](repeating: 0x61, count: SealedEntry.maximumEventBytes)
    let tile = Tile.entries([try SealedEntry(event: event, salt: nil)])
    #expect(tile.bytes.starts(with: [0xff, 0xff]))
    #expect(try Tile(entries: tile.bytes) == tile)
  }
}
