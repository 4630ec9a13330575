/// The tokens of a header's JSON; every read is checked against the end.
struct HeaderScanner {
  private let bytes: [UInt8]
  private let base: Int
  private var position = 0

  /// Reads `bytes`, which begin at byte `base` of the file.
  init(_ bytes: [UInt8], base: Int) {
    self.bytes = bytes
    self.base = base
  }

  /// The next byte; `nil` at the end.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Where the next byte lies in the file.
  var offset: Int { base + position }

  /// Whether all of the text is UTF-8.
  var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// A fault at this place.
  func fault(_ kind: SafeTensorsFault.Kind, _ what: String = "") -> SafeTensorsFault {
    SafeTensorsFault(kind, what, at: offset)
  }

  mutating func skip() { position += 1 }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(SafeTensorsFault) {
    guard skip(character) else { throw fault(.invalidHeader, "expected \(character)") }
  }

  mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  /// A number without sign, fraction, exponent or leading zero, below 2^64.
  mutating func readInteger() throws(SafeTensorsFault) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    while let byte = peek, (0x30...0x39).contains(byte) {
      let (tenfold, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tenfold.addingReportingOverflow(UInt64(byte - 0x30))
      guard !over, !carry else { throw fault(.invalidHeader, "a number of more than 64 bits") }
      value = sum
      position += 1
    }
    guard bytes[start] != 0x30 || position == start + 1 else {
      throw fault(.invalidHeader, "a leading zero")
    }
    return value
  }

  /// `true`, `false` or `null`: JSON, though nothing that a header may hold.
  mutating func readWord() throws(SafeTensorsFault) {
    for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return
    }
    throw fault(.invalidHeader, "neither text nor natural number")
  }

  /// A text in quotes, unescaped.
  mutating func readString() throws(SafeTensorsFault) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault(.invalidHeader, "a control character in a text") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += try readEscape()
      } else {
        text.append(byte)
      }
    }
    try expect("\"")
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func readEscape() throws(SafeTensorsFault) -> [UInt8] {
    guard let byte = peek else { throw fault(.invalidHeader, "a text without end") }
    position += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/": return [byte]
    case "b": return [0x08]
    case "f": return [0x0c]
    case "n": return [0x0a]
    case "r": return [0x0d]
    case "t": return [0x09]
    case "u": return Array(String(Character(try readScalar())).utf8)
    default: throw fault(.invalidHeader, "an unknown escape")
    }
  }

  // Two escapes make one scalar beyond the first plane; half of such a pair is no scalar.
  private mutating func readScalar() throws(SafeTensorsFault) -> Unicode.Scalar {
    var value = try readHexadecimal()
    if (0xd800..<0xdc00).contains(value) {
      try expect("\\")
      try expect("u")
      let low = try readHexadecimal()
      guard (0xdc00..<0xe000).contains(low) else { throw fault(.invalidHeader, "half a surrogate") }
      value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw fault(.invalidHeader, "half a surrogate")
    }
    return scalar
  }

  private mutating func readHexadecimal() throws(SafeTensorsFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault(.invalidHeader, "not four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
