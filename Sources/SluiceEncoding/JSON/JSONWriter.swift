/// The one writer of JSON: canonical form, byte by byte (RFC 8785, signing-and-log 2.1).
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// Writes into room for about as many bytes.
  init(room: Int = 0) { bytes.reserveCapacity(room) }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .decimal(let text): bytes += text.utf8
    case .string(let text): write(text)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(element)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(member.name)
        bytes.append(UInt8(ascii: ":"))
        write(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { write($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
    // Nearly every text stands as it is.
    guard text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
      bytes.append(contentsOf: text)
      return
    }
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += #"\b"#.utf8
      case 0x09: bytes += #"\t"#.utf8
      case 0x0A: bytes += #"\n"#.utf8
      case 0x0C: bytes += #"\f"#.utf8
      case 0x0D: bytes += #"\r"#.utf8
      case 0..<0x20: bytes += (#"\u00"# + Hex.encode([byte])).utf8
      default: bytes.append(byte)
      }
    }
  }

  /// A text from the input as faults show it: escaped, and no longer than a line.
  static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.write(
      text.unicodeScalars.count > 64 ? String(text.unicodeScalars.prefix(64)) + "…" : text
    )
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
