public import SluiceEncoding

/// A person's SSH public key, of one of the four kinds that count here.
///
/// Two keys are the same when their blobs are. signing-and-log 3.3.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
  /// The kinds by their names in SSH.
  public enum Kind: String, CaseIterable, Sendable {
    /// Ed25519 in a file or agent.
    case ed25519 = "ssh-ed25519"
    /// Ed25519 in a hardware token.
    case tokenEd25519 = "sk-ssh-ed25519@openssh.com"
    /// ECDSA over P-256 in a file or agent.
    case p256 = "ecdsa-sha2-nistp256"
    /// ECDSA over P-256 in a hardware token.
    case tokenP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// Whether the private half is in a hardware token, which reports touch and PIN.
    public var isToken: Bool { self == .tokenEd25519 || self == .tokenP256 }
  }

  /// What kind it is.
  public let kind: Kind
  /// The key in SSH's encoding, its identity.
  public let blob: [UInt8]
  /// 32 bytes of Ed25519, or `04‖X‖Y` of P-256.
  let point: [UInt8]
  /// What a token's key was made for; empty for others.
  let application: [UInt8]

  /// Reads a key in SSH's encoding.
  ///
  /// - Throws: `Malformed` for other kinds, `ssh-rsa` among them, small-order Ed25519 keys (12.1),
  ///   points off the curve, and bytes left over.
  public init(blob: [UInt8]) throws(Malformed) {
    var reader = SSHReader(blob, format: "SSH public key")
    let kind = try Self.kind(named: try reader.readText())
    switch kind {
    case .ed25519, .tokenEd25519:
      point = try reader.readString()
      try Ed25519.check(point)
    case .p256, .tokenP256:
      guard try reader.readText().utf8.elementsEqual("nistp256".utf8) else {
        throw Malformed("SSH public key", "must be on the curve nistp256")
      }
      point = try reader.readString()
      try P256Point.check(point)
    }
    application = kind.isToken ? Array(try reader.readText().utf8) : []
    try reader.finish()
    self.kind = kind
    self.blob = blob
  }

  /// Reads `TYPE BASE64 [COMMENT]`, the content of a `.pub` file; one newline may follow.
  ///
  /// - Throws: `Malformed` as for a blob, and if the line names another type than the blob.
  public init(line: String) throws(Malformed) {
    let bytes = line.utf8.last == 0x0a ? line.utf8.dropLast() : line.utf8[...]
    guard !bytes.contains(where: { $0 < 0x20 }) else {
      throw Malformed("SSH public key", "must be one line without control characters")
    }
    let parts = bytes.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard parts.count >= 2 else {
      throw Malformed("SSH public key", "must be TYPE BASE64 [COMMENT], as in a .pub file")
    }
    let kind = try Self.kind(named: parts[0])
    try self.init(blob: try Base64.decode(parts[1]))
    guard self.kind == kind else {
      throw Malformed("SSH public key", "says \(kind.rawValue) and is \(self.kind.rawValue)")
    }
  }

  /// `TYPE BASE64`, without a comment.
  public var line: String { "\(kind.rawValue) \(Base64.encode(blob))" }

  /// `SHA256:` and unpadded base64, as `ssh-keygen -l` shows it.
  public var fingerprint: String {
    let text = Base64.encode(SHA256Digest(of: blob).bytes)
    return "SHA256:" + text.prefix { $0 != "=" }
  }

  /// The fingerprint.
  public var description: String { fingerprint }

  private static func kind(named name: String) throws(Malformed) -> Kind {
    if let kind = Kind(rawValue: name) { return kind }
    let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
    let found = name.utf8.count <= 64 ? name : "a longer name"
    throw Malformed("SSH public key", "is of type \(found); use one of \(known)")
  }
}
