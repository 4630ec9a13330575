internal import SluiceEncoding

extension JSONFields {
  /// Takes a text of at most `limit` Unicode scalars, which may be empty.
  mutating func text(_ name: String, limit: Int) throws(Malformed) -> String {
    try required(name, optionalText(name, limit: limit))
  }

  /// Takes such a text, if it is there.
  mutating func optionalText(_ name: String, limit: Int) throws(Malformed) -> String? {
    guard let text = try optionalString(name) else { return nil }
    guard text.unicodeScalars.count <= limit else {
      throw fault(name, "longer than \(limit) characters")
    }
    return text
  }

  /// Takes a text of at most `limit` Unicode scalars that says something.
  mutating func saying(_ name: String, limit: Int) throws(Malformed) -> String {
    let text = try text(name, limit: limit)
    guard text.contains(where: { !$0.isWhitespace }) else { throw fault(name, "must not be blank") }
    return text
  }

  /// Takes a name: `[a-z][a-z0-9.-]{0,62}`.
  mutating func name(_ name: String) throws(Malformed) -> String {
    let text = try string(name)
    guard Statement.isName(text) else { throw fault(name, "must be a name, [a-z][a-z0-9.-]{0,62}") }
    return text
  }

  /// Takes a principal.
  mutating func principal(_ name: String) throws(Malformed) -> Principal.ID {
    let text = try string(name)
    do { return try Principal.ID(parsing: text) } catch { throw fault(name, error.what) }
  }

  /// Takes names of tiers, sorted, at least one, none twice; if they are there.
  mutating func optionalTiers(_ name: String) throws(Malformed) -> [Tier.ID]? {
    guard let values = try optionalArray(name) else { return nil }
    var tiers: [Tier.ID] = []
    for value in values {
      guard let text = value.stringValue, Statement.isName(text),
        tiers.last.map({ $0.rawValue < text }) ?? true
      else { throw fault(name, "must be names of tiers, sorted, none twice") }
      tiers.append(Tier.ID(text))
    }
    guard !tiers.isEmpty else { throw fault(name, "names no tier") }
    return tiers
  }

  /// Takes names of tiers, sorted, at least one, none twice.
  mutating func tiers(_ name: String) throws(Malformed) -> [Tier.ID] {
    try required(name, optionalTiers(name))
  }

  /// Takes a map from names to digests, if it is there.
  mutating func optionalDigests<Subject>(
    _ name: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest]? {
    guard let object = try optionalObject(name) else { return nil }
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    for member in object.members {
      guard Statement.isName(member.name) else {
        throw fault(name, "\(member.name): must be a name, [a-z][a-z0-9.-]{0,62}")
      }
      map[Identifier(member.name)] = try digest(of: member, in: name)
    }
    return map
  }

  /// Takes a map from names to digests.
  mutating func digests<Subject>(
    _ name: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    try required(name, optionalDigests(name))
  }

  /// Takes a map from file names to digests.
  mutating func files(_ name: String) throws(Malformed) -> [String: SHA256Digest] {
    var map: [String: SHA256Digest] = [:]
    for member in try object(name).members {
      guard Statement.isFileName(member.name) else {
        throw fault(name, "\(member.name): must be the name of a file, without a folder")
      }
      // Two spellings of one name would be one file on some disks, and one key of the map.
      guard map[member.name] == nil else {
        throw fault(name, "\(member.name): is there twice, in two spellings")
      }
      map[member.name] = try digest(of: member, in: name)
    }
    return map
  }

  /// Takes a map from labels to texts of at most `limit` Unicode scalars.
  mutating func texts(_ name: String, limit: Int) throws(Malformed) -> [String: String] {
    var map: [String: String] = [:]
    for member in try object(name).members {
      guard Statement.isLabel(member.name) else {
        throw fault(name, "\(member.name): must be a name, [a-z][a-z0-9._-]{0,62}")
      }
      guard let text = member.value.stringValue, text.unicodeScalars.count <= limit else {
        throw fault(name, "\(member.name): must be a text of at most \(limit) characters")
      }
      map[member.name] = text
    }
    return map
  }

  private func digest(
    of member: JSONObject.Member,
    in name: String
  ) throws(Malformed) -> SHA256Digest {
    guard let text = member.value.stringValue, let digest = try? SHA256Digest(hex: text) else {
      throw fault(name, "\(member.name): must be 64 lower-case hexadecimal digits")
    }
    return digest
  }

  private func required<Value>(_ name: String, _ value: Value?) throws(Malformed) -> Value {
    guard let value else { throw fault(name, "missing") }
    return value
  }
}

extension JSONValue {
  /// A map from names to digests.
  static func digests<Subject>(_ map: [Identifier<Subject>: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key.rawValue, value: .string($0.value.hex)) }))
  }

  /// A map from labels to texts.
  static func texts(_ map: [String: String]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key, value: .string($0.value)) }))
  }

  /// Names of tiers, in the order given.
  static func tiers(_ tiers: [Tier.ID]) -> JSONValue {
    .array(tiers.map { .string($0.rawValue) })
  }
}

extension JSONObject {
  /// The object with one more member.
  func adding(_ name: String, _ value: JSONValue) -> JSONObject {
    var copy = self
    copy[name] = value
    return copy
  }
}
