import SluiceEncoding
import SluiceGovernance

extension Fixture {
  /// The file: JSON, an entry a line.
  var text: String {
    func list(_ values: [JSONValue]) -> String {
      "[\n" + values.map(\.text).joined(separator: ",\n") + "\n]"
    }
    let explained = explanations.sorted { $0.key < $1.key }.map { index, text in
      "\(JSONValue.string("\(index)").text):\(JSONValue.string(text).text)"
    }
    return """
      {"about":\(JSONValue.string(about).text),
      "rules":\(JSONValue.string(rules).text),
      "policies":\(list(policies.map { .string($0) })),
      "rosters":\(list(rosters.map { .string($0) })),
      "entries":\(list(entries.map(\.json))),
      "explanations":{
      \(explained.joined(separator: ",\n"))
      }}

      """
  }

  init(json bytes: [UInt8]) throws(Malformed) {
    let rules = JSONRules.document.limited(to: 16 << 20)
    var fields = try JSONFields(
      try JSONValue(parsing: bytes, rules, format: "fixture"),
      format: "fixture"
    )
    about = try fields.string("about")
    self.rules = try fields.string("rules")
    policies = try fields.array("policies").compactMap(\.stringValue)
    rosters = try fields.array("rosters").compactMap(\.stringValue)
    var entries: [Entry] = []
    for value in try fields.array("entries") { entries.append(try Entry(json: value)) }
    self.entries = entries
    var explanations: [Int: String] = [:]
    for member in try fields.object("explanations").members {
      guard let index = Int(member.name), let text = member.value.stringValue else {
        throw fields.fault("explanations", "must be index → text")
      }
      explanations[index] = text
    }
    self.explanations = explanations
    try fields.finish()
  }
}

extension Entry {
  fileprivate var json: JSONValue {
    var members: JSONObject = ["at": .string(at.description), "index": .integer(index)]
    switch fact {
    case .accepted(let said):
      members["statement"] = said.statement.json
      members["strength"] = .string(said.strength.rawValue)
      members["key"] = said.key.map { .string($0) }
      members["number"] = said.number.map { .integer($0) }
      members["organisation"] = said.organisation.map { .string($0.rawValue) }
    case .decided(let decision):
      members["decided"] = .string(decision.case.rawValue)
      members["outcome"] = .string(decision.outcome.rawValue)
      members["counted"] = .array(decision.counted.map { .string($0.rawValue) })
      members["review"] = decision.review.map { .integer($0) }
    case .supposed(let premise):
      members["decided"] = .string(premise.case.rawValue)
      members["outcome"] = "approved"
      members["counted"] = .array([])
    case .issued(let grant): members["issued"] = grant.json
    case .overdue(let id): members["overdue"] = .string(id.rawValue)
    case .lapsed(let id): members["lapsed"] = .string(id.rawValue)
    case .unpaid(let id, let place, let event):
      members["unpaid"] = .string(id.rawValue)
      members["owes"] = .integer(place)
      members["event"] = .string(event.hex)
    case .clock(let isPaused): members["paused"] = .bool(isPaused)
    }
    return .object(members)
  }

  fileprivate init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "fixture", path: "entries")
    let at = try fields.instant("at")
    let index = try fields.integer("index")
    let fact: Fact
    if let statement = fields.optionalValue("statement") {
      let strength = try fields.string("strength")
      fact = .accepted(
        .init(
          try Statement(canonical: statement.canonical),
          strength: Strength(rawValue: strength) ?? .session,
          key: try fields.optionalString("key"),
          number: try fields.optionalInteger("number"),
          organisation: try fields.optionalString("organisation").map { Principal.ID($0) }
        )
      )
    } else if let id = try fields.optionalString("decided") {
      var event: JSONObject = [
        "case": .string(id), "counted": .array(try fields.array("counted")), "kind": "decide",
        "outcome": .string(try fields.string("outcome")),
      ]
      event["review"] = try fields.optionalInteger("review").map { .integer($0) }
      fact = .decided(try Decision.Record(canonical: JSONValue.object(event).canonical))
    } else if let grant = try fields.optionalFields("issued") {
      fact = .issued(try Grant(grant, index: index))
    } else if let id = try fields.optionalString("overdue") {
      fact = .overdue(Case.ID(id))
    } else if let id = try fields.optionalString("lapsed") {
      fact = .lapsed(Case.ID(id))
    } else if let id = try fields.optionalString("unpaid") {
      fact = .unpaid(
        Grant.ID(id),
        owes: try fields.integer("owes"),
        event: try fields.digest("event")
      )
    } else {
      fact = .clock(isPaused: try fields.bool("paused"))
    }
    try fields.finish()
    self.init(index: index, at: at, fact: fact)
  }
}

extension Grant {
  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "id": .string(id.rawValue), "release": .string(terms.release.rawValue),
      "case": .string(terms.case.rawValue), "not_before": .string(terms.notBefore.description),
      "policy": .string(terms.policy.hex), "tiers": .named(terms.tiers),
      "terms": .named(terms.terms),
    ]
    members["stage"] = terms.stage.map { .string($0.rawValue) }
    members["not_after"] = terms.notAfter.map { .string($0.description) }
    members["successor_of"] = terms.successorOf.map { .string($0.rawValue) }
    switch terms.audience {
    case .everyone: members["audience"] = "everyone"
    case .principal(let holder): members["audience"] = .string(holder.rawValue)
    case .group(let group): members["audience"] = .string("group:\(group)")
    }
    return .object(members)
  }

  fileprivate init(_ json: JSONFields, index: Int) throws(Malformed) {
    var fields = json
    let audience = try fields.string("audience")
    let group = "group:"
    let id = Grant.ID(try fields.string("id"))
    let terms = Terms(
      release: Release.ID(try fields.string("release")),
      case: Case.ID(try fields.string("case")),
      stage: try fields.optionalString("stage").map { Stage.ID($0) },
      audience: audience == "everyone"
        ? .everyone
        : audience.hasPrefix(group)
          ? .group(Group.ID(String(audience.dropFirst(group.count))))
          : .principal(Principal.ID(audience)),
      tiers: try fields.digests("tiers"),
      notBefore: try fields.instant("not_before"),
      notAfter: try fields.optionalInstant("not_after"),
      terms: try fields.digests("terms"),
      policy: try fields.digest("policy"),
      successorOf: try fields.optionalString("successor_of").map { Grant.ID($0) }
    )
    try fields.finish()
    self.init(id: id, index: index, terms: terms)
  }
}

extension JSONValue {
  fileprivate static func named<Subject>(_ map: [Identifier<Subject>: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key.rawValue, value: .string($0.value.hex)) }))
  }
}

extension JSONFields {
  fileprivate mutating func digests<Subject>(
    _ name: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    for member in try object(name).members {
      map[Identifier(member.name)] = try SHA256Digest(hex: member.value.stringValue ?? "")
    }
    return map
  }
}
