import Testing

/// What style 2, 5, 6 and 12 exclude everywhere.
@Suite("The sources")
struct SourcesTests {
  /// No file is longer than what can be read in one sitting.
  static let limit = 300

  @Test(arguments: ["Sources", "Tests"])
  func `are short`(folder: String) throws {
    for path in try Repository.swiftFiles(in: folder) {
      // The line after the last line feed is none.
      let lines = try Repository.lines("\(folder)/\(path)").count - 1
      #expect(lines <= Self.limit, "\(folder)/\(path)")
    }
  }

  @Test(arguments: ["Sources", "Tests"])
  func `have names that say what is in them`(folder: String) throws {
    let nameless = /(?i).*(util|helper|common|manager|misc).*/
    for path in try Repository.swiftFiles(in: folder) {
      #expect(path.wholeMatch(of: nameless) == nil, "\(folder)/\(path)")
    }
  }

  // Written in two parts, so that this file does not contain them.
  static let excluded = [
    "fatal" + "Error(", "@unchecked " + "Sendable", "nonisolated" + "(unsafe)", "TO" + "DO",
    "FIX" + "ME", "JSON" + "Decoder(", "JSON" + "Serialization.", "unsafe" + "BitCast(",
  ]

  @Test(arguments: ["Sources", "Tests"])
  func `do without what hides faults`(folder: String) throws {
    for path in try Repository.swiftFiles(in: folder) {
      let text = try Repository.text("\(folder)/\(path)")
      for word in Self.excluded { #expect(!text.contains(word), "\(folder)/\(path): \(word)") }
    }
  }
}
