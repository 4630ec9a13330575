public import SluiceEncoding

/// Which part of a long list is asked for: after which place, and how many lines at most.
///
/// A place is what the part before gave as its ``Listing/next``; nothing is read from it elsewhere.
public struct Slice: Hashable, Sendable {
  /// How many lines a part has where nobody says otherwise.
  public static let usual = 100
  /// How many it can have.
  public static let most = 1_000

  /// The most lines that are wanted; ``usual``, if not said.
  public let limit: Int?
  /// After which place; from the first line on, if not said.
  public let after: String?

  /// Asks for a part.
  public init(limit: Int? = nil, after: String? = nil) {
    self.limit = limit
    self.after = after
  }

  /// How many lines the part has at most.
  public var count: Int { min(max(limit ?? Self.usual, 1), Self.most) }

  /// Takes `limit` and `after` out of a query.
  public init(taking query: inout Query) throws(Malformed) {
    limit = try query.number("limit", within: 1...Self.most)
    after = try query.take("after")
  }

  /// Adds `limit` and `after` to a query.
  public func add(to query: Query) -> Query {
    var query = query
    query.add("limit", limit)
    query.add("after", after)
    return query
  }
}
