public import SluiceEncoding
public import SluiceGovernance

/// A past case that another policy would have judged otherwise (governance-domain 13).
public struct ReplayLine: Body {
  /// The case.
  public let `case`: Case.ID
  /// Its running number.
  public let number: Int
  /// What kind of thing was asked.
  public let kind: Case.Kind
  /// What was asked, in a few words.
  public let summary: String
  /// How its own policy judges it.
  public let before: Evaluation.Result
  /// How the other one would; `nil` if it has no gate for it.
  public let after: Evaluation.Result?

  /// Composes a line.
  public init(
    case: Case.ID,
    number: Int,
    kind: Case.Kind,
    summary: String,
    before: Evaluation.Result,
    after: Evaluation.Result?
  ) {
    self.`case` = `case`
    self.number = number
    self.kind = kind
    self.summary = summary
    self.before = before
    self.after = after
  }

  /// `{"after"?,"before","case","kind","number","summary"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "before": .string(before.rawValue), "case": .string(`case`.rawValue),
      "kind": .string(kind.rawValue), "number": .integer(number), "summary": .string(summary),
    ]
    members["after"] = after.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "replay")
    self.init(
      case: try fields.identity("case"),
      number: try fields.integer("number"),
      kind: try fields.word("kind"),
      summary: try fields.string("summary"),
      before: try fields.word("before"),
      after: try fields.optionalWord("after")
    )
    try fields.finish()
  }
}
