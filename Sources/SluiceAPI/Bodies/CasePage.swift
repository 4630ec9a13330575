public import SluiceEncoding
public import SluiceGovernance

/// A case with all that its reader needs in order to act on it (`show`).
///
/// `filing` are the bytes of the statement that began it, so that whoever decides can check the
/// rest of the page against what was really asked: its SHA-256 is the id.
public struct CasePage: Body {
  /// The case.
  public let `case`: CaseLine
  /// The canonical bytes of the `file` statement.
  public let filing: [UInt8]
  /// What the tiers stand for: tier → manifest; empty in an amendment.
  public let manifests: [Tier.ID: SHA256Digest]
  /// Why it stands where it stands (governance-domain 12).
  public let explanation: JSONValue
  /// The same for people.
  public let text: String
  /// Form → field → answer; `nil` unless the reader may see answers.
  public let answers: JSONObject?
  /// What happened, in log order.
  public let history: [HistoryLine]

  /// Composes a page.
  public init(
    case: CaseLine,
    filing: [UInt8],
    manifests: [Tier.ID: SHA256Digest],
    explanation: JSONValue,
    text: String,
    answers: JSONObject?,
    history: [HistoryLine]
  ) {
    self.`case` = `case`
    self.filing = filing
    self.manifests = manifests
    self.explanation = explanation
    self.text = text
    self.answers = answers
    self.history = history
  }

  /// `{"answers"?,"case","explanation","filing","history","manifests","text"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "case": `case`.json,
      "explanation": explanation,
      "filing": .string(Base64.encode(filing)),
      "history": .array(history.map(\.json)),
      "manifests": .digests(manifests),
      "text": .string(text),
    ]
    members["answers"] = answers.map { .object($0) }
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "case page")
    self.init(
      case: try CaseLine(json: try fields.value("case")),
      filing: try Base64.decode(try fields.string("filing")),
      manifests: try fields.digests("manifests"),
      explanation: try fields.value("explanation"),
      text: try fields.string("text"),
      answers: try fields.optionalObject("answers"),
      history: try fields.bodies("history")
    )
    try fields.finish()
  }
}

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
