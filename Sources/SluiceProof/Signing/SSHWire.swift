internal import SluiceEncoding

/// Reads the encoding of SSH: big-endian numbers, and strings behind their length in four bytes.
///
/// RFC 4251, section 5; signing-and-log 3.
struct SSHReader {
  private var reader: ByteReader
  private let format: String

  init(_ bytes: [UInt8], format: String) {
    reader = ByteReader(bytes, format: format)
    self.format = format
  }

  mutating func readByte() throws(Malformed) -> UInt8 { try reader.readUInt8() }

  mutating func readUInt32() throws(Malformed) -> UInt32 { try reader.readUInt32() }

  mutating func readBytes(_ count: Int) throws(Malformed) -> [UInt8] {
    try reader.readBytes(count)
  }

  mutating func readString() throws(Malformed) -> [UInt8] {
    try reader.readBytes(Int(try reader.readUInt32()))
  }

  /// A string that must be UTF-8 without a zero byte, at which OpenSSH would end it.
  mutating func readText() throws(Malformed) -> String {
    let offset = reader.offset
    let bytes = try readString()
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw Malformed(format, "has a string that is not text", at: offset)
    }
    return text
  }

  /// A number from 0, in its shortest form, as `count` bytes.
  mutating func readInteger(bytes count: Int) throws(Malformed) -> [UInt8] {
    let offset = reader.offset
    let bytes = try readString()
    let magnitude = bytes.first == 0 ? Array(bytes.dropFirst()) : bytes
    let isShortest = bytes == SSHWriter.integer(magnitude)
    guard isShortest, magnitude.count <= count else {
      throw Malformed(format, "has a number that is negative, too long or padded", at: offset)
    }
    return [UInt8](repeating: 0, count: count - magnitude.count) + magnitude
  }

  /// Refuses bytes that are left.
  func finish() throws(Malformed) {
    guard reader.isAtEnd else { throw Malformed(format, "has bytes left over", at: reader.offset) }
  }
}

/// Writes the encoding of SSH.
struct SSHWriter {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func append(_ number: UInt32) {
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }

  mutating func append(string: some Collection<UInt8>) {
    append(UInt32(string.count))
    bytes += string
  }

  mutating func append(integer magnitude: some Collection<UInt8>) {
    append(string: Self.integer(magnitude))
  }

  /// The shortest form of a number from 0: no leading zero but the one that keeps it positive.
  static func integer(_ magnitude: some Collection<UInt8>) -> [UInt8] {
    let digits = Array(magnitude.drop { $0 == 0 })
    return (digits.first ?? 0) < 0x80 ? digits : [0] + digits
  }
}
