internal import SluiceEncoding

extension SSHSignature {
  private static let header = "-----BEGIN SSH SIGNATURE-----"
  private static let footer = "-----END SSH SIGNATURE-----"
  private static let columns = 70
  private static let maximumArmorBytes = 16_384

  /// Reads the text of a `.sig` file.
  ///
  /// Lines may have any width. Everything else is as `armor` writes it: no other line ends, no
  /// empty lines, nothing before the header or after the footer. signing-and-log 3.4 and 3.5.
  public init(armor: String) throws(SignatureFault) {
    let bytes = armor.utf8
    guard bytes.count <= Self.maximumArmorBytes else {
      throw .malformed(
        Malformed("signature armor", "has more than \(Self.maximumArmorBytes) bytes")
      )
    }
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    guard
      lines.count > 3,
      lines[0].elementsEqual(Self.header.utf8),
      lines[lines.count - 2].elementsEqual(Self.footer.utf8),
      lines[lines.count - 1].isEmpty
    else {
      throw .malformed(
        Malformed("signature armor", "must be from \(Self.header) to \(Self.footer) and a newline")
      )
    }
    let body = lines[1..<lines.count - 2]
    guard !body.contains(where: \.isEmpty) else {
      throw .malformed(Malformed("signature armor", "must not have empty lines"))
    }
    let blob: [UInt8]
    do {
      blob = try Base64.decode(String(decoding: body.joined(), as: UTF8.self))
    } catch { throw .malformed(error) }
    try self.init(blob: blob)
  }

  /// The text of a `.sig` file, the same as `ssh-keygen` writes.
  public var armor: String {
    let text = Array(Base64.encode(blob).utf8)
    let lines = stride(from: 0, to: text.count, by: Self.columns).map { start in
      let end = min(start + Self.columns, text.count)
      return String(decoding: text[start..<end], as: UTF8.self)
    }
    return ([Self.header] + lines + [Self.footer]).map { $0 + "\n" }.joined()
  }
}
