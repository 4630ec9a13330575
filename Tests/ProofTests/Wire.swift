/// Writes SSH's encoding as the tests need it: also the parts that the library refuses.
struct Wire {
  var bytes: [UInt8] = []

  static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    number(UInt32(bytes.count)) + bytes
  }

  static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }

  static func number(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
  }

  /// A number in its shortest form.
  static func integer(_ magnitude: some Collection<UInt8>) -> [UInt8] {
    let digits = Array(magnitude.drop { $0 == 0 })
    return string((digits.first ?? 0) < 0x80 ? digits : [0] + digits)
  }
}
