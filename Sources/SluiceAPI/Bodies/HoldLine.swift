public import SluiceEncoding
public import SluiceGovernance

/// One hold, as lists and pages show it.
public struct HoldLine: Body {
  /// Its identity.
  public let id: Hold.ID
  /// The release in which it bites.
  public let release: Release.ID
  /// What it bites on.
  public let subject: Hold.Subject
  /// Why.
  public let code: ReasonCode
  /// Why, in words; `nil` for readers whom it is not meant for.
  public let text: String?
  /// The steward who placed it; `nil` of an obligation's, and for readers who may not see persons.
  public let placedBy: Principal.ID?
  /// Log time.
  public let placedAt: Instant
  /// When it ends by itself.
  public let until: Instant?
  /// Of a key: from when on what it signed is doubtful.
  public let since: Instant?
  /// Log time of the decision that lifted it.
  public let liftedAt: Instant?
  /// Whether it refuses at the instant of the question.
  public let isActive: Bool

  /// Composes a line.
  public init(
    id: Hold.ID,
    release: Release.ID,
    subject: Hold.Subject,
    code: ReasonCode,
    text: String?,
    placedBy: Principal.ID?,
    placedAt: Instant,
    until: Instant?,
    since: Instant?,
    liftedAt: Instant?,
    isActive: Bool
  ) {
    self.id = id
    self.release = release
    self.subject = subject
    self.code = code
    self.text = text
    self.placedBy = placedBy
    self.placedAt = placedAt
    self.until = until
    self.since = since
    self.liftedAt = liftedAt
    self.isActive = isActive
  }

  /// Shows a hold as it stands at `now`; to whom it is not meant for, without words and persons.
  public init(_ hold: Hold, in release: Release.ID, at now: Instant, isFull: Bool) {
    self.init(
      id: hold.id,
      release: release,
      subject: hold.subject,
      code: hold.code,
      text: isFull ? hold.text : nil,
      placedBy: isFull ? hold.placedBy : nil,
      placedAt: hold.placedAt,
      until: hold.until,
      since: hold.since,
      liftedAt: hold.liftedAt,
      isActive: hold.isActive(at: now)
    )
  }

  /// An item of `holds`; `subject` is such as `tier:weights`, `person:bob` or `grant:` and a digest.
  public var json: JSONValue {
    var members: JSONObject = [
      "active": .bool(isActive),
      "code": .string(code.rawValue),
      "id": .string(id.rawValue),
      "placed_at": .string(placedAt.description),
      "release": .string(release.rawValue),
      "subject": .string(subject.description),
    ]
    members["lifted_at"] = liftedAt.map { .string($0.description) }
    members["placed_by"] = placedBy.map { .string($0.rawValue) }
    members["since"] = since.map { .string($0.description) }
    members["text"] = text.map { .string($0) }
    members["until"] = until.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "hold")
    guard let subject = Hold.Subject(text: try fields.string("subject")) else {
      throw fields.fault("subject", "names nothing that can be held")
    }
    self.init(
      id: try fields.identity("id"),
      release: try fields.release("release"),
      subject: subject,
      code: try fields.word("code"),
      text: try fields.optionalString("text"),
      placedBy: try fields.optionalPrincipal("placed_by"),
      placedAt: try fields.instant("placed_at"),
      until: try fields.optionalInstant("until"),
      since: try fields.optionalInstant("since"),
      liftedAt: try fields.optionalInstant("lifted_at"),
      isActive: try fields.bool("active")
    )
    try fields.finish()
  }
}
