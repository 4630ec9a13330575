public import SluiceEncoding
internal import SluiceGovernance

/// Something that crosses HTTP as one JSON object.
///
/// Every body is written and read here and nowhere else, so client and server cannot drift apart.
/// A reader refuses unknown and missing members; an absent optional member is left out, never null.
public protocol Body: Hashable, Sendable {
  /// The object.
  var json: JSONValue { get }

  /// Reads what ``json`` writes.
  init(json: JSONValue) throws(Malformed)
}

/// A list on the wire: `{"items":[…]}`.
public struct Listing<Item: Body>: Body {
  /// What is listed, in the order of the answer.
  public let items: [Item]

  /// Lists `items`.
  public init(_ items: [Item]) { self.items = items }

  /// `{"items":[…]}`.
  public var json: JSONValue { .object(["items": .array(items.map(\.json))]) }

  /// Reads a list.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "list")
    items = try fields.bodies("items")
    try fields.finish()
  }
}

extension JSONValue {
  static func names<Subject>(_ names: [Identifier<Subject>]) -> JSONValue {
    .array(names.map { .string($0.rawValue) })
  }

  static func digests<Subject>(_ map: [Identifier<Subject>: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key.rawValue, value: .string($0.value.hex)) }))
  }
}

extension JSONFields {
  mutating func digests<Subject>(
    _ name: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    let object = try object(name)
    var members = try JSONFields(.object(object), format: format, path: name)
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    for member in object.names { map[Identifier(member)] = try members.digest(member) }
    return map
  }

  mutating func release(_ name: String) throws(Malformed) -> Release.ID {
    try Release.ID(parsing: try string(name))
  }

  mutating func principal(_ name: String) throws(Malformed) -> Principal.ID {
    try Principal.ID(parsing: try string(name))
  }

  mutating func optionalPrincipal(_ name: String) throws(Malformed) -> Principal.ID? {
    guard let text = try optionalString(name) else { return nil }
    return try Principal.ID(parsing: text)
  }

  /// An identity that is a digest in hex, such as that of a case.
  mutating func identity<Subject>(_ name: String) throws(Malformed) -> Identifier<Subject> {
    Identifier(try digest(name).hex)
  }

  /// An identity that is a digest in hex, if it is there.
  mutating func optionalIdentity<Subject>(
    _ name: String
  ) throws(Malformed) -> Identifier<Subject>? {
    try optionalDigest(name).map { Identifier($0.hex) }
  }

  mutating func name<Subject>(_ name: String) throws(Malformed) -> Identifier<Subject> {
    Identifier(try string(name))
  }

  mutating func optionalName<Subject>(_ name: String) throws(Malformed) -> Identifier<Subject>? {
    try optionalString(name).map { Identifier($0) }
  }

  mutating func names<Subject>(_ name: String) throws(Malformed) -> [Identifier<Subject>] {
    try texts(name).map { Identifier($0) }
  }

  mutating func texts(_ name: String) throws(Malformed) -> [String] {
    let values = try array(name)
    let texts = values.compactMap(\.stringValue)
    guard texts.count == values.count else { throw fault(name, "must be a list of texts") }
    return texts
  }

  mutating func bodies<Item: Body>(_ name: String) throws(Malformed) -> [Item] {
    var items: [Item] = []
    for value in try array(name) { items.append(try Item(json: value)) }
    return items
  }

  mutating func optionalBody<Item: Body>(_ name: String) throws(Malformed) -> Item? {
    guard let value = optionalValue(name) else { return nil }
    return try Item(json: value)
  }

  /// A count of bytes, which is never negative.
  mutating func count(_ name: String) throws(Malformed) -> Int {
    let count = try integer(name)
    guard count >= 0 else { throw fault(name, "must not be negative") }
    return count
  }

  /// One of a closed set of words.
  mutating func word<Word: RawRepresentable<String>>(_ name: String) throws(Malformed) -> Word {
    guard let word: Word = try optionalWord(name) else { throw fault(name, "missing") }
    return word
  }

  /// One of a closed set of words, if it is there.
  mutating func optionalWord<Word: RawRepresentable<String>>(
    _ name: String
  ) throws(Malformed) -> Word? {
    guard let text = try optionalString(name) else { return nil }
    guard let word = Word(rawValue: text) else { throw fault(name, "no word of this version") }
    return word
  }
}
