public import SluiceEncoding
public import SluiceGovernance

extension GrantLine {
  /// An item of `grants`; `audience` is `everyone`, a principal or `group:NAME`.
  public var json: JSONValue {
    var members: JSONObject = [
      "audience": .string(audience.text),
      "case": .string(`case`.rawValue),
      "id": .string(id.rawValue),
      "not_before": .string(notBefore.description),
      "owes": .array(owes.map(\.json)),
      "policy": .string(policy.hex),
      "release": .string(release.rawValue),
      "status": .string(status.rawValue),
      "terms": .digests(terms),
      "tiers": .names(tiers),
    ]
    members["ended"] = ended.map { ended in
      .object([
        "at": .string(ended.at.description), "code": .string(ended.code.rawValue),
        "kind": .string(ended.kind.rawValue), "text": .string(ended.text),
      ])
    }
    members["held"] = held.map { .string($0.rawValue) }
    members["not_after"] = notAfter.map { .string($0.description) }
    members["number"] = number.map { .integer($0) }
    members["renewal"] = renewal.map { window in
      .object([
        "from": .string(window.from.description), "until": .string(window.until.description),
      ])
    }
    members["stage"] = stage.map { .string($0.rawValue) }
    members["successor"] = successor.map { .string($0.rawValue) }
    members["successor_of"] = successorOf.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "grant")
    self.init(
      id: try fields.identity("id"),
      number: try fields.optionalInteger("number"),
      release: try fields.release("release"),
      audience: try Grant.Audience(text: try fields.string("audience")),
      stage: try fields.optionalName("stage"),
      tiers: try fields.names("tiers"),
      status: try fields.word("status"),
      held: try fields.optionalIdentity("held"),
      notBefore: try fields.instant("not_before"),
      notAfter: try fields.optionalInstant("not_after"),
      case: try fields.identity("case"),
      policy: try fields.digest("policy"),
      terms: try fields.digests("terms"),
      renewal: try Renewal(try fields.optionalFields("renewal")),
      successorOf: try fields.optionalIdentity("successor_of"),
      successor: try fields.optionalIdentity("successor"),
      owes: try fields.bodies("owes"),
      ended: try Ended(try fields.optionalFields("ended"))
    )
    try fields.finish()
  }
}

extension GrantLine.Ended {
  fileprivate init?(_ fields: JSONFields?) throws(Malformed) {
    guard var fields else { return nil }
    self.init(
      kind: try fields.word("kind"),
      at: try fields.instant("at"),
      code: try fields.word("code"),
      text: try fields.string("text")
    )
    try fields.finish()
  }
}

extension GrantLine.Renewal {
  fileprivate init?(_ fields: JSONFields?) throws(Malformed) {
    guard var fields else { return nil }
    self.init(from: try fields.instant("from"), until: try fields.instant("until"))
    try fields.finish()
  }
}

extension Grant.Audience {
  /// `everyone`, the principal, or `group:NAME`.
  public var text: String {
    switch self {
    case .everyone: "everyone"
    case .principal(let principal): principal.rawValue
    case .group(let group): "group:\(group)"
    }
  }

  init(text: String) throws(Malformed) {
    guard !text.utf8.elementsEqual("everyone".utf8) else {
      self = .everyone
      return
    }
    switch try Statement.Beneficiary(parsing: text) {
    case .principal(let principal): self = .principal(principal)
    case .group(let group): self = .group(group)
    }
  }
}
