public import SluiceEncoding
internal import SluiceGovernance

extension Rehearsal {
  /// `{"at","format","policies","policy","replay"?,"roster","scenarios","warnings"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description), "format": .string(Self.format),
      "policies": .texts(policies), "policy": .string(policy.hex), "roster": .string(roster.hex),
      "scenarios": .array(scenarios.map(\.json)), "warnings": .array(warnings.map(\.json)),
    ]
    members["replay"] = replay?.json
    return .object(members)
  }

  /// Reads a rehearsal.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "rehearsal")
    guard try fields.string("format").utf8.elementsEqual(Self.format.utf8) else {
      throw fields.fault("format", "is not \(Self.format)")
    }
    self.init(
      at: try fields.instant("at"),
      policy: try fields.digest("policy"),
      roster: try fields.digest("roster"),
      warnings: try fields.bodies("warnings"),
      scenarios: try fields.bodies("scenarios"),
      policies: try fields.map("policies"),
      replay: try fields.optionalBody("replay")
    )
    try fields.finish()
  }

  /// Reads the document.
  public init(document bytes: [UInt8]) throws(Malformed) {
    let rules = JSONRules.document.limited(to: Self.longest)
    try self.init(json: JSONValue(parsing: bytes, rules, format: "rehearsal"))
  }

  /// The document: the canonical bytes, without the texts where they would be too many.
  public var document: [UInt8] {
    let whole = json.canonical
    guard whole.count > Self.longest else { return whole }
    return Rehearsal(
      at: at,
      policy: policy,
      roster: roster,
      warnings: warnings,
      scenarios: scenarios.map { Story(file: $0.file, sha256: $0.sha256, text: nil) },
      replay: replay
    ).json.canonical
  }
}
