public import SluiceEncoding
internal import SluiceGovernance

extension CaseLine {
  /// The member `case` of interface 4, and an item of `cases`.
  public var json: JSONValue {
    var members: JSONObject = [
      "filed_at": .string(filedAt.description),
      "gate": .string(gate.rawValue),
      "id": .string(id.rawValue),
      "kind": .string(kind.rawValue),
      "number": .integer(number),
      "overdue": .bool(isOverdue),
      "policy": .string(policy.hex),
      "purpose": .string(purpose),
      "release": .string(release.rawValue),
      "requester": .string(requester.rawValue),
      "revised_at": .string(revisedAt.description),
      "revision": .string(revision.rawValue),
      "signature": .string(strength.rawValue),
      "state": .string(state.rawValue),
      "summary": .string(summary),
      "tiers": .names(tiers),
      "waits_for_me": .bool(waitsForMe),
    ]
    members["about"] = about?.json
    members["beneficiary"] = party.map { .string($0.description) }
    members["deadline"] = deadline.map { .string($0.description) }
    members["due_at"] = dueAt.map { .string($0.description) }
    members["ended_at"] = endedAt.map { .string($0.description) }
    members["lapse_at"] = lapseAt.map { .string($0.description) }
    members["waits_for"] = waitsFor.isEmpty ? nil : .array(waitsFor.map { .string($0.rawValue) })
    members["stage"] = stage.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "case")
    self.init(
      id: try fields.identity("id"),
      number: try fields.integer("number"),
      kind: try fields.word("kind"),
      state: try fields.word("state"),
      release: try fields.release("release"),
      stage: try fields.optionalName("stage"),
      tiers: try fields.names("tiers"),
      requester: try fields.principal("requester"),
      party: try fields.optionalParty("beneficiary"),
      about: try About(try fields.optionalFields("about")),
      purpose: try fields.string("purpose"),
      revision: try fields.identity("revision"),
      revisedAt: try fields.instant("revised_at"),
      policy: try fields.digest("policy"),
      gate: try fields.name("gate"),
      strength: try fields.word("signature"),
      filedAt: try fields.instant("filed_at"),
      dueAt: try fields.optionalInstant("due_at"),
      isOverdue: try fields.bool("overdue"),
      lapseAt: try fields.optionalInstant("lapse_at"),
      deadline: try fields.optionalInstant("deadline"),
      endedAt: try fields.optionalInstant("ended_at"),
      waitsForMe: try fields.bool("waits_for_me"),
      waitsFor: try fields.principals("waits_for"),
      summary: try fields.string("summary")
    )
    try fields.finish()
  }
}

extension JSONFields {
  /// Takes a list of principals, which may be left out.
  fileprivate mutating func principals(_ name: String) throws(Malformed) -> [Principal.ID] {
    var principals: [Principal.ID] = []
    for text in try optionalTexts(name) ?? [] { principals.append(try Principal.ID(parsing: text)) }
    return principals
  }
}

extension CaseLine.About {
  /// `{"id","kind"}`, the kind being `policy`, `grant`, `hold` or `case`.
  fileprivate var json: JSONValue {
    let (kind, id) =
      switch self {
      case .policy(let digest): ("policy", digest.hex)
      case .grant(let id): ("grant", id.rawValue)
      case .hold(let id): ("hold", id.rawValue)
      case .case(let id): ("case", id.rawValue)
      }
    return .object(["id": .string(id), "kind": .string(kind)])
  }

  fileprivate init?(_ fields: JSONFields?) throws(Malformed) {
    guard var fields else { return nil }
    let id = try fields.digest("id")
    switch try fields.string("kind") {
    case "policy": self = .policy(id)
    case "grant": self = .grant(.init(id.hex))
    case "hold": self = .hold(.init(id.hex))
    case "case": self = .case(.init(id.hex))
    default: throw fields.fault("kind", "must be policy, grant, hold or case")
    }
    try fields.finish()
  }
}
