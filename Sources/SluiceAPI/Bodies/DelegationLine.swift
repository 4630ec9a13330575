public import SluiceEncoding
public import SluiceGovernance

/// Somebody who may act for another in a role, for a while.
public struct DelegationLine: Body {
  /// The statement.
  public let statement: Statement.ID
  /// In which role.
  public let role: Role.ID
  /// For whom.
  public let holder: Principal.ID
  /// Who acts.
  public let delegate: Principal.ID
  /// The first second at which it counts.
  public let from: Instant
  /// The first second at which it no longer does.
  public let until: Instant

  /// Composes a line.
  public init(
    statement: Statement.ID,
    role: Role.ID,
    holder: Principal.ID,
    delegate: Principal.ID,
    from: Instant,
    until: Instant
  ) {
    self.statement = statement
    self.role = role
    self.holder = holder
    self.delegate = delegate
    self.from = from
    self.until = until
  }

  /// Shows a delegation.
  public init(_ delegation: Delegation) {
    self.init(
      statement: delegation.statement,
      role: delegation.role,
      holder: delegation.holder,
      delegate: delegation.delegate,
      from: delegation.from,
      until: delegation.until
    )
  }

  /// `{"from","holder","role","statement","to","until"}`.
  public var json: JSONValue {
    .object([
      "from": .string(from.description), "holder": .string(holder.rawValue),
      "role": .string(role.rawValue), "statement": .string(statement.rawValue),
      "to": .string(delegate.rawValue), "until": .string(until.description),
    ])
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "delegation")
    self.init(
      statement: try fields.identity("statement"),
      role: try fields.name("role"),
      holder: try fields.principal("holder"),
      delegate: try fields.principal("to"),
      from: try fields.instant("from"),
      until: try fields.instant("until")
    )
    try fields.finish()
  }
}
