internal import SluiceEncoding

/// Takes typed members out of a `config.json` and gathers those that are not supported.
///
/// A member that is absent or null has its library default: publishers leave defaults out.
struct ConfigurationReader {
  private let object: JSONObject
  private(set) var unsupported: [Configuration.Unsupported] = []

  init(_ value: JSONValue) throws(Malformed) {
    guard case .object(let object) = value else {
      throw Malformed("config.json", "must be an object")
    }
    self.object = object
  }

  /// The value of a member; `nil` where it is absent or null.
  func value(_ name: String) -> JSONValue? {
    guard let value = object[name], value != .null else { return nil }
    return value
  }

  /// Whether a member is there.
  func has(_ name: String) -> Bool { value(name) != nil }

  /// Notes a member that is there with a value that changes the computation.
  mutating func refuse(_ name: String, unless supported: JSONValue...) {
    guard let value = value(name), !supported.contains(value) else { return }
    unsupported.append(.init(key: name, value: String(value.text.prefix(80))))
  }

  func text(_ name: String) throws(Malformed) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.stringValue else { throw fault(name, "must be a text") }
    return text
  }

  func texts(_ name: String) throws(Malformed) -> [String] {
    guard let value = value(name) else { return [] }
    let texts = value.arrayValue?.compactMap(\.stringValue)
    guard let texts, texts.count == value.arrayValue?.count else {
      throw fault(name, "must be a list of texts")
    }
    return texts
  }

  func flag(_ name: String, default standard: Bool) throws(Malformed) -> Bool {
    guard let value = value(name) else { return standard }
    guard let flag = value.boolValue else { throw fault(name, "must be true or false") }
    return flag
  }

  /// A dimension: at least 1, and small enough that no product of three of them overflows.
  func count(_ name: String, default standard: Int, limit: Int = 1 << 20) throws(Malformed) -> Int {
    guard let value = value(name) else { return standard }
    guard let count = value.integerValue, (1...limit).contains(count) else {
      throw fault(name, "must be a whole number from 1 to \(limit)")
    }
    return count
  }

  /// A non-negative number, rounded to binary32 from its decimal text.
  func number(_ name: String, default standard: Float) throws(Malformed) -> Float {
    guard let value = value(name) else { return standard }
    let text: String? =
      switch value {
      case .integer(let integer): String(integer)
      case .decimal(let text): text
      default: nil
      }
    guard let number = text.flatMap(Float.init), number.isFinite, number >= 0 else {
      throw fault(name, "must be a number, at least 0")
    }
    return number
  }

  /// The activation under `name`, noted as unsupported where the table lacks it.
  mutating func activation(_ name: String, default standard: String) throws(Malformed) -> Activation
  {
    let text = try text(name) ?? standard
    guard let activation = Activation(configured: text) else {
      refuse(name, unless: .null)
      return .geluTanh
    }
    return activation
  }

  func fault(_ name: String, _ what: String) -> Malformed {
    Malformed("config.json", "\(name): \(what)")
  }
}
