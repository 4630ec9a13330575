/// How much a reader of JSON takes, beyond what every one of Sluice's readers demands.
public struct JSONRules: Hashable, Sendable {
  /// How many arrays and objects may lie within each other; at most 512, for the stack's sake.
  public let maximumDepth: Int
  /// How long the whole text may be.
  public let maximumBytes: Int
  /// The largest integer that is one; a larger one is a decimal, or refused with them.
  public let maximumInteger: Int
  /// Whether fractions, exponents, `-0` and integers that are too large are read as decimals.
  public let allowsDecimals: Bool
  /// Whether numbers may have a minus sign.
  public let allowsNegative: Bool

  /// Names every rule.
  public init(
    maximumDepth: Int,
    maximumBytes: Int,
    maximumInteger: Int = .max,
    allowsDecimals: Bool,
    allowsNegative: Bool
  ) {
    precondition((1...512).contains(maximumDepth), "a nesting that the stack may not hold")
    self.maximumDepth = maximumDepth
    self.maximumBytes = maximumBytes
    self.maximumInteger = maximumInteger
    self.allowsDecimals = allowsDecimals
    self.allowsNegative = allowsNegative
  }

  /// Statements, events and whatever else is signed (signing-and-log 2.1).
  ///
  /// 16 levels, 64 KiB, integers from 0 to 2^53 - 1, which every language reads exactly.
  public static let canonical = JSONRules(
    maximumDepth: 16,
    maximumBytes: 65_536,
    maximumInteger: 9_007_199_254_740_991,
    allowsDecimals: false,
    allowsNegative: false
  )

  /// Files that other programs wrote: 64 levels, 1 MiB, every number of JSON.
  public static let document = JSONRules(
    maximumDepth: 64,
    maximumBytes: 1_048_576,
    allowsDecimals: true,
    allowsNegative: true
  )

  /// The same rules for a text of up to `bytes`.
  public func limited(to bytes: Int) -> JSONRules {
    JSONRules(
      maximumDepth: maximumDepth,
      maximumBytes: bytes,
      maximumInteger: maximumInteger,
      allowsDecimals: allowsDecimals,
      allowsNegative: allowsNegative
    )
  }
}
