extension JSONFields {
  /// Takes a text, if it is there.
  public mutating func optionalString(_ name: String) throws(Malformed) -> String? {
    try optional(name, "a text", \.stringValue)
  }

  /// Takes a text.
  public mutating func string(_ name: String) throws(Malformed) -> String {
    try required(name, optionalString(name))
  }

  /// Takes a whole number, if it is there.
  public mutating func optionalInteger(_ name: String) throws(Malformed) -> Int? {
    try optional(name, "an integer", \.integerValue)
  }

  /// Takes a whole number.
  public mutating func integer(_ name: String) throws(Malformed) -> Int {
    try required(name, optionalInteger(name))
  }

  /// Takes a truth value, if it is there.
  public mutating func optionalBool(_ name: String) throws(Malformed) -> Bool? {
    try optional(name, "true or false", \.boolValue)
  }

  /// Takes a truth value.
  public mutating func bool(_ name: String) throws(Malformed) -> Bool {
    try required(name, optionalBool(name))
  }

  /// Takes an array, if it is there.
  public mutating func optionalArray(_ name: String) throws(Malformed) -> [JSONValue]? {
    try optional(name, "an array", \.arrayValue)
  }

  /// Takes an array.
  public mutating func array(_ name: String) throws(Malformed) -> [JSONValue] {
    try required(name, optionalArray(name))
  }

  /// Takes an object as a map, if it is there.
  public mutating func optionalObject(_ name: String) throws(Malformed) -> JSONObject? {
    try optional(name, "an object", \.objectValue)
  }

  /// Takes an object as a map.
  public mutating func object(_ name: String) throws(Malformed) -> JSONObject {
    try required(name, optionalObject(name))
  }

  /// Takes an object to be read member by member, if it is there; `finish` it too.
  public mutating func optionalFields(_ name: String) throws(Malformed) -> JSONFields? {
    guard let value = optionalValue(name) else { return nil }
    let path = path.isEmpty ? name : "\(path).\(name)"
    return try JSONFields(value, format: format, path: path)
  }

  /// Takes an object to be read member by member; `finish` it too.
  public mutating func fields(_ name: String) throws(Malformed) -> JSONFields {
    try required(name, optionalFields(name))
  }

  /// Takes a SHA-256 of 64 lower-case hexadecimal digits, if it is there.
  public mutating func optionalDigest(_ name: String) throws(Malformed) -> SHA256Digest? {
    try optional(name, "64 lower-case hexadecimal digits") { value in
      value.stringValue.flatMap { try? SHA256Digest(hex: $0) }
    }
  }

  /// Takes a SHA-256 of 64 lower-case hexadecimal digits.
  public mutating func digest(_ name: String) throws(Malformed) -> SHA256Digest {
    try required(name, optionalDigest(name))
  }

  /// Takes an instant, if it is there.
  public mutating func optionalInstant(_ name: String) throws(Malformed) -> Instant? {
    try optional(name, "an instant, YYYY-MM-DDThh:mm:ssZ") { value in
      value.stringValue.flatMap { try? Instant($0) }
    }
  }

  /// Takes an instant.
  public mutating func instant(_ name: String) throws(Malformed) -> Instant {
    try required(name, optionalInstant(name))
  }
}
