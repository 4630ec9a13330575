/// A cursor over bytes that never reads past their end.
///
/// Numbers are big-endian, as in the SSH wire format (RFC 4251, section 5). Every read either
/// moves past what it returns or throws and stays where it was.
public struct ByteReader: Sendable {
  /// How many bytes were read.
  public private(set) var offset = 0
  private let bytes: [UInt8]
  private let format: String

  /// Starts before the first of `bytes`; `format` is what faults are said to be in.
  public init(_ bytes: [UInt8], format: String) {
    self.bytes = bytes
    self.format = format
  }

  /// Whether all bytes were read.
  public var isAtEnd: Bool { offset == bytes.count }

  /// How many bytes are left.
  public var remaining: Int { bytes.count - offset }

  /// The next byte.
  public mutating func readUInt8() throws(Malformed) -> UInt8 { try readInteger() }

  /// The next two bytes as a number.
  public mutating func readUInt16() throws(Malformed) -> UInt16 { try readInteger() }

  /// The next four bytes as a number.
  public mutating func readUInt32() throws(Malformed) -> UInt32 { try readInteger() }

  /// The next `count` bytes; `count` may come from the input and be any number.
  public mutating func readBytes(_ count: Int) throws(Malformed) -> [UInt8] {
    Array(bytes[try advance(by: count)])
  }

  /// Demands that nothing is left.
  public func finish() throws(Malformed) {
    guard isAtEnd else { throw Malformed(format, "bytes after the end", at: offset) }
  }

  private mutating func readInteger<Integer: FixedWidthInteger & UnsignedInteger>()
    throws(Malformed) -> Integer
  {
    let range = try advance(by: Integer.bitWidth / 8)
    return bytes[range].reduce(0) { $0 << 8 | Integer($1) }
  }

  private mutating func advance(by count: Int) throws(Malformed) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw Malformed(format, "cut short", at: offset) }
    defer { offset += count }
    return offset..<(offset + count)
  }
}
