public import SluiceEncoding

/// A text with signature lines below an empty line.
///
/// Nothing here is verified: `LogVerifier` and `WitnessVerifier` do that. C2SP signed-note;
/// signing-and-log 6.4.
public struct SignedNote: Hashable, Sendable {
  /// One signature line.
  public struct Signature: Hashable, Sendable {
    /// Whose it claims to be.
    public let name: String
    /// Four bytes that tell keys of one name apart.
    public let keyID: [UInt8]
    /// What the key made; for a witness a time and a signature.
    public let bytes: [UInt8]

    init(name: String, keyID: [UInt8], bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }

    /// Reads `— NAME BASE64`, without a newline, as witnesses answer it.
    ///
    /// - Throws: `Malformed` for any other form, or if nothing follows the key ID.
    public init(line: String) throws(Malformed) {
      let fault = Malformed("signature line", "must be — NAME BASE64(key ID, signature)")
      let parts = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
      guard parts.count == 3, parts[0].utf8.elementsEqual("—".utf8) else { throw fault }
      try NoteKey.check(name: parts[1])
      let decoded = try Base64.decode(parts[2])
      guard decoded.count > 4 else { throw fault }
      self.init(name: parts[1], keyID: Array(decoded.prefix(4)), bytes: Array(decoded.dropFirst(4)))
    }

    /// The line without its newline.
    public var line: String { "— \(name) \(Base64.encode(keyID + bytes))" }
  }

  /// What is signed, with its final newline.
  public let text: String
  /// In the order of the lines; keys that nobody knows are among them.
  public let signatures: [Signature]

  private static let maximumBytes = 1 << 20
  private static let maximumSignatures = 100

  init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// Reads a note.
  ///
  /// - Throws: `Malformed` for invalid UTF-8, control characters, a note without an empty line or
  ///   without signature lines, more than 100 of these, and more than 1 MiB.
  public init(bytes: [UInt8]) throws(Malformed) {
    guard bytes.count <= Self.maximumBytes else {
      throw Malformed("signed note", "has more than \(Self.maximumBytes) bytes")
    }
    if let offset = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x0a }) {
      throw Malformed("signed note", "has a control character", at: offset)
    }
    guard let whole = String(validating: bytes, as: UTF8.self) else {
      throw Malformed("signed note", "is not valid UTF-8")
    }
    let lines = whole.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard lines.count > 1, lines.last?.isEmpty == true else {
      throw Malformed("signed note", "must end with a newline")
    }
    guard let gap = lines.dropLast().lastIndex(where: \.isEmpty), gap > 0 else {
      throw Malformed("signed note", "must have an empty line before the signatures")
    }
    let signed = lines[(gap + 1)...].dropLast()
    guard (1...Self.maximumSignatures).contains(signed.count) else {
      throw Malformed("signed note", "must have 1 to \(Self.maximumSignatures) signature lines")
    }
    var signatures: [Signature] = []
    for line in signed { signatures.append(try Signature(line: line)) }
    self.init(text: lines[..<gap].map { $0 + "\n" }.joined(), signatures: signatures)
  }

  /// The note as it is stored and served.
  public var bytes: [UInt8] {
    Array("\(text)\n\(signatures.map { $0.line + "\n" }.joined())".utf8)
  }

  /// This note with one more line, as of a witness.
  public func adding(_ signature: Signature) -> SignedNote {
    SignedNote(text: text, signatures: signatures + [signature])
  }
}
