public import SluiceEncoding
public import SluiceGovernance

/// The decisions of one case, each decided again from the entries before it (`audit decision`).
public struct DecisionsPage: Body {
  /// The case.
  public let `case`: Case.ID
  /// Its number.
  public let number: Int
  /// Its decisions, in log order: more than one if an appeal was approved.
  public let decisions: [DecisionLine]

  /// Composes a page.
  public init(case: Case.ID, number: Int, decisions: [DecisionLine]) {
    self.case = `case`
    self.number = number
    self.decisions = decisions
  }

  /// Whether each of them follows from the log.
  public var agrees: Bool { decisions.allSatisfy(\.agrees) }

  /// The same for people.
  public var text: String {
    decisions.map { line in
      let counted = line.counted.map { counted in
        "  counted \(counted.statement.rawValue.prefix(12))"
          + (counted.by.map { " of \($0.name)" } ?? "")
      }
      let verdict =
        line.agrees
        ? [
          """
            agrees: the \(line.index) entries before it give the same outcome and the same \
          \(line.stored.count) bytes of explanation
          """
        ] : line.faults.map { "  differs: \($0)" }
      let head = "case \(number): \(line.outcome.rawValue) at \(line.at) by entry \(line.index)"
      return ([head] + counted + verdict).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// `{"agrees","case","decisions","number"}`.
  public var json: JSONValue {
    .object([
      "agrees": .bool(agrees),
      "case": .string(`case`.rawValue),
      "decisions": .array(decisions.map(\.json)),
      "number": .integer(number),
    ])
  }

  /// Reads a page; whether it agrees is compared and not believed.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "decisions")
    self.init(
      case: try fields.identity("case"),
      number: try fields.integer("number"),
      decisions: try fields.bodies("decisions")
    )
    guard try fields.bool("agrees") == agrees else {
      throw fields.fault("agrees", "is not what the decisions say")
    }
    try fields.finish()
  }
}
