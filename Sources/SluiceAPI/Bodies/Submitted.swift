public import SluiceEncoding

/// What statements led to: the events they caused and the new state of what they touched.
public struct Submitted: Body {
  /// One entry of the log.
  public struct Event: Hashable, Sendable {
    /// Its index.
    public let index: Int
    /// A statement's type or a service entry's name.
    public let kind: String

    /// Names an entry.
    public init(index: Int, kind: String) {
      self.index = index
      self.kind = kind
    }
  }

  /// The entries, in log order.
  public let events: [Event]
  /// The cases that were touched, as they stand now.
  public let cases: [CaseLine]
  /// The grants that were issued or ended.
  public let grants: [GrantLine]
  /// The holds that were placed or lifted, as they stand now.
  public let holds: [HoldLine]
  /// The measurements and reports of leaks that were recorded or confirmed, as they stand now; what was
  /// taken back is none any more.
  public let evidence: [EvidenceLine]

  /// Of a hold on a key that says since when, the approvals that rest on what it signed since; for those
  /// who see everybody.
  public let undermined: [UnderminedLine]

  /// Composes an answer.
  public init(
    events: [Event],
    cases: [CaseLine],
    grants: [GrantLine],
    holds: [HoldLine] = [],
    evidence: [EvidenceLine] = [],
    undermined: [UnderminedLine] = []
  ) {
    self.events = events
    self.cases = cases
    self.grants = grants
    self.holds = holds
    self.evidence = evidence
    self.undermined = undermined
  }

  /// `{"cases","events":[{"index","kind"}],"evidence","grants","holds","undermined"?}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "cases": .array(cases.map(\.json)),
      "events": .array(
        events.map { .object(["index": .integer($0.index), "kind": .string($0.kind)]) }
      ),
      "evidence": .array(evidence.map(\.json)),
      "grants": .array(grants.map(\.json)),
      "holds": .array(holds.map(\.json)),
    ]
    members["undermined"] = undermined.isEmpty ? nil : .array(undermined.map(\.json))
    return .object(members)
  }

  /// Reads an answer.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "submitted")
    var events: [Event] = []
    for value in try fields.array("events") {
      var event = try JSONFields(value, format: "submitted", path: "events")
      events.append(Event(index: try event.integer("index"), kind: try event.string("kind")))
      try event.finish()
    }
    self.init(
      events: events,
      cases: try fields.bodies("cases"),
      grants: try fields.bodies("grants"),
      holds: try fields.bodies("holds"),
      evidence: try fields.bodies("evidence"),
      undermined: try fields.optionalBodies("undermined") ?? []
    )
    try fields.finish()
  }
}
