/// The strict parser behind `JSONValue`: one pass over the bytes, in recursive descent.
///
/// It works on bytes and makes a `String` only of a finished text, so that the header of a large
/// model costs little more than the memory of its names.
struct JSONReader {
  let bytes: [UInt8]
  let rules: JSONRules
  let format: String
  var offset = 0

  init(_ bytes: [UInt8], _ rules: JSONRules, format: String) {
    self.bytes = bytes
    self.rules = rules
    self.format = format
  }

  /// Reads the whole text as one value.
  mutating func readDocument() throws(Malformed) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw fault("a byte-order mark") }
    skipSpace()
    let value = try readValue(depth: 1)
    skipSpace()
    guard offset == bytes.count else { throw fault("bytes after the end of the value") }
    return value
  }

  private mutating func readValue(depth: Int) throws(Malformed) -> JSONValue {
    guard let byte = peek else { throw fault("cut short") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try readObject(depth: depth))
    case UInt8(ascii: "["): return .array(try readArray(depth: depth))
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    default: throw fault("a value must begin here")
    }
  }

  private mutating func readObject(depth: Int) throws(Malformed) -> JSONObject {
    let start = offset
    try enter(depth)
    var members: [JSONObject.Member] = []
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw fault("a member's name must begin here") }
        let name = try readString()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw fault("a colon must follow the name") }
        skipSpace()
        members.append(.init(name: name, value: try readValue(depth: depth + 1)))
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw fault("a comma or } must follow the member") }
    }
    if let name = JSONObject.sort(&members) {
      throw Malformed(format, "two members named \(JSONWriter.quoted(name))", at: start)
    }
    return JSONObject(sorted: members)
  }

  private mutating func readArray(depth: Int) throws(Malformed) -> [JSONValue] {
    try enter(depth)
    var elements: [JSONValue] = []
    if !take(UInt8(ascii: "]")) {
      repeat {
        skipSpace()
        elements.append(try readValue(depth: depth + 1))
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw fault("a comma or ] must follow the element") }
    }
    return elements
  }

  private mutating func readWord(_ word: StaticString, _ value: JSONValue)
    throws(Malformed) -> JSONValue
  {
    let end = offset + word.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[offset..<end].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
      )
    else { throw fault("must be true, false or null") }
    offset = end
    return value
  }

  // Past the bracket that opens an array or an object, to what is in it.
  private mutating func enter(_ depth: Int) throws(Malformed) {
    guard depth <= rules.maximumDepth else {
      throw fault("nested more than \(rules.maximumDepth) deep")
    }
    offset += 1
    skipSpace()
  }

  /// The next byte, `nil` at the end.
  var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Moves past the next byte if it is `byte`.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  /// A fault at the next byte.
  func fault(_ what: String) -> Malformed { Malformed(format, what, at: offset) }
}
