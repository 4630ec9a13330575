public import SluiceEncoding
public import SluiceGovernance

/// One stage of a release, as its page shows it.
public struct StageLine: Body {
  /// Its name.
  public let stage: Stage.ID
  /// The tiers that it offers, in file order.
  public let offers: [Tier.ID]
  /// The gate that opens it.
  public let opens: Gate.ID
  /// The gate that admits; `nil` admits everyone.
  public let admits: Gate.ID?
  /// Since when it is open; `nil` while it is closed.
  public let openedAt: Instant?
  /// How long its grants last; `nil` is for good.
  public let lasts: Duration?

  /// Composes a line.
  public init(
    stage: Stage.ID,
    offers: [Tier.ID],
    opens: Gate.ID,
    admits: Gate.ID?,
    openedAt: Instant?,
    lasts: Duration?
  ) {
    self.stage = stage
    self.offers = offers
    self.opens = opens
    self.admits = admits
    self.openedAt = openedAt
    self.lasts = lasts
  }

  /// Whether it has opened.
  public var isOpen: Bool { openedAt != nil }

  /// `{"admits","lasts"?,"offers","open","opened_at"?,"opens","stage"}`; `admits` is `everyone`
  /// or a gate: a policy cannot name a gate of that name there.
  public var json: JSONValue {
    var members: JSONObject = [
      "admits": .string(admits?.rawValue ?? Self.everyone),
      "offers": .names(offers),
      "open": .bool(isOpen),
      "opens": .string(opens.rawValue),
      "stage": .string(stage.rawValue),
    ]
    members["lasts"] = lasts.map { .string($0.description) }
    members["opened_at"] = openedAt.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "stage")
    let admits = try fields.string("admits")
    let lasts = try fields.optionalString("lasts")
    self.init(
      stage: try fields.name("stage"),
      offers: try fields.names("offers"),
      opens: try fields.name("opens"),
      admits: admits.utf8.elementsEqual(Self.everyone.utf8) ? nil : Identifier(admits),
      openedAt: try fields.optionalInstant("opened_at"),
      lasts: try lasts.map { text throws(Malformed) in try Duration(text) }
    )
    guard try fields.bool("open") == isOpen else {
      throw Malformed("stage", "open and opened_at disagree")
    }
    try fields.finish()
  }

  private static let everyone = "everyone"
}
