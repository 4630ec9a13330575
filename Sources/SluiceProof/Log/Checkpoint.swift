public import SluiceEncoding

/// What the log says of itself: how long it is and what its root is.
///
/// Three lines, each ended by a newline, without extension lines. C2SP tlog-checkpoint;
/// signing-and-log 6.4.
public struct Checkpoint: Hashable, Sendable {
  /// The name of the log, and of the key that signs for it.
  public let origin: String
  /// The number of entries.
  public let size: Int
  /// The root of the tree over them.
  public let root: SHA256Digest

  /// Names a log of `size` entries, which must not be negative.
  ///
  /// - Throws: `Malformed` if `origin` cannot be the name of a key.
  public init(origin: String, size: Int, root: SHA256Digest) throws(Malformed) {
    precondition(size >= 0, "a log of a negative size")
    try NoteKey.check(name: origin)
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Reads the signed text of a note; what was read is printed and compared.
  ///
  /// - Throws: `Malformed` for every spelling but the one that `text` writes.
  public init(text: String) throws(Malformed) {
    let fault = Malformed("checkpoint", "must be the lines origin, size and root, and no other")
    let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard lines.count == 4, let size = Int(lines[1]), size >= 0 else { throw fault }
    let root = try SHA256Digest(bytes: try Base64.decode(lines[2]))
    try self.init(origin: lines[0], size: size, root: root)
    guard self.text.utf8.elementsEqual(text.utf8) else { throw fault }
  }

  /// The text that is signed.
  public var text: String { "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n" }
}
