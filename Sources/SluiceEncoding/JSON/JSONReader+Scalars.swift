extension JSONReader {
  /// Reads a number by the grammar of RFC 8259, section 6, as far as the rules allow it.
  mutating func readNumber() throws(Malformed) -> JSONValue {
    let start = offset
    let isNegative = take(UInt8(ascii: "-"))
    if isNegative, !rules.allowsNegative {
      throw Malformed(format, "a negative number", at: start)
    }
    var (magnitude, isLarge) = (0, false)
    let first = offset
    while let digit = digit {
      let (product, over) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, above) = product.addingReportingOverflow(Int(digit))
      isLarge = isLarge || over || above
      magnitude = isLarge ? 0 : sum
      offset += 1
    }
    guard offset > first else { throw fault("a digit must follow") }
    guard offset == first + 1 || bytes[first] != UInt8(ascii: "0") else {
      throw Malformed(format, "a number with a leading zero", at: first)
    }
    let isPlain = try !skipFraction()
    if isPlain, !isLarge, magnitude <= rules.maximumInteger, !isNegative || magnitude > 0 {
      return .integer(isNegative ? -magnitude : magnitude)
    }
    guard rules.allowsDecimals else {
      throw Malformed(format, "not an integer from 0 to \(rules.maximumInteger)", at: start)
    }
    return .decimal(String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  // Whether there was a fraction or an exponent.
  private mutating func skipFraction() throws(Malformed) -> Bool {
    let start = offset
    if take(UInt8(ascii: ".")) { try skipDigits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try skipDigits()
    }
    return offset > start
  }

  private mutating func skipDigits() throws(Malformed) {
    guard digit != nil else { throw fault("a digit must follow") }
    while digit != nil { offset += 1 }
  }

  private var digit: UInt8? {
    guard let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    return byte - UInt8(ascii: "0")
  }

  /// Reads a text from its opening to its closing quote.
  mutating func readString() throws(Malformed) -> String {
    let start = offset
    offset += 1
    var end = skipPlain()
    if peek == UInt8(ascii: "\"") {
      offset += 1
      return try text(bytes[(start + 1)..<end], at: start)
    }
    var unescaped = Array(bytes[(start + 1)..<end])
    while true {
      switch peek {
      case UInt8(ascii: "\""):
        offset += 1
        return try text(unescaped[...], at: start)
      case UInt8(ascii: "\\"): try readEscape(into: &unescaped)
      case nil: throw fault("cut short")
      default: throw fault("a control character in a text")
      }
      let plain = offset
      end = skipPlain()
      unescaped += bytes[plain..<end]
    }
  }

  // Past everything that stands for itself.
  private mutating func skipPlain() -> Int {
    var end = offset
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      end += 1
    }
    offset = end
    return end
  }

  private func text(_ slice: ArraySlice<UInt8>, at start: Int) throws(Malformed) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw Malformed(format, "a text that is not UTF-8", at: start)
    }
    return text
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(Malformed) {
    offset += 1
    let byte: UInt8
    switch peek {
    case UInt8(ascii: "\""): byte = UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): byte = UInt8(ascii: "\\")
    case UInt8(ascii: "/"): byte = UInt8(ascii: "/")
    case UInt8(ascii: "b"): byte = 0x08
    case UInt8(ascii: "f"): byte = 0x0C
    case UInt8(ascii: "n"): byte = 0x0A
    case UInt8(ascii: "r"): byte = 0x0D
    case UInt8(ascii: "t"): byte = 0x09
    case UInt8(ascii: "u"):
      text += String(try readScalar()).utf8
      return
    default: throw fault("no escape of JSON")
    }
    offset += 1
    text.append(byte)
  }

  // The scalar of `uXXXX`, or of `uXXXX\uXXXX` where the first is a high surrogate.
  private mutating func readScalar() throws(Malformed) -> Unicode.Scalar {
    let start = offset - 1
    let high = try readUnit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    let loneSurrogate = Malformed(format, "half of a surrogate pair", at: start)
    guard high < 0xDC00, take(UInt8(ascii: "\\")), peek == UInt8(ascii: "u") else {
      throw loneSurrogate
    }
    let low = try readUnit()
    guard (0xDC00...0xDFFF).contains(low) else { throw loneSurrogate }
    let pair = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    guard let scalar = Unicode.Scalar(pair) else { throw loneSurrogate }
    return scalar
  }

  private mutating func readUnit() throws(Malformed) -> UInt16 {
    offset += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = peek.flatMap(Self.hexadecimal) else {
        throw fault("four hexadecimal digits must follow")
      }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
    return Hex.value(of: isUpper ? byte + 0x20 : byte)
  }
}
