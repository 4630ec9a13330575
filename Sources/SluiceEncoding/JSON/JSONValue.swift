/// A JSON value, read strictly and written in one way only.
///
/// Equality compares bytes: two texts that Unicode holds to be equivalent are different values,
/// and so are two spellings of a decimal.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Any number that is not an `Int` in plain form, as its source wrote it.
  case decimal(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// Reads one value and nothing after it.
  ///
  /// Refused: a byte-order mark, bytes after the value, comments, `NaN`, numbers with a leading
  /// zero, lone surrogates, text that is not UTF-8, two members of one name at any level, and
  /// whatever `rules` exclude. Names are compared after unescaping, as UTF-8 bytes.
  ///
  /// - Parameters:
  ///   - bytes: The whole text.
  ///   - rules: What is allowed beyond that, and how much of it.
  ///   - format: The format that faults are said to be in.
  /// - Throws: The first fault, with its byte.
  public init(parsing bytes: [UInt8], _ rules: JSONRules, format: String) throws(Malformed) {
    guard bytes.count <= rules.maximumBytes else {
      throw Malformed(format, "longer than \(rules.maximumBytes) bytes")
    }
    var reader = JSONReader(bytes, rules, format: format)
    self = try reader.readDocument()
  }

  /// Reads a value of which these are the canonical bytes.
  ///
  /// What was read is printed and compared, so a value has one accepted spelling
  /// (signing-and-log 2.1).
  public init(canonical bytes: [UInt8], format: String) throws(Malformed) {
    try self.init(parsing: bytes, .canonical, format: format)
    var writer = JSONWriter(room: bytes.count)
    writer.write(self)
    let printed = writer.bytes
    guard printed != bytes else { return }
    let offset = zip(printed, bytes).prefix { $0 == $1 }.count
    throw Malformed(format, "not in canonical form", at: offset)
  }

  /// The canonical form (RFC 8785): members sorted by their UTF-8 bytes, no white space.
  ///
  /// Only `"`, `\` and U+0000 to U+001F are escaped. RFC 8785 sorts by UTF-16, which is the same
  /// order except between characters above U+FFFF and those from U+E000 to U+FFFF. A decimal is
  /// written as it was read.
  public var canonical: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// The canonical form as a text.
  public var text: String { String(decoding: canonical, as: UTF8.self) }

  /// Whether both are the same value, text by text compared as bytes.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.decimal(let left), .decimal(let right)): left.utf8.elementsEqual(right.utf8)
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}
