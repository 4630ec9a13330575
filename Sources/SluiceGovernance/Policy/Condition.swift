/// One comparison of a `where`: `name op value` (governance-domain 14).
public struct Condition: Hashable, Sendable {
  /// How the two are compared.
  public enum Comparison: String, CaseIterable, Hashable, Sendable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
  }

  /// The metric or the value of the credential.
  public let name: String
  /// How it is compared.
  public let comparison: Comparison
  /// With what: a decimal, `true`, `false` or a name.
  public let value: String

  /// States a comparison.
  public init(_ name: String, _ comparison: Comparison, _ value: String) {
    self.name = name
    self.comparison = comparison
    self.value = value
  }

  /// Whether a record of names and texts says so.
  ///
  /// Two decimals are compared as numbers, exactly; anything else only for being the same text, and
  /// then no order holds. A record that lacks the name says nothing.
  public func holds(of record: [String: String]) -> Bool {
    guard let found = record.first(where: { $0.key.utf8.elementsEqual(name.utf8) })?.value else {
      return false
    }
    if let left = ExactDecimal(found), let right = ExactDecimal(value) {
      switch comparison {
      case .equal: return left == right
      case .unequal: return left != right
      case .less: return left < right
      case .atMost: return left <= right
      case .more: return left > right
      case .atLeast: return left >= right
      }
    }
    let isSame = found.utf8.elementsEqual(value.utf8)
    switch comparison {
    case .equal: return isSame
    case .unequal: return !isSame
    case .less, .atMost, .more, .atLeast: return false
    }
  }
}

extension Condition: CustomStringConvertible {
  /// As the policy writes it.
  public var description: String { "\(name) \(comparison.rawValue) \(value)" }
}
