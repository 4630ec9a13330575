public import SluiceEncoding

/// Who may sign what, when: the file that `ssh-keygen -Y verify -f` reads.
///
/// ssh-keygen(1), ALLOWED SIGNERS; signing-and-log 4.1.
public struct AllowedSigners: Hashable, Sendable {
  /// One key of one principal.
  public struct Line: Hashable, Sendable {
    /// Whose key it is, as `ssh-keygen -I` names him.
    public let principal: String
    /// The purposes it may sign for, at least one.
    public let namespaces: [String]
    /// The first second in which it counts.
    public let validAfter: Instant?
    /// The last second in which it counts.
    public let validBefore: Instant?
    /// The key.
    public let key: PublicKey

    /// Says that a key is a principal's.
    ///
    /// - Throws: `Malformed` for a principal or namespace that ssh-keygen could read as a pattern:
    ///   somebody called `*` would sign for everybody.
    public init(
      principal: String,
      namespaces: [String],
      validAfter: Instant? = nil,
      validBefore: Instant? = nil,
      key: PublicKey
    ) throws(Malformed) {
      let isPrincipal = principal.utf8.count <= 128 && principal.utf8.allSatisfy(Self.isPlain)
      guard isPrincipal, principal.utf8.first.map(Self.isAlphanumeric) == true else {
        throw Malformed(
          "principal",
          "must be 1 to 128 letters, digits or . _ + @ - and begin with a letter or digit"
        )
      }
      for namespace in namespaces {
        guard !namespace.isEmpty, namespace.utf8.allSatisfy(Self.isPlain) else {
          throw Malformed("namespace", "must be letters, digits or . _ + @ -")
        }
      }
      guard !namespaces.isEmpty else { throw Malformed("namespace", "at least one is required") }
      self.principal = principal
      self.namespaces = namespaces
      self.validAfter = validAfter
      self.validBefore = validBefore
      self.key = key
    }

    /// The line without its newline.
    public var text: String {
      var options = ["namespaces=\"\(namespaces.joined(separator: ","))\""]
      if let validAfter { options.append("valid-after=\"\(Self.compact(validAfter))\"") }
      if let validBefore { options.append("valid-before=\"\(Self.compact(validBefore))\"") }
      return "\(principal) \(options.joined(separator: ",")) \(key.line)"
    }

    // YYYYMMDDHHMMSSZ; without the Z it would be local time.
    private static func compact(_ instant: Instant) -> String {
      String(
        decoding: instant.description.utf8.filter(isAlphanumeric).filter { $0 != 0x54 },
        as: UTF8.self
      )
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
      isAlphanumeric(byte) || "._+@-".utf8.contains(byte)
    }
  }

  /// The lines; ssh-keygen takes the first that fits.
  public let lines: [Line]

  /// The file with these lines.
  public init(_ lines: [Line]) { self.lines = lines }

  /// The content of the file.
  public var text: String { lines.map { $0.text + "\n" }.joined() }
}
