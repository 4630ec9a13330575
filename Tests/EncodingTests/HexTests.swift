import SluiceEncoding
import Testing

@Suite("Hexadecimal digits")
struct HexTests {
  @Test func `spell every byte and read back`() throws {
    let bytes = Array(UInt8.min...UInt8.max)
    let text = Hex.encode(bytes)
    #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
    #expect(try Hex.decode(text) == bytes)
    #expect(try Hex.decode("") == [])
  }

  static let refused: [(String, Int)] = [
    ("A0", 0), ("aF", 1), ("0g", 1), ("0 ", 1), ("0x00", 1), ("00é0", 2), ("00０0", 2), ("/0", 0),
    ("0:", 1), ("`0", 0),
  ]

  @Test(arguments: refused)
  func `are lower case and nothing else`(text: String, offset: Int) {
    #expect(throws: Malformed("hex", "must be digits 0-9 and a-f", at: offset)) {
      try Hex.decode(text)
    }
  }

  @Test func `come in pairs`() {
    #expect(throws: Malformed("hex", "an odd number of digits", at: 3)) { try Hex.decode("012") }
  }
}
