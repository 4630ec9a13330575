/// An object that is read member by member, and of which none may be left over.
///
/// Each taker removes its member, so `finish` knows those that the format does not have. Faults
/// name the member by its path, such as `predicate.seen.root`. An optional member may be absent,
/// but not `null`.
public struct JSONFields: Sendable {
  /// The format that faults are said to be in.
  public let format: String
  /// Where the object lies in its document; empty for the document itself.
  public let path: String
  private var untaken: JSONObject

  /// Starts reading a value that must be an object.
  public init(_ value: JSONValue, format: String, path: String = "") throws(Malformed) {
    guard case .object(let object) = value else {
      throw Malformed(format, path.isEmpty ? "must be an object" : "\(path): must be an object")
    }
    self.format = format
    self.path = path
    untaken = object
  }

  /// Refuses the members that nobody took.
  public func finish() throws(Malformed) {
    guard let member = untaken.members.first else { return }
    throw fault(member.name, "no member of this format")
  }

  /// A fault in the member `name`.
  public func fault(_ name: String, _ what: String) -> Malformed {
    let name = JSONWriter.quoted(name).dropFirst().dropLast()
    return Malformed(format, path.isEmpty ? "\(name): \(what)" : "\(path).\(name): \(what)")
  }

  /// Takes a member of any type, if it is there.
  public mutating func optionalValue(_ name: String) -> JSONValue? {
    defer { untaken[name] = nil }
    return untaken[name]
  }

  /// Takes a member of any type.
  public mutating func value(_ name: String) throws(Malformed) -> JSONValue {
    guard let value = optionalValue(name) else { throw fault(name, "missing") }
    return value
  }

  // Takes a member, if it is there, that must be one of those `type` reads.
  mutating func optional<Value>(
    _ name: String,
    _ type: String,
    _ read: (JSONValue) -> Value?
  ) throws(Malformed) -> Value? {
    guard let value = optionalValue(name) else { return nil }
    guard let result = read(value) else { throw fault(name, "must be \(type)") }
    return result
  }

  func required<Value>(_ name: String, _ value: Value?) throws(Malformed) -> Value {
    guard let value else { throw fault(name, "missing") }
    return value
  }
}
