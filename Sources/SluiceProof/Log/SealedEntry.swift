internal import struct Crypto.HMAC
internal import struct Crypto.SHA256
internal import struct Crypto.SymmetricKey
public import SluiceEncoding

/// One entry of the log: an event for everybody, or a commitment to an event that stays inside.
///
/// A sealed entry says nothing about its event without the salt, however guessable that is, and no
/// second event opens it. Once event and salt are erased, it stands for nothing but its place in
/// the tree. signing-and-log 6.1.
public struct SealedEntry: Hashable, Sendable {
  /// What an entry says by itself.
  public enum Content: Hashable, Sendable {
    /// The exact bytes of the event.
    case event([UInt8])
    /// HMAC-SHA-256 of the event under its salt.
    case commitment([UInt8])
  }

  /// The most that an event may have, so that it fits an entry when it is published.
  public static let maximumEventBytes = 65_535 - publicHeader.count - 1
  /// The one length of a salt, from the system's generator, never used twice.
  public static let saltBytes = 32

  /// What the entry says by itself.
  public let content: Content
  /// The bytes in the log, whose hash is the leaf.
  public let bytes: [UInt8]

  private static let publicHeader = Array("sluice/v1 public\n".utf8)
  private static let sealedHeader = Array("sluice/v1 sealed\n".utf8)

  /// Writes an event into an entry: sealed with `salt`, or public without.
  ///
  /// - Throws: `Malformed` if the event is empty, too long or has a control character (no canonical
  ///   JSON has one), or the salt is not 32 bytes.
  public init(event: [UInt8], salt: [UInt8]?) throws(Malformed) {
    try Self.check(event)
    guard let salt else {
      content = .event(event)
      bytes = Self.publicHeader + event + [0x0a]
      return
    }
    let commitment = try Self.commitment(to: event, salt: salt)
    content = .commitment(commitment)
    bytes = Self.sealedHeader + Base64.encode(commitment).utf8 + [0x0a]
  }

  /// Reads the bytes of an entry.
  ///
  /// - Throws: `Malformed` for anything that `init(event:salt:)` does not write.
  public init(bytes: [UInt8]) throws(Malformed) {
    guard bytes.last == 0x0a else { throw Malformed("log entry", "must end with a newline") }
    if bytes.starts(with: Self.publicHeader) {
      let event = Array(bytes.dropFirst(Self.publicHeader.count).dropLast())
      try Self.check(event)
      content = .event(event)
    } else if bytes.starts(with: Self.sealedHeader) {
      let text = String(
        decoding: bytes.dropFirst(Self.sealedHeader.count).dropLast(),
        as: UTF8.self
      )
      let commitment = try Base64.decode(text)
      guard commitment.count == 32 else {
        throw Malformed("log entry", "a commitment must have 32 bytes")
      }
      content = .commitment(commitment)
    } else {
      throw Malformed("log entry", "must begin with sluice/v1 public or sluice/v1 sealed", at: 0)
    }
    self.bytes = bytes
  }

  /// The leaf of the tree.
  public var leaf: SHA256Digest { MerkleHash.leaf(bytes) }

  /// Whether this entry is what `event` and `salt` make; a public entry has no salt.
  public func opens(event: [UInt8], salt: [UInt8]?) -> Bool {
    switch content {
    case .event(let own): salt == nil && own == event
    case .commitment(let own):
      if let salt, let other = try? Self.commitment(to: event, salt: salt) {
        own == other
      } else {
        false
      }
    }
  }

  private static func check(_ event: [UInt8]) throws(Malformed) {
    guard !event.isEmpty else { throw Malformed("event", "must not be empty") }
    guard event.count <= maximumEventBytes else {
      throw Malformed("event", "has \(event.count) bytes, more than \(maximumEventBytes)")
    }
    if let offset = event.firstIndex(where: { $0 < 0x20 }) {
      throw Malformed("event", "has a control character", at: offset)
    }
  }

  // The salt's length is fixed because HMAC pads its key: a shorter one could stand for another.
  private static func commitment(
    to event: [UInt8],
    salt: [UInt8]
  ) throws(Malformed) -> [UInt8] {
    guard salt.count == saltBytes else {
      throw Malformed("salt", "has \(salt.count) bytes instead of \(saltBytes)")
    }
    return Array(HMAC<SHA256>.authenticationCode(for: event, using: SymmetricKey(data: salt)))
  }
}
