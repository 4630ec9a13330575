public import SluiceEncoding

/// The private key of a log.
///
/// It signs what it is told; that no two roots of one size are signed is the ledger's duty.
/// signing-and-log 6.4.
public struct LogKey: Sendable {
  /// The public half.
  public let verifier: LogVerifier
  private let seed: [UInt8]

  private static let prefix = "PRIVATE+KEY+"

  /// The key of the log `origin` from 32 random bytes.
  ///
  /// - Throws: `Malformed` if the seed has another length or `origin` cannot name a key.
  public init(seed: [UInt8], origin: String) throws(Malformed) {
    let publicKey = try Ed25519.publicKey(of: seed)
    self.seed = seed
    verifier = LogVerifier(try NoteKey(name: origin, kind: .note, publicKey: publicKey))
  }

  /// Reads `PRIVATE+KEY+NAME+ID+BASE64`, as golang.org/x/mod writes it; a newline may follow.
  ///
  /// - Throws: `Malformed` for other types and a wrong ID.
  public init(skey: String) throws(Malformed) {
    let line = skey.utf8.last == 0x0a ? skey.utf8.dropLast() : skey.utf8[...]
    guard line.starts(with: Self.prefix.utf8) else {
      throw Malformed("log key", "must begin with \(Self.prefix)")
    }
    let parts = line.dropFirst(Self.prefix.utf8.count)
      .split(separator: 0x2b, maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count == 3 else {
      throw Malformed("log key", "must be \(Self.prefix)NAME+ID+BASE64")
    }
    let bytes = try Base64.decode(parts[2])
    guard bytes.first == NoteKey.Kind.note.rawValue else {
      throw Malformed("log key", "must have the type 1, Ed25519")
    }
    try self.init(seed: Array(bytes.dropFirst()), origin: parts[0])
    guard Hex.encode(verifier.key.id).utf8.elementsEqual(parts[1].utf8) else {
      throw Malformed("log key", "has another ID than its name and seed make")
    }
  }

  /// The private form, `PRIVATE+KEY+NAME+ID+BASE64`, without a newline.
  public var skey: String {
    let secret = Base64.encode([NoteKey.Kind.note.rawValue] + seed)
    return "\(Self.prefix)\(verifier.origin)+\(Hex.encode(verifier.key.id))+\(secret)"
  }

  /// The signed checkpoint of the log at `size`.
  ///
  /// - Throws: What the system's cryptography threw.
  public func sign(size: Int, root: SHA256Digest) throws -> SignedNote {
    let text = try Checkpoint(origin: verifier.origin, size: size, root: root).text
    let signature = SignedNote.Signature(
      name: verifier.origin,
      keyID: verifier.key.id,
      bytes: try Ed25519.sign(Array(text.utf8), seed: seed)
    )
    return SignedNote(text: text, signatures: [signature])
  }
}
