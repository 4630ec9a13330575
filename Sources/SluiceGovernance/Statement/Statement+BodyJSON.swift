public import SluiceEncoding

extension Statement.Body {
  /// The body as JSON.
  public var json: JSONValue {
    switch self {
    case .file(let filing): filing.json
    case .approve(let verdict): .object(verdict.members)
    case .deny(let verdict, let code):
      .object(verdict.members.adding("code", .string(code.rawValue)))
    case .answer(let id, let commitment):
      .object(["case": .string(id.rawValue), "commitment": .string(commitment.hex)])
    case .accept: .object([:])
    case .bind(let manifest): .object(["manifest": .string(manifest.hex)])
    case .revoke(let code, let text):
      .object(["code": .string(code.rawValue), "text": .string(text)])
    case .keychange(let change):
      .object([
        "action": .string(change.action.rawValue), "key": .string(change.key),
        "previous": .string(change.previous?.rawValue ?? ""),
      ])
    }
  }

  init(
    _ value: JSONValue,
    type: StatementType,
    subject: Statement.Subject
  ) throws(Malformed) {
    var fields = try JSONFields(value, format: Statement.format, path: "predicate.body")
    switch type {
    case .file: self = .file(try Statement.Filing(&fields, subject: subject))
    case .approve: self = .approve(try Statement.Verdict(&fields))
    case .deny:
      let verdict = try Statement.Verdict(&fields)
      try Statement.mustSay(verdict.reason, "predicate.body.reason")
      self = .deny(verdict, try ReasonCode(reading: &fields))
    case .answer:
      self = .answer(
        case: Case.ID(try fields.digest("case").hex),
        commitment: try fields.digest("commitment")
      )
    case .accept: self = .accept
    case .bind: self = .bind(manifest: try fields.digest("manifest"))
    case .revoke:
      let text = try fields.string("text")
      try Statement.mustSay(text, "predicate.body.text")
      try Statement.limit(text, to: 4_000, "predicate.body.text")
      self = .revoke(try ReasonCode(reading: &fields), text: text)
    case .keychange: self = .keychange(try Statement.KeyChange(&fields))
    }
    try fields.finish()
  }
}

extension Statement.Filing {
  var json: JSONValue {
    switch self {
    case .amend(let policy, let roster, let terms):
      .object([
        "kind": "amend", "policy": .string(policy.hex), "roster": .string(roster.hex),
        "terms": .digests(terms),
      ])
    case .open(_, let manifests): .object(["kind": "open", "manifests": .digests(manifests)])
    case .access(_, let tiers, let beneficiary, let purpose):
      .object([
        "beneficiary": .string(beneficiary.rawValue), "kind": "access",
        "purpose": .string(purpose), "tiers": .array(tiers.map { .string($0.rawValue) }),
      ])
    }
  }

  fileprivate init(
    _ fields: inout JSONFields,
    subject: Statement.Subject
  ) throws(Malformed) {
    let kind = try fields.string("kind")
    guard let kind = Case.Kind(rawValue: kind) else {
      throw Malformed(
        Statement.format,
        "predicate.body.kind: no kind of case of this version: \(kind)"
      )
    }
    switch kind {
    case .amend:
      self = .amend(
        policy: try fields.digest("policy"),
        roster: try fields.digest("roster"),
        terms: try fields.digests("terms")
      )
    case .open:
      self = .open(try Self.stage(subject), manifests: try fields.digests("manifests"))
    case .access:
      let purpose = try fields.string("purpose")
      try Statement.limit(purpose, to: 2_000, "predicate.body.purpose")
      var tiers: [Tier.ID] = []
      for value in try fields.array("tiers") {
        guard let name = value.stringValue, tiers.last.map({ $0.rawValue < name }) ?? true else {
          throw Malformed(Statement.format, "predicate.body.tiers: sorted names, none twice")
        }
        tiers.append(Tier.ID(name))
      }
      guard !tiers.isEmpty else {
        throw Malformed(Statement.format, "predicate.body.tiers: names no tier")
      }
      self = .access(
        try Self.stage(subject),
        tiers: tiers,
        beneficiary: try Principal.ID(parsing: try fields.string("beneficiary")),
        purpose: purpose
      )
    }
  }

  private static func stage(_ subject: Statement.Subject) throws(Malformed) -> Stage.ID {
    guard subject.name.hasPrefix("stage:") else {
      throw Malformed(Statement.format, "subject: name must begin with stage:")
    }
    return Stage.ID(String(subject.name.dropFirst(6)))
  }
}

extension Statement.Verdict {
  var members: JSONObject {
    [
      "case": .string(`case`.rawValue), "manifests": .digests(manifests),
      "policy": .string(policy.hex), "reason": .string(reason),
      "revision": .string(revision.rawValue),
    ]
  }

  fileprivate init(_ fields: inout JSONFields) throws(Malformed) {
    let reason = try fields.string("reason")
    try Statement.limit(reason, to: 4_000, "predicate.body.reason")
    self.init(
      case: Case.ID(try fields.digest("case").hex),
      revision: Case.Revision.ID(try fields.digest("revision").hex),
      policy: try fields.digest("policy"),
      manifests: try fields.digests("manifests"),
      reason: reason
    )
  }
}

extension Statement.KeyChange {
  fileprivate init(_ fields: inout JSONFields) throws(Malformed) {
    guard let action = Action(rawValue: try fields.string("action")) else {
      throw Malformed(Statement.format, "predicate.body.action: add or end")
    }
    let previous = try fields.string("previous")
    self.init(
      action: action,
      key: try fields.string("key"),
      previous: previous.isEmpty ? nil : Statement.ID(try SHA256Digest(hex: previous).hex)
    )
  }
}

extension ReasonCode {
  fileprivate init(reading fields: inout JSONFields) throws(Malformed) {
    let text = try fields.string("code")
    guard let code = ReasonCode(rawValue: text) else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw Malformed(Statement.format, "predicate.body.code: \(text) is none of \(known)")
    }
    self = code
  }
}

extension Statement {
  static func limit(_ text: String, to count: Int, _ path: String) throws(Malformed) {
    guard text.unicodeScalars.count <= count else {
      throw Malformed(format, "\(path): longer than \(count) characters")
    }
  }

  static func mustSay(_ text: String, _ path: String) throws(Malformed) {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Malformed(format, "\(path): must not be blank")
    }
  }
}

extension JSONFields {
  /// Reads a map from names to digests.
  mutating func digests<Subject>(
    _ name: String
  ) throws(Malformed) -> [Identifier<Subject>: SHA256Digest] {
    var map: [Identifier<Subject>: SHA256Digest] = [:]
    for member in try object(name).members {
      guard let text = member.value.stringValue else {
        throw Malformed(Statement.format, "\(name).\(member.name): must be a digest")
      }
      map[Identifier(member.name)] = try SHA256Digest(hex: text)
    }
    return map
  }
}

extension JSONValue {
  /// A map from names to digests.
  static func digests<Subject>(_ map: [Identifier<Subject>: SHA256Digest]) -> JSONValue {
    .object(JSONObject(map.map { .init(name: $0.key.rawValue, value: .string($0.value.hex)) }))
  }
}

extension JSONObject {
  /// The object with one more member.
  func adding(_ name: String, _ value: JSONValue) -> JSONObject {
    var copy = self
    copy[name] = value
    return copy
  }
}
