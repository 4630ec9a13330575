public import SluiceEncoding
internal import SluiceGovernance

/// What left under a grant, and what else its holder has (governance-domain 10): for the steward who
/// ended it, because revocation does not recall bytes.
public struct ExposurePage: Body {
  /// The grant.
  public let grant: GrantLine
  /// The instant of the question.
  public let at: Instant
  /// What was handed out under it: every file, to which keys, when, whether all of it.
  public let deliveries: [PossessionLine]
  /// The holder's other grants, which are listed and not touched.
  public let grants: [GrantLine]
  /// The holder's open cases, which are listed and not touched.
  public let cases: [CaseLine]
  /// The same for people.
  public let text: String

  /// Composes a page.
  public init(
    grant: GrantLine,
    at: Instant,
    deliveries: [PossessionLine],
    grants: [GrantLine],
    cases: [CaseLine],
    text: String
  ) {
    self.grant = grant
    self.at = at
    self.deliveries = deliveries
    self.grants = grants
    self.cases = cases
    self.text = text
  }

  /// `{"at","cases","deliveries","grant","grants","text"}`.
  public var json: JSONValue {
    .object([
      "at": .string(at.description),
      "cases": .array(cases.map(\.json)),
      "deliveries": .array(deliveries.map(\.json)),
      "grant": grant.json,
      "grants": .array(grants.map(\.json)),
      "text": .string(text),
    ])
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "exposure")
    self.init(
      grant: try GrantLine(json: try fields.value("grant")),
      at: try fields.instant("at"),
      deliveries: try fields.bodies("deliveries"),
      grants: try fields.bodies("grants"),
      cases: try fields.bodies("cases"),
      text: try fields.string("text")
    )
    try fields.finish()
  }
}
