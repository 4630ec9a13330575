/// Standard base64 with padding (RFC 4648, section 4), one spelling for each value.
///
/// No white space, no missing padding, no stray bits in the last character: what is read prints as
/// it was written.
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let padding = UInt8(ascii: "=")

  // The value of each byte as a character of the alphabet; 255 where it is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// Four characters for every three bytes, the last four padded with `=`.
  public static func encode(_ bytes: some Collection<UInt8>) -> String {
    let (bytes, alphabet) = (Array(bytes), alphabet)  // types that the compiler knows
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var (group, count) = (0, 0)
    for byte in bytes {
      group = group << 8 | Int(byte)
      count += 1
      guard count == 3 else { continue }
      text.append(alphabet[group >> 18])
      text.append(alphabet[group >> 12 & 63])
      text.append(alphabet[group >> 6 & 63])
      text.append(alphabet[group & 63])
      (group, count) = (0, 0)
    }
    switch count {
    case 1: text += [alphabet[group >> 2], alphabet[group << 4 & 63], padding, padding]
    case 2:
      text += [
        alphabet[group >> 10], alphabet[group >> 4 & 63], alphabet[group << 2 & 63], padding,
      ]
    default: break
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what `encode` writes, and refuses every other spelling.
  public static func decode(_ text: String) throws(Malformed) -> [UInt8] {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 4) else {
      throw Malformed("base64", "must be whole groups of four characters", at: characters.count)
    }
    let pads = characters.suffix(2).reversed().prefix { $0 == padding }.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    var group = 0
    for offset in 0..<(characters.count - pads) {
      let value = values[Int(characters[offset])]
      guard value < 64 else {
        throw Malformed("base64", "not a character of the alphabet", at: offset)
      }
      group = group << 6 | Int(value)
      guard offset % 4 == 3 else { continue }
      bytes.append(UInt8(group >> 16))
      bytes.append(UInt8(group >> 8 & 255))
      bytes.append(UInt8(group & 255))
      group = 0
    }
    let stray = pads == 1 ? group & 3 : pads == 2 ? group & 15 : 0
    guard stray == 0 else {
      throw Malformed("base64", "bits after the last byte", at: characters.count - pads - 1)
    }
    switch pads {
    case 1: bytes += [UInt8(group >> 10), UInt8(group >> 2 & 255)]
    case 2: bytes.append(UInt8(group >> 4))
    default: break
    }
    return bytes
  }
}
