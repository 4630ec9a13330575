import Foundation
import SluiceEncoding
import Testing

@Suite("Base64")
struct Base64Tests {
  /// RFC 4648, section 10.
  static let vectors: [(String, String)] = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  @Test(arguments: vectors)
  func `is that of RFC 4648`(plain: String, encoded: String) throws {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
    #expect(try Base64.decode(encoded) == Array(plain.utf8))
  }

  @Test func `agrees with Foundation on all bytes at every length`() throws {
    for length in 0...256 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ length) }
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(try Base64.decode(text) == bytes)
    }
  }

  static let refused: [(String, String, Int)] = [
    ("Zg", "must be whole groups of four characters", 2),
    ("Zg=", "must be whole groups of four characters", 3),
    ("Zg==\n", "must be whole groups of four characters", 5),
    ("Zm9\n", "not a character of the alphabet", 3),
    ("Zm 9", "not a character of the alphabet", 2),
    ("Zm9_", "not a character of the alphabet", 3),
    ("-m9v", "not a character of the alphabet", 0),
    ("Zg==Zg==", "not a character of the alphabet", 2),
    ("Z===", "not a character of the alphabet", 1),
    ("====", "not a character of the alphabet", 0),
    ("Z=g=", "not a character of the alphabet", 1),
    ("Zh==", "bits after the last byte", 1),
    ("Zm9=", "bits after the last byte", 2),
    ("ZmA\u{e9}", "must be whole groups of four characters", 5),
  ]

  @Test(arguments: refused)
  func `has one spelling`(text: String, what: String, offset: Int) {
    #expect(throws: Malformed("base64", what, at: offset)) { try Base64.decode(text) }
  }

  @Test func `prints what it read of every four characters`() throws {
    let characters = Array("AQgwv/+=-\n".utf8)
    for code in 0..<10_000 {
      let group = [code / 1_000, code / 100 % 10, code / 10 % 10, code % 10].map { characters[$0] }
      let text = String(decoding: group, as: UTF8.self)
      guard let bytes = try? Base64.decode(text) else { continue }
      #expect(Base64.encode(bytes) == text)
    }
  }
}
