internal import SluiceEncoding
internal import SluiceGovernance

extension Verb.Proposal {
  var members: JSONObject {
    var members: JSONObject = [:]
    members["policy"] = policy.map { .string($0) }
    members["rehearsal"] = rehearsal.map { .string($0) }
    members["roster"] = roster.map { .string($0) }
    guard !terms.isEmpty else { return members }
    let texts = terms.map { JSONObject.Member(name: $0.key.rawValue, value: .string($0.value)) }
    return members.with("terms", .object(JSONObject(texts)))
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    let terms = try fields.optionalMap("terms") ?? [:]
    self.init(
      policy: try fields.optionalString("policy"),
      roster: try fields.optionalString("roster"),
      terms: [Terms.ID: String](
        uniqueKeysWithValues: terms.map { (Terms.ID($0.key), $0.value) }
      ),
      rehearsal: try fields.optionalString("rehearsal")
    )
  }
}

extension Verb.Gift {
  var members: JSONObject {
    var members: JSONObject = [:]
    members["accept"] = accepts.isEmpty ? nil : .names(accepts)
    members["answers"] = answers.members.isEmpty ? nil : .object(answers)
    return members
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    self.init(
      answers: try fields.answers(),
      accepts: (try fields.optionalTexts("accept") ?? []).map { Terms.ID($0) }
    )
  }
}

extension Verb.Wish {
  var members: JSONObject {
    var members = gift.members
    members["for"] = beneficiary.map { .string($0.description) }
    members["purpose"] = .string(purpose)
    members["stage"] = stage.map { .string($0.rawValue) }
    members["tiers"] = .names(tiers)
    return members
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    self.init(
      tiers: try fields.names("tiers"),
      stage: try fields.optionalName("stage"),
      beneficiary: try fields.optionalParty("for"),
      purpose: try fields.optionalString("purpose") ?? "",
      gift: try Verb.Gift(&fields)
    )
  }
}

extension Verb.Vouching {
  var members: JSONObject {
    var members: JSONObject = ["type": .string(type), "values": .texts(values)]
    members["asserted"] = assertedAt.map { .string($0.description) }
    members["expires"] = expiresAt.map { .string($0.description) }
    return members
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    self.init(
      type: try fields.string("type"),
      values: try fields.optionalMap("values") ?? [:],
      assertedAt: try fields.optionalInstant("asserted"),
      expiresAt: try fields.optionalInstant("expires")
    )
  }
}

extension JSONFields {
  /// Takes `answers`, form → field → text, which may be left out.
  mutating func answers() throws(Malformed) -> JSONObject {
    let answers = try optionalObject("answers") ?? [:]
    for form in answers.members where form.value.objectValue == nil {
      throw fault("answers", "\(form.name): must be an object, field: text")
    }
    return answers
  }
}

extension Verb.Occasion {
  /// `{"case"}` or `{"grant"}`.
  var members: JSONObject {
    switch self {
    case .case(let reference): ["case": .string(reference)]
    case .grant(let reference): ["grant": .string(reference)]
    }
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    guard let occasion = try Self(ifAny: &fields) else {
      throw fields.fault("case", "answers are given for a case or a grant, one of them")
    }
    self = occasion
  }

  /// Takes the case or the grant out, if one is named.
  init?(ifAny fields: inout JSONFields) throws(Malformed) {
    switch (try fields.optionalString("case"), try fields.optionalString("grant")) {
    case (let reference?, nil): self = .case(reference)
    case (nil, let reference?): self = .grant(reference)
    case (nil, nil): return nil
    default: throw fields.fault("case", "a case or a grant is named, one of them")
    }
  }
}

extension Statement.Finding {
  var members: JSONObject {
    [
      "attachments": .files(attachments), "kind": .string(kind), "method": .string(method),
      "metrics": .texts(metrics), "publish": .bool(publishes),
    ]
  }

  init(_ fields: inout JSONFields) throws(Malformed) {
    self.init(
      kind: try fields.string("kind"),
      metrics: try fields.optionalMap("metrics") ?? [:],
      method: try fields.optionalString("method") ?? "",
      attachments: try fields.optionalFiles("attachments") ?? [:],
      publishes: try fields.optionalBool("publish") ?? false
    )
  }
}

extension Statement.Order {
  var members: JSONObject {
    var members: JSONObject = ["code": .string(code.rawValue), "text": .string(text)]
    members["since"] = since.map { .string($0.description) }
    members["until"] = until.map { .string($0.description) }
    return members
  }
}
