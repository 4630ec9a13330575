public import SluiceEncoding

extension Condition {
  /// Reads `name op value` with single spaces, as a policy writes it.
  ///
  /// A value is a decimal, `true`, `false` or a name; only decimals have an order.
  ///
  /// - Throws: `Malformed` with what to write instead.
  public init(parsing text: String) throws(Malformed) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, Self.isName(parts[0]), let comparison = Comparison(parts[1]),
      Self.isName(parts[2]) || Self.isDecimal(parts[2])
    else { throw Malformed("condition", "write it like accuracy >= 0.90") }
    let isOrdered = ![.equal, .unequal].contains(comparison)
    if isOrdered || Self.isDecimal(parts[2]) {
      guard ExactDecimal(parts[2]) != nil else {
        let what =
          Self.isDecimal(parts[2])
          ? "a number has at most 64 characters"
          : "only numbers have an order; use = or !="
        throw Malformed("condition", what)
      }
    }
    self.init(parts[0], comparison, parts[2])
  }

  /// Metrics have an underscore where names of the policy have a hyphen.
  private static func isName(_ text: String) -> Bool {
    text.utf8.count <= 63 && text.wholeMatch(of: /[a-z][a-z0-9._-]*/) != nil
  }

  private static func isDecimal(_ text: String) -> Bool {
    text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
  }
}

extension Condition.Comparison {
  fileprivate init?(_ text: String) {
    guard let found = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) })
    else { return nil }
    self = found
  }
}
