import Foundation
import SluiceEncoding
import Testing

@Suite("A SHA-256 digest")
struct SHA256DigestTests {
  /// FIPS 180-4 examples.
  static let vectors: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test(arguments: vectors)
  func `is that of FIPS 180-4, however the bytes are held`(text: String, hex: String) throws {
    let digest = try SHA256Digest(hex: hex)
    #expect(SHA256Digest(of: Array(text.utf8)) == digest)
    #expect(SHA256Digest(of: Data(text.utf8)) == digest)
    #expect(SHA256Digest(of: text.utf8) == digest)
    #expect(digest.hex == hex && digest.description == hex)
    #expect(try SHA256Digest(bytes: digest.bytes) == digest)
  }

  @Test func `does not depend on the pieces`() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
    for size in [1, 63, 64, 65, 999] {
      var hasher = SHA256Hasher()
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        if start.isMultiple(of: 2) {
          hasher.update(piece)
        } else {
          piece.withUnsafeBytes { hasher.update($0) }
        }
      }
      #expect(hasher.finalize() == SHA256Digest(of: bytes))
    }
  }

  @Test func `goes on after it was asked for`() {
    var hasher = SHA256Hasher()
    hasher.update(Array("a".utf8))
    #expect(hasher.finalize() == SHA256Digest(of: Array("a".utf8)))
    hasher.update(Array("b".utf8))
    #expect(hasher.finalize() == SHA256Digest(of: Array("ab".utf8)))
  }

  @Test func `is ordered as its digits are`() throws {
    let digests = (0..<200).map { SHA256Digest(of: [UInt8($0)]) }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
    let zero = try SHA256Digest(bytes: [UInt8](repeating: 0, count: 32))
    let one = try SHA256Digest(bytes: [UInt8](repeating: 0, count: 31) + [1])
    #expect(zero < one && zero != one)
  }

  static let refused = [
    "", "e3b0", String(repeating: "E", count: 64), String(repeating: "0", count: 63),
    String(repeating: "0", count: 65), "sha256:" + String(repeating: "0", count: 64),
    String(repeating: "0", count: 63) + "g",
  ]

  @Test(arguments: refused)
  func `has 64 lower-case digits`(text: String) {
    #expect(throws: Malformed("digest", "must be 64 lower-case hexadecimal digits")) {
      try SHA256Digest(hex: text)
    }
  }

  @Test(arguments: [0, 31, 33])
  func `has 32 bytes`(count: Int) {
    #expect(throws: Malformed("digest", "must be 32 bytes")) {
      try SHA256Digest(bytes: [UInt8](repeating: 0, count: count))
    }
  }
}
