public import SluiceEncoding
internal import SluiceGovernance

/// How a case is to be explained (`explain case`).
public struct ExplanationQuestion: Body {
  /// As it stood then; now, if not given.
  public let at: Instant?
  /// What is supposed.
  public let supposing: Supposition

  /// Composes a question.
  public init(at: Instant? = nil, supposing: Supposition = .nothing) {
    self.at = at
    self.supposing = supposing
  }

  /// `at`: all there is of a question that supposes nothing.
  public var query: Query {
    var query = Query()
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    self.init(at: try query.instant("at"))
    try query.finish()
  }

  /// `{"as"?,"assume"?,"at"?,"policy"?}`.
  public var json: JSONValue {
    var members = supposing.members
    members["at"] = at.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a question.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "explanation question")
    self.init(at: try fields.optionalInstant("at"), supposing: try Supposition(&fields))
    try fields.finish()
  }
}
