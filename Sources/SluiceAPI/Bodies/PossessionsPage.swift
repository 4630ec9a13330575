public import SluiceEncoding
internal import SluiceGovernance

/// A part of who received what, and on the first part how much there is in all.
public struct PossessionsPage: Body {
  /// How much was received.
  public struct Totals: Hashable, Sendable {
    /// How many lines there are.
    public let lines: Int
    /// How many people received something; those who were erased are not among them.
    public let recipients: Int
    /// How many deliveries were begun.
    public let deliveries: Int
    /// How often what is for everyone was handed out without a name; no line is about that.
    public let counted: Int
    /// The bytes of those hand-outs, at most.
    public let countedBytes: Int

    /// Composes totals.
    public init(
      lines: Int,
      recipients: Int,
      deliveries: Int,
      counted: Int = 0,
      countedBytes: Int = 0
    ) {
      self.lines = lines
      self.recipients = recipients
      self.deliveries = deliveries
      self.counted = counted
      self.countedBytes = countedBytes
    }
  }

  /// What was received, earliest first.
  public let items: [PossessionLine]
  /// The place after which the next part begins; `nil` after the last.
  public let next: String?
  /// How much there is in all; only on the first part.
  public let totals: Totals?

  /// Composes a part.
  public init(_ items: [PossessionLine], next: String? = nil, totals: Totals? = nil) {
    self.items = items
    self.next = next
    self.totals = totals
  }

  /// `{"items":[…],"next"?,"totals"?}`, of which `totals` is
  /// `{"counted","counted_bytes","deliveries","lines","recipients"}`.
  public var json: JSONValue {
    var members: JSONObject = ["items": .array(items.map(\.json))]
    members["next"] = next.map { .string($0) }
    members["totals"] = totals.map { totals in
      .object([
        "counted": .integer(totals.counted), "counted_bytes": .integer(totals.countedBytes),
        "deliveries": .integer(totals.deliveries), "lines": .integer(totals.lines),
        "recipients": .integer(totals.recipients),
      ])
    }
    return .object(members)
  }

  /// Reads a part.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "possessions")
    let items: [PossessionLine] = try fields.bodies("items")
    let next = try fields.optionalString("next")
    var totals: Totals?
    if var counts = try fields.optionalFields("totals") {
      totals = Totals(
        lines: try counts.count("lines"),
        recipients: try counts.count("recipients"),
        deliveries: try counts.count("deliveries"),
        counted: try counts.count("counted"),
        countedBytes: try counts.count("counted_bytes")
      )
      try counts.finish()
    }
    try fields.finish()
    self.init(items, next: next, totals: totals)
  }
}
