public import SluiceEncoding
public import SluiceGovernance

/// A stage with what its gates ask for and how far its opening has come.
public struct StagePage: Body {
  /// The release.
  public let release: Release.ID
  /// The stage.
  public let stage: StageLine
  /// What its tiers stand for since it opened; empty while it is closed.
  public let manifests: [Tier.ID: SHA256Digest]
  /// The forms that some way through its admission asks to be answered.
  public let forms: [Form.ID]
  /// The texts that some way through its admission asks to be accepted.
  public let terms: [Terms.ID]
  /// The case that opened it, or the one that asks that it open.
  public let opening: CaseLine?
  /// Why that case stands where it stands.
  public let explanation: JSONValue?
  /// The same for people.
  public let text: String
  /// The holds on the stage and on its tiers that refuse now.
  public let holds: [HoldLine]

  /// Composes a page.
  public init(
    release: Release.ID,
    stage: StageLine,
    manifests: [Tier.ID: SHA256Digest],
    forms: [Form.ID],
    terms: [Terms.ID],
    opening: CaseLine?,
    explanation: JSONValue?,
    text: String,
    holds: [HoldLine]
  ) {
    self.release = release
    self.stage = stage
    self.manifests = manifests
    self.forms = forms
    self.terms = terms
    self.opening = opening
    self.explanation = explanation
    self.text = text
    self.holds = holds
  }

  /// The object of `GET /sluice/v1/releases/OWNER/NAME/stages/STAGE`.
  public var json: JSONValue {
    var members: JSONObject = [
      "forms": .names(forms),
      "holds": .array(holds.map(\.json)),
      "manifests": .digests(manifests),
      "release": .string(release.rawValue),
      "stage": stage.json,
      "terms": .names(terms),
      "text": .string(text),
    ]
    members["explanation"] = explanation
    members["opening"] = opening?.json
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "stage page")
    self.init(
      release: try fields.release("release"),
      stage: try StageLine(json: try fields.value("stage")),
      manifests: try fields.digests("manifests"),
      forms: try fields.names("forms"),
      terms: try fields.names("terms"),
      opening: try fields.optionalBody("opening"),
      explanation: fields.optionalValue("explanation"),
      text: try fields.string("text"),
      holds: try fields.bodies("holds")
    )
    try fields.finish()
  }
}
