internal import Crypto
public import Foundation

/// The SHA-256 of some bytes (FIPS 180-4): the identity of statements, documents and blobs.
///
/// Ordered as its bytes are, which is as its hexadecimal digits are.
public struct SHA256Digest: Hashable, Sendable {
  // Four big-endian words: no allocation, and comparing words in order compares bytes in order.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Hashes contiguous bytes, such as `[UInt8]`, `Data` or a buffer, without copying them.
  public init(of bytes: some DataProtocol) {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    self = hasher.finalize()
  }

  /// Hashes any other sequence of bytes, such as the `utf8` of a text.
  public init(of bytes: some Sequence<UInt8>) { self.init(of: Array(bytes)) }

  /// Wraps a digest of exactly 32 bytes.
  public init(bytes: [UInt8]) throws(Malformed) {
    guard bytes.count == 32 else { throw Malformed("digest", "must be 32 bytes") }
    self.init(unchecked: bytes)
  }

  /// Reads 64 lower-case hexadecimal digits, without a prefix.
  public init(hex: String) throws(Malformed) {
    var (word, count) = (UInt64(0), 0)
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for character in hex.utf8 {
      guard count < 64, let digit = Hex.value(of: character) else {
        throw Malformed("digest", "must be 64 lower-case hexadecimal digits")
      }
      word = word << 4 | UInt64(digit)
      count += 1
      if count.isMultiple(of: 16) { words = (words.1, words.2, words.3, word) }
    }
    guard count == 64 else {
      throw Malformed("digest", "must be 64 lower-case hexadecimal digits")
    }
    self.words = words
  }

  init(unchecked bytes: some Sequence<UInt8>) {
    var (word, count) = (UInt64(0), 0)
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for byte in bytes {
      word = word << 8 | UInt64(byte)
      count += 1
      if count.isMultiple(of: 8) { words = (words.1, words.2, words.3, word) }
    }
    self.words = words
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    let words = (
      words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
    )
    return withUnsafeBytes(of: words) { Array($0) }
  }

  /// The 64 lower-case hexadecimal digits.
  public var hex: String { Hex.encode(bytes) }

  /// Whether the bytes are the same.
  public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.words == right.words
  }

  /// Feeds the digest into a hash table's hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension SHA256Digest: Comparable, CustomStringConvertible {
  /// Whether the bytes of `left` come first.
  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.words < right.words
  }

  /// The hexadecimal digits.
  public var description: String { hex }
}

/// SHA-256 of bytes that arrive in pieces.
///
/// A value: a copy goes on independently.
public struct SHA256Hasher: Sendable {
  private var state = SHA256()

  /// Begins with no bytes.
  public init() {}

  /// Adds the bytes of a buffer.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state.update(bufferPointer: bytes)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: some DataProtocol) { state.update(data: bytes) }

  /// The digest of what was added so far; more may be added afterwards.
  public func finalize() -> SHA256Digest { SHA256Digest(unchecked: state.finalize()) }
}
