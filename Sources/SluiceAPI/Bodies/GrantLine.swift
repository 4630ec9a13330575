public import SluiceEncoding
public import SluiceGovernance

/// One grant, as lists show it.
public struct GrantLine: Body {
  /// The end of a grant by a steward's act.
  public struct Ended: Hashable, Sendable {
    /// Log time.
    public let at: Instant
    /// Why, from the closed list.
    public let code: ReasonCode
    /// What the holder is told.
    public let text: String

    /// Composes an end.
    public init(at: Instant, code: ReasonCode, text: String) {
      self.at = at
      self.code = code
      self.text = text
    }
  }

  /// The digest of the `issue` event, in hex.
  public let id: Grant.ID
  /// The running number of the case that led to it.
  public let number: Int?
  /// The release.
  public let release: Release.ID
  /// To whom it is given.
  public let audience: Grant.Audience
  /// The stage through which it was obtained.
  public let stage: Stage.ID
  /// The tiers that it opens, sorted.
  public let tiers: [Tier.ID]
  /// What it is worth at the instant of the question.
  public let status: Grant.Status
  /// The first second at which it is worth something.
  public let notBefore: Instant
  /// The first second at which it no longer is.
  public let notAfter: Instant?
  /// The case that led to it.
  public let `case`: Case.ID
  /// How it was ended, if it was.
  public let ended: Ended?

  /// Composes a line.
  public init(
    id: Grant.ID,
    number: Int?,
    release: Release.ID,
    audience: Grant.Audience,
    stage: Stage.ID,
    tiers: [Tier.ID],
    status: Grant.Status,
    notBefore: Instant,
    notAfter: Instant?,
    case: Case.ID,
    ended: Ended?
  ) {
    self.id = id
    self.number = number
    self.release = release
    self.audience = audience
    self.stage = stage
    self.tiers = tiers
    self.status = status
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.`case` = `case`
    self.ended = ended
  }
}

extension GrantLine {
  /// Shows `grant` as it stands at `now`; `number` is that of its case.
  public init(_ grant: Grant, number: Int?, at now: Instant) {
    let ending = grant.ending.flatMap { $0.at <= now ? $0 : nil }
    self.init(
      id: grant.id,
      number: number,
      release: grant.terms.release,
      audience: grant.terms.audience,
      stage: grant.terms.stage,
      tiers: grant.terms.tiers.keys.sorted { $0.rawValue < $1.rawValue },
      status: grant.status(at: now),
      notBefore: grant.terms.notBefore,
      notAfter: grant.terms.notAfter,
      case: grant.terms.case,
      ended: ending.map { Ended(at: $0.at, code: $0.code, text: $0.text) }
    )
  }

  /// An item of `grants`; `audience` is `everyone` or a principal.
  public var json: JSONValue {
    var members: JSONObject = [
      "audience": .string(audience.text),
      "case": .string(`case`.rawValue),
      "id": .string(id.rawValue),
      "not_before": .string(notBefore.description),
      "release": .string(release.rawValue),
      "stage": .string(stage.rawValue),
      "status": .string(status.rawValue),
      "tiers": .names(tiers),
    ]
    members["ended"] = ended.map { ended in
      .object([
        "at": .string(ended.at.description), "code": .string(ended.code.rawValue),
        "text": .string(ended.text),
      ])
    }
    members["not_after"] = notAfter.map { .string($0.description) }
    members["number"] = number.map { .integer($0) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "grant")
    self.init(
      id: try fields.identity("id"),
      number: try fields.optionalInteger("number"),
      release: try fields.release("release"),
      audience: try Grant.Audience(text: try fields.string("audience")),
      stage: try fields.name("stage"),
      tiers: try fields.names("tiers"),
      status: try fields.word("status"),
      notBefore: try fields.instant("not_before"),
      notAfter: try fields.optionalInstant("not_after"),
      case: try fields.identity("case"),
      ended: try Ended(try fields.optionalFields("ended"))
    )
    try fields.finish()
  }
}

extension GrantLine.Ended {
  fileprivate init?(_ fields: JSONFields?) throws(Malformed) {
    guard var fields else { return nil }
    self.init(
      at: try fields.instant("at"),
      code: try fields.word("code"),
      text: try fields.string("text")
    )
    try fields.finish()
  }
}

extension Grant.Audience {
  /// `everyone`, or the principal.
  public var text: String {
    switch self {
    case .everyone: "everyone"
    case .principal(let principal): principal.rawValue
    }
  }

  fileprivate init(text: String) throws(Malformed) {
    guard !text.utf8.elementsEqual("everyone".utf8) else {
      self = .everyone
      return
    }
    self = .principal(try Principal.ID(parsing: text))
  }
}
