public import SluiceEncoding
public import SluiceGovernance

/// An approval that rests on what a doubtful key signed: it stands, until a steward acts.
public struct UnderminedLine: Body {
  /// The release.
  public let release: Release.ID
  /// The running number of the case.
  public let number: Int
  /// What was asked.
  public let kind: Case.Kind
  /// When it was approved.
  public let approvedAt: Instant
  /// What was granted by it, and not ended since.
  public let grants: [Grant.ID]

  /// Composes a line.
  public init(
    release: Release.ID,
    number: Int,
    kind: Case.Kind,
    approvedAt: Instant,
    grants: [Grant.ID]
  ) {
    self.release = release
    self.number = number
    self.kind = kind
    self.approvedAt = approvedAt
    self.grants = grants
  }

  /// `{"approved_at","case","grants","kind","release"}`.
  public var json: JSONValue {
    .object([
      "approved_at": .string(approvedAt.description), "case": .integer(number),
      "grants": .names(grants), "kind": .string(kind.rawValue),
      "release": .string(release.rawValue),
    ])
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "undermined")
    self.init(
      release: try fields.release("release"),
      number: try fields.integer("case"),
      kind: try fields.word("kind"),
      approvedAt: try fields.instant("approved_at"),
      grants: try fields.names("grants")
    )
    try fields.finish()
  }
}
