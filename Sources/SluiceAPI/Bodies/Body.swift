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

/// A list on the wire: `{"items":[…],"next"?}`.
public struct Listing<Item: Body>: Body {
  /// What is listed, in the order of the answer.
  public let items: [Item]
  /// The place after which the next part begins; `nil` after the last, and of a list that is whole.
  public let next: String?

  /// Lists `items`.
  public init(_ items: [Item], next: String? = nil) {
    self.items = items
    self.next = next
  }

  /// `{"items":[…],"next"?}`.
  public var json: JSONValue {
    var members: JSONObject = ["items": .array(items.map(\.json))]
    members["next"] = next.map { .string($0) }
    return .object(members)
  }

  /// Reads a list.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "list")
    items = try fields.bodies("items")
    next = try fields.optionalString("next")
    try fields.finish()
  }
}

extension JSONValue {
  static func names<Subject>(_ names: [Identifier<Subject>]) -> JSONValue {
    .array(names.map { .string($0.rawValue) })
  }

  static func texts(_ map: [String: String]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key, value: .string($0.value)) }))
  }

  static func files(_ map: [String: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key, value: .string($0.value.hex)) }))
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

  /// A map whose values are texts.
  mutating func map(_ name: String) throws(Malformed) -> [String: String] {
    guard let map = try optionalMap(name) else { throw fault(name, "missing") }
    return map
  }

  /// A map whose values are texts, if it is there.
  mutating func optionalMap(_ name: String) throws(Malformed) -> [String: String]? {
    guard let object = try optionalObject(name) else { return nil }
    var map: [String: String] = [:]
    for member in object.members {
      guard let text = member.value.stringValue else {
        throw fault(name, "\(member.name): must be a text")
      }
      map[member.name] = text
    }
    return map
  }

  /// A map from file names to digests.
  mutating func files(_ name: String) throws(Malformed) -> [String: SHA256Digest] {
    guard let map = try optionalFiles(name) else { throw fault(name, "missing") }
    return map
  }

  /// A map from file names to digests, if it is there.
  mutating func optionalFiles(_ name: String) throws(Malformed) -> [String: SHA256Digest]? {
    guard let object = try optionalObject(name) else { return nil }
    var members = try JSONFields(.object(object), format: format, path: name)
    var map: [String: SHA256Digest] = [:]
    for member in object.names { map[member] = try members.digest(member) }
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

  mutating func optionalParty(_ name: String) throws(Malformed) -> Statement.Beneficiary? {
    guard let text = try optionalString(name) else { return nil }
    return try Statement.Beneficiary(parsing: text)
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
    guard let texts = try optionalTexts(name) else { throw fault(name, "missing") }
    return texts
  }

  mutating func optionalTexts(_ name: String) throws(Malformed) -> [String]? {
    guard let values = try optionalArray(name) else { return nil }
    let texts = values.compactMap(\.stringValue)
    guard texts.count == values.count else { throw fault(name, "must be a list of texts") }
    return texts
  }

  mutating func bodies<Item: Body>(_ name: String) throws(Malformed) -> [Item] {
    guard let items: [Item] = try optionalBodies(name) else { throw fault(name, "missing") }
    return items
  }

  mutating func optionalBodies<Item: Body>(_ name: String) throws(Malformed) -> [Item]? {
    guard let values = try optionalArray(name) else { return nil }
    var items: [Item] = []
    for value in values { items.append(try Item(json: value)) }
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
