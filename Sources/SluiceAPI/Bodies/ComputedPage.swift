public import SluiceEncoding
public import SluiceGovernance

/// What a deployment has computed about a tier, and what became of it.
public struct ComputedPage: Body {
  /// The kind of evidence.
  public let kind: String
  /// What was computed: name → decimal.
  public let metrics: [String: String]
  /// How, with all inputs.
  public let method: String
  /// What was recorded; `nil` if it was only looked at.
  public let recorded: Submitted?

  /// Shows a finding.
  public init(_ finding: Statement.Finding, recorded: Submitted?) {
    kind = finding.kind
    metrics = finding.metrics
    method = finding.method
    self.recorded = recorded
  }

  /// `{"finding":{"kind","method","metrics"},"recorded"?}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "finding": .object([
        "kind": .string(kind), "method": .string(method), "metrics": .texts(metrics),
      ])
    ]
    members["recorded"] = recorded?.json
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "computed")
    var finding = try fields.fields("finding")
    kind = try finding.string("kind")
    method = try finding.string("method")
    metrics = try finding.map("metrics")
    try finding.finish()
    recorded = try fields.optionalBody("recorded")
    try fields.finish()
  }
}
