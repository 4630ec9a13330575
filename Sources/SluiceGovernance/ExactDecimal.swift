/// A decimal number of any length, compared exactly: metrics are never binary floating point
/// (governance-domain 3).
public struct ExactDecimal: Hashable, Comparable, Sendable {
  private let isNegative: Bool
  /// The digits before the point without leading zeros, and those after it without trailing ones.
  private let whole: [UInt8]
  private let fraction: [UInt8]

  /// Reads `-?[0-9]+(\.[0-9]+)?` of at most 64 characters; anything else is no decimal.
  public init?(_ text: String) {
    var digits = Array(text.utf8)
    guard digits.count <= 64 else { return nil }
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    let halves = digits.split(
      separator: UInt8(ascii: "."),
      omittingEmptySubsequences: false
    )
    let areDigits = halves.allSatisfy { half in
      !half.isEmpty && half.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard (1...2).contains(halves.count), areDigits else { return nil }
    let zero = UInt8(ascii: "0")
    whole = Array(halves[0].drop { $0 == zero })
    let rest = halves.count == 2 ? Array(halves[1]) : []
    fraction = Array(rest.reversed().drop { $0 == zero }.reversed())
    self.isNegative = isNegative && !(whole.isEmpty && fraction.isEmpty)
  }

  /// Whether `left` is the smaller number.
  public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// Compares without the signs.
  private func isSmaller(than other: ExactDecimal) -> Bool {
    if whole.count != other.whole.count { return whole.count < other.whole.count }
    if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
    return fraction.lexicographicallyPrecedes(other.fraction)
  }
}
