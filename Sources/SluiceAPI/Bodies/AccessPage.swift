public import SluiceEncoding
public import SluiceGovernance

/// Whether somebody may obtain a tier at an instant, and why (`explain access`).
public struct AccessPage: Body {
  /// The release.
  public let release: Release.ID
  /// The tier.
  public let tier: Tier.ID
  /// Whose access; `nil` is somebody without a name.
  public let principal: Principal.ID?
  /// The instant of the question.
  public let at: Instant
  /// The grant that a delivery would count on, or the one that came closest.
  public let grant: GrantLine?
  /// Why not; `nil` if the bytes may leave.
  public let problem: Problem?
  /// The same for people.
  public let text: String

  /// Composes a page.
  public init(
    release: Release.ID,
    tier: Tier.ID,
    principal: Principal.ID?,
    at: Instant,
    grant: GrantLine?,
    problem: Problem?,
    text: String
  ) {
    self.release = release
    self.tier = tier
    self.principal = principal
    self.at = at
    self.grant = grant
    self.problem = problem
    self.text = text
  }

  /// Whether the bytes may leave.
  public var isAllowed: Bool { problem == nil }

  /// `{"allowed","at","grant"?,"principal"?,"problem"?,"release","text","tier"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "allowed": .bool(isAllowed),
      "at": .string(at.description),
      "release": .string(release.rawValue),
      "text": .string(text),
      "tier": .string(tier.rawValue),
    ]
    members["grant"] = grant?.json
    members["principal"] = principal.map { .string($0.rawValue) }
    members["problem"] = problem?.json
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "access")
    self.init(
      release: try fields.release("release"),
      tier: try fields.name("tier"),
      principal: try fields.optionalPrincipal("principal"),
      at: try fields.instant("at"),
      grant: try fields.optionalBody("grant"),
      problem: try fields.optionalBody("problem"),
      text: try fields.string("text")
    )
    guard try fields.bool("allowed") == isAllowed else {
      throw Malformed("access", "allowed and problem disagree")
    }
    try fields.finish()
  }
}
