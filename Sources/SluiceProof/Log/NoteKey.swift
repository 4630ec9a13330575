internal import SluiceEncoding

/// The public half of a key that signs notes: its name, kind and bytes.
///
/// C2SP signed-note; signing-and-log 6.4.
struct NoteKey: Hashable, Sendable {
  /// What a signature line of the key covers.
  enum Kind: UInt8, Sendable {
    /// The text of the note.
    case note = 0x01
    /// A time and the text of the note: a witness.
    case cosignature = 0x04
  }

  let name: String
  let kind: Kind
  let publicKey: [UInt8]

  init(name: String, kind: Kind, publicKey: [UInt8]) throws(Malformed) {
    try Self.check(name: name)
    try Ed25519.check(publicKey)
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
  }

  /// Reads `NAME+ID+BASE64`, where ID must be that of the rest.
  init(_ text: String, kind: Kind) throws(Malformed) {
    // A name has no plus sign, base64 may: so only the first two separate.
    let parts = text.utf8.split(separator: 0x2b, maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count == 3 else {
      throw Malformed("verifier key", "must be NAME+ID+BASE64")
    }
    let bytes = try Base64.decode(parts[2])
    guard bytes.first == kind.rawValue else {
      throw Malformed("verifier key", "must have the type \(kind.rawValue)")
    }
    try self.init(name: parts[0], kind: kind, publicKey: Array(bytes.dropFirst()))
    guard Hex.encode(id).utf8.elementsEqual(parts[1].utf8) else {
      throw Malformed("verifier key", "has the ID \(parts[1]) instead of \(Hex.encode(id))")
    }
  }

  /// Tells keys of one name apart; the first four bytes of a hash over all of the key.
  var id: [UInt8] {
    let hashed = Array(name.utf8) + [0x0a, kind.rawValue] + publicKey
    return Array(SHA256Digest(of: hashed).bytes.prefix(4))
  }

  /// The public form, `NAME+ID+BASE64`.
  var text: String {
    "\(name)+\(Hex.encode(id))+\(Base64.encode([kind.rawValue] + publicKey))"
  }

  /// The lines of `note` that claim to be of this key.
  func signatures(on note: SignedNote) -> [SignedNote.Signature] {
    note.signatures.filter { $0.keyID == id && $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// Whether `signature` is this key's over `message`.
  func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    Ed25519.isValid(signature, for: message, by: publicKey)
  }

  /// Refuses what no key may be called: nothing, white space, control characters, a plus sign.
  static func check(name: String) throws(Malformed) {
    let isGood = name.unicodeScalars.allSatisfy {
      !$0.properties.isWhitespace && $0.properties.generalCategory != .control && $0 != "+"
    }
    guard !name.isEmpty, isGood else {
      throw Malformed("key name", "must not be empty nor have spaces, control characters or +")
    }
  }
}
