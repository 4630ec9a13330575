public import SluiceEncoding
public import SluiceGovernance

/// How much there is of a release.
public struct CountsLine: Body {
  /// How many cases of a kind stand somewhere.
  public struct Cases: Hashable, Sendable {
    /// The kind.
    public let kind: Case.Kind
    /// Where they stand.
    public let state: Case.State
    /// How many.
    public let count: Int

    /// Counts cases.
    public init(kind: Case.Kind, state: Case.State, count: Int) {
      self.kind = kind
      self.state = state
      self.count = count
    }
  }

  /// The cases by kind and state, sorted; what there is none of is left out.
  public let cases: [Cases]
  /// The open cases whose time to be decided ran out.
  public let overdue: Int
  /// The grants that were ever issued.
  public let grants: Int
  /// The grants that an act has ended.
  public let ended: Int
  /// The deliveries that were begun.
  public let deliveries: Int
  /// The deliveries of which every byte was acknowledged.
  public let complete: Int

  /// Composes counts.
  public init(
    cases: [Cases],
    overdue: Int,
    grants: Int,
    ended: Int,
    deliveries: Int,
    complete: Int
  ) {
    self.cases = cases.sorted {
      ($0.kind.rawValue, $0.state.rawValue) < ($1.kind.rawValue, $1.state.rawValue)
    }
    self.overdue = overdue
    self.grants = grants
    self.ended = ended
    self.deliveries = deliveries
    self.complete = complete
  }

  /// How many cases of any kind stand somewhere.
  public func cases(_ state: Case.State) -> Int {
    cases.filter { $0.state == state }.map(\.count).reduce(0, +)
  }

  /// `{"cases":[{"count","kind","state"}],"complete","deliveries","ended","grants","overdue"}`.
  public var json: JSONValue {
    .object([
      "cases": .array(
        cases.map { cases in
          .object([
            "count": .integer(cases.count), "kind": .string(cases.kind.rawValue),
            "state": .string(cases.state.rawValue),
          ])
        }
      ),
      "complete": .integer(complete), "deliveries": .integer(deliveries),
      "ended": .integer(ended), "grants": .integer(grants), "overdue": .integer(overdue),
    ])
  }

  /// Reads counts.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "counts")
    var cases: [Cases] = []
    for value in try fields.array("cases") {
      var item = try JSONFields(value, format: "counts", path: "cases")
      cases.append(
        Cases(
          kind: try item.word("kind"),
          state: try item.word("state"),
          count: try item.count("count")
        )
      )
      try item.finish()
    }
    self.init(
      cases: cases,
      overdue: try fields.count("overdue"),
      grants: try fields.count("grants"),
      ended: try fields.count("ended"),
      deliveries: try fields.count("deliveries"),
      complete: try fields.count("complete")
    )
    try fields.finish()
  }
}
