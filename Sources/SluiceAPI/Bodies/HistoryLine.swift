public import SluiceEncoding
public import SluiceGovernance

/// One thing that happened to a case.
public struct HistoryLine: Body {
  /// Log time.
  public let at: Instant
  /// A statement's type or a service entry's name, such as `approve` or `decide`.
  public let kind: String
  /// Who; `nil` for service entries.
  public let by: Principal.ID?
  /// Why, from the closed list.
  public let code: ReasonCode?
  /// Why, in words.
  public let reason: String?
  /// The statement.
  public let statement: Statement.ID?

  /// Composes a line.
  public init(
    at: Instant,
    kind: String,
    by: Principal.ID?,
    code: ReasonCode?,
    reason: String?,
    statement: Statement.ID?
  ) {
    self.at = at
    self.kind = kind
    self.by = by
    self.code = code
    self.reason = reason
    self.statement = statement
  }

  /// `{"at","by"?,"code"?,"kind","reason"?,"statement"?}`.
  public var json: JSONValue {
    var members: JSONObject = ["at": .string(at.description), "kind": .string(kind)]
    members["by"] = by.map { .string($0.rawValue) }
    members["code"] = code.map { .string($0.rawValue) }
    members["reason"] = reason.map { .string($0) }
    members["statement"] = statement.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "history")
    self.init(
      at: try fields.instant("at"),
      kind: try fields.string("kind"),
      by: try fields.optionalPrincipal("by"),
      code: try fields.optionalWord("code"),
      reason: try fields.optionalString("reason"),
      statement: try fields.optionalIdentity("statement")
    )
    try fields.finish()
  }
}
