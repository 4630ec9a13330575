import SluiceEncoding
import SluiceProof
import Testing

@Suite("A tile path")
struct TilePathTests {
  static let paths: [(path: TilePath, text: String)] = [
    (TilePath(.hashes(level: 0), index: 0), "tile/0/000"),
    (TilePath(.hashes(level: 0), index: 0, width: 3), "tile/0/000.p/3"),
    (TilePath(.hashes(level: 63), index: 999, width: 255), "tile/63/999.p/255"),
    (TilePath(.entries, index: 1_000), "tile/entries/x001/000"),
    (TilePath(.entries, index: 1_234_067, width: 1), "tile/entries/x001/x234/067.p/1"),
    (
      TilePath(.hashes(level: 1), index: Int.max),
      "tile/1/x009/x223/x372/x036/x854/x775/807"
    ),
  ]

  @Test(arguments: paths)
  func `has one spelling`(path: TilePath, text: String) throws {
    #expect(path.description == text)
    #expect(try TilePath(text) == path)
    for changed in Array(text.utf8).mutations {
      guard let changed = String(validating: changed, as: UTF8.self) else { continue }
      if let other = try? TilePath(changed) { #expect(other.description == changed) }
    }
  }

  @Test(arguments: [
    "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/0", "tile/0/00", "tile/0/0000",
    "tile/0/1000", "tile/0/x000/000", "tile/0/001/000", "tile/0/x001/x000", "tile/00/000",
    "tile/-1/000", "tile/64/000", "tile/+1/000", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0",
    "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/-1", "tile/0/000.p/+1", "tile/0/000/",
    "tile/0/../000", "tile/0/%30%30%30", "tile/0/000.p/3/4", "tile/entry/000", "tile/Entries/000",
    "Tile/0/000", "tile/0/-01", "tile/0/+01", "tile/0/x-01/000", "tile/.p/3", "tile/0/.p/3",
    "tile/1/x009/x223/x372/x036/x854/x775/808", "tile/0/000.p/3.p/3", "tile/0/٠٠٠",
  ])
  func `is not read from`(text: String) {
    #expect(throws: Malformed.self) { try TilePath(text) }
  }

  /// The trees of signing-and-log 6.5, and the number of hashes on each level.
  @Test(arguments: [(256, [256, 1, 0]), (70_000, [70_000, 273, 1]), (0, [0, 0, 0])])
  func `covers what the log has and nothing beyond`(size: Int, hashes: [Int]) {
    for (level, count) in hashes.enumerated() {
      for width in 1...256 {
        for index in [0, count / 256 - 1, count / 256, count / 256 + 1] where index >= 0 {
          let path = TilePath(.hashes(level: level), index: index, width: width)
          let expected = index * 256..<index * 256 + width
          #expect(
            path.positions(inLogOf: size) == (expected.upperBound <= count ? expected : nil)
          )
        }
      }
    }
  }

  @Test func `covers entries as the lowest level, and nothing where nothing can be`() {
    #expect(TilePath(.entries, index: 1, width: 44).positions(inLogOf: 300) == 256..<300)
    #expect(TilePath(.entries, index: 1, width: 45).positions(inLogOf: 300) == nil)
    #expect(TilePath(.entries, index: Int.max).positions(inLogOf: Int.max) == nil)
    #expect(TilePath(.hashes(level: 63), index: 0, width: 1).positions(inLogOf: Int.max) == nil)
    #expect(
      TilePath(.hashes(level: 7), index: 0, width: 127).positions(inLogOf: Int.max) == 0..<127
    )
  }
}
