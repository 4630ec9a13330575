public import SluiceEncoding
internal import SluiceGovernance

/// The query of a request: names and values, as a question writes them and a route reads them.
///
/// Reading is strict: a name that the question does not have, or has twice, is refused, so that a
/// misspelt filter never widens an answer.
public struct Query: Hashable, Sendable {
  /// One name with its value, not escaped.
  public struct Item: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// Pairs a name with a value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The items, in the order in which they are written.
  public private(set) var items: [Item]

  /// Collects items.
  public init(_ items: [Item] = []) { self.items = items }

  init(at: Instant?) {
    self.init()
    add("at", at)
  }

  /// `?name=value&…`, percent-encoded; nothing where there are no items.
  public var text: String {
    guard !items.isEmpty else { return "" }
    return "?"
      + items.map { "\(Path.escaped($0.name))=\(Path.escaped($0.value))" }.joined(separator: "&")
  }

  /// Adds an item, if there is a value.
  public mutating func add(_ name: String, _ value: (some CustomStringConvertible)?) {
    guard let value else { return }
    items.append(Item(name, value.description))
  }

  /// Takes the value of an item out, if it is there.
  public mutating func take(_ name: String) throws(Malformed) -> String? {
    let found = items.filter { $0.name.utf8.elementsEqual(name.utf8) }
    guard found.count <= 1 else { throw Malformed("query", "\(name): given twice") }
    items.removeAll { $0.name.utf8.elementsEqual(name.utf8) }
    return found.first?.value
  }

  /// Takes the value of an item out; it must be there.
  public mutating func require(_ name: String) throws(Malformed) -> String {
    guard let value = try take(name) else { throw Malformed("query", "\(name): missing") }
    return value
  }

  /// Takes an instant out, if it is there.
  public mutating func instant(_ name: String) throws(Malformed) -> Instant? {
    guard let text = try take(name) else { return nil }
    return try Instant(text)
  }

  /// Refuses the items that nobody took.
  public func finish() throws(Malformed) {
    guard let item = items.first else { return }
    throw Malformed("query", "\(item.name): no parameter of this route")
  }

  mutating func release(_ name: String) throws(Malformed) -> Release.ID? {
    guard let text = try take(name) else { return nil }
    return try Release.ID(parsing: text)
  }

  mutating func principal(_ name: String) throws(Malformed) -> Principal.ID? {
    guard let text = try take(name) else { return nil }
    return try Principal.ID(parsing: text)
  }

  mutating func name<Subject>(_ name: String) throws(Malformed) -> Identifier<Subject>? {
    try take(name).map { Identifier($0) }
  }

  /// An identity, or a beginning of it that says which is meant.
  mutating func reference(_ name: String) throws(Malformed) -> String? {
    guard let text = try take(name) else { return nil }
    guard Self.isReference(text) else {
      throw Malformed("query", "\(name): 6 to 64 lower-case hexadecimal digits")
    }
    return text
  }

  /// Whether a text is a digest in hex, or six or more digits of one.
  static func isReference(_ text: String) -> Bool {
    (6...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  mutating func word<Word: RawRepresentable<String>>(_ name: String) throws(Malformed) -> Word? {
    guard let text = try take(name) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw Malformed("query", "\(name): no word of this version")
    }
    return word
  }

  /// A whole number that is written without ornament, if it is there.
  mutating func number(
    _ name: String,
    within range: ClosedRange<Int>
  ) throws(Malformed) -> Int? {
    guard let text = try take(name) else { return nil }
    guard let number = Int(text), "\(number)".utf8.elementsEqual(text.utf8),
      range.contains(number)
    else {
      throw Malformed("query", "\(name): \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A switch: `true` or `1`, off without it or with `false` or `0`.
  mutating func flag(_ name: String) throws(Malformed) -> Bool {
    switch try take(name) {
    case nil, "false", "0": false
    case "true", "1": true
    default: throw Malformed("query", "\(name): true or false")
    }
  }
}
