/// A name for exactly one kind of thing, so that a person can never be passed as a release.
public struct Identifier<Subject>: Hashable, Sendable {
  /// The name as written in the ledger, in URLs and on the command line.
  public let rawValue: String

  /// Wraps a name that is already known to be well formed.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

extension Identifier: CustomStringConvertible {
  /// The name itself.
  public var description: String { rawValue }
}

extension Identifier: ExpressibleByStringLiteral {
  /// Lets tests and examples write a name as a literal.
  public init(stringLiteral value: String) { self.init(value) }
}
