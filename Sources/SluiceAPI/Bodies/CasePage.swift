public import SluiceEncoding
public import SluiceGovernance

/// A case with all that its reader needs in order to act on it (`show`).
///
/// `wording` are the statements that worded it, so that whoever decides can check the rest of the
/// page against what was really asked: the SHA-256 of the first is the id, that of the last the
/// revision. A review, which nobody files, shows how its emergency was worded.
public struct CasePage: Body {
  /// The case.
  public let `case`: CaseLine
  /// How it was worded; of a review, how its emergency was.
  public let wording: Wording
  /// Of an appeal, how the denied case was worded.
  public let denied: Wording?
  /// What the tiers stand for: tier → manifest, services left out; empty in `amend` and `lift`.
  public let manifests: [Tier.ID: SHA256Digest]
  /// How much the tiers are that stand for files.
  public let sizes: [Tier.ID: TierSize]
  /// The texts that its gate asks to be accepted, as they were adopted with the policy that it keeps.
  public let terms: [Terms.ID: SHA256Digest]
  /// Why it stands where it stands (governance-domain 12).
  public let explanation: JSONValue
  /// The same for people.
  public let text: String
  /// Form → field → answer; `nil` unless the reader may see answers.
  public let answers: JSONObject?
  /// Fields that were answered and are private, of which the reader sees no more than that: form →
  /// fields; empty where the reader sees all answers, or none.
  public let withheld: [Form.ID: [String]]
  /// What happened, in log order.
  public let history: [HistoryLine]
  /// The reader's roles in the release, in file order.
  public let roles: [Role.ID]
  /// The reader, if nothing counts that they say in the case for whatever place, and why.
  public let excluded: Evaluation.Exclusion?
  /// The parties for whom nobody has vouched, as far as the reader may know how to reach them.
  public let registrants: [RegistrantLine]

  /// Composes a page.
  public init(
    case: CaseLine,
    wording: Wording,
    denied: Wording? = nil,
    manifests: [Tier.ID: SHA256Digest],
    sizes: [Tier.ID: TierSize] = [:],
    terms: [Terms.ID: SHA256Digest] = [:],
    explanation: JSONValue,
    text: String,
    answers: JSONObject?,
    withheld: [Form.ID: [String]] = [:],
    history: [HistoryLine],
    roles: [Role.ID] = [],
    excluded: Evaluation.Exclusion? = nil,
    registrants: [RegistrantLine] = []
  ) {
    self.`case` = `case`
    self.wording = wording
    self.denied = denied
    self.manifests = manifests
    self.sizes = sizes
    self.terms = terms
    self.explanation = explanation
    self.text = text
    self.answers = answers
    self.withheld = withheld
    self.history = history
    self.roles = roles
    self.excluded = excluded
    self.registrants = registrants
  }

  /// The object of `GET /sluice/v1/cases/REF`.
  public var json: JSONValue {
    var members: JSONObject = [
      "case": `case`.json,
      "explanation": explanation,
      "filing": .string(Base64.encode(wording.filing)),
      "history": .array(history.map(\.json)),
      "manifests": .digests(manifests),
      "revisions": wording.stepsJSON,
      "roles": .names(roles),
      "terms": .digests(terms),
      "text": .string(text),
    ]
    members["answers"] = answers.map { .object($0) }
    members["denied"] = denied.map { wording in
      .object([
        "filing": .string(Base64.encode(wording.filing)), "revisions": wording.stepsJSON,
      ])
    }
    members["excluded"] = excluded.map { excluded in
      .object([
        "head": .string(excluded.head.rawValue), "why": .string(excluded.why.rawValue),
      ])
    }
    if !sizes.isEmpty {
      members["sizes"] = .object(
        JSONObject(sizes.map { .init(name: $0.key.rawValue, value: $0.value.json) })
      )
    }
    if !withheld.isEmpty {
      members["withheld"] = .object(
        JSONObject(
          withheld.map { form, fields in
            .init(name: form.rawValue, value: .array(fields.map { .string($0) }))
          }
        )
      )
    }
    members["registrants"] = registrants.isEmpty ? nil : .array(registrants.map(\.json))
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "case page")
    let line = try CaseLine(json: try fields.value("case"))
    let wording = try Wording(&fields)
    var denied: Wording?
    if var earlier = try fields.optionalFields("denied") {
      denied = try Wording(&earlier)
      try earlier.finish()
    }
    var excluded: Evaluation.Exclusion?
    if var reader = try fields.optionalFields("excluded") {
      excluded = .init(head: try reader.principal("head"), why: try reader.word("why"))
      try reader.finish()
    }
    self.init(
      case: line,
      wording: wording,
      denied: denied,
      manifests: try fields.digests("manifests"),
      sizes: try Self.sizes(&fields),
      terms: try fields.digests("terms"),
      explanation: try fields.value("explanation"),
      text: try fields.string("text"),
      answers: try fields.optionalObject("answers"),
      withheld: try Self.withheld(&fields),
      history: try fields.bodies("history"),
      roles: try fields.names("roles"),
      excluded: excluded,
      registrants: try fields.optionalBodies("registrants") ?? []
    )
    try fields.finish()
  }
}

extension CasePage {
  private static func sizes(
    _ fields: inout JSONFields
  ) throws(Malformed) -> [Tier.ID: TierSize] {
    var sizes: [Tier.ID: TierSize] = [:]
    for member in try fields.optionalObject("sizes")?.members ?? [] {
      sizes[Tier.ID(member.name)] = try TierSize(json: member.value)
    }
    return sizes
  }

  private static func withheld(
    _ fields: inout JSONFields
  ) throws(Malformed) -> [Form.ID: [String]] {
    var withheld: [Form.ID: [String]] = [:]
    guard let object = try fields.optionalObject("withheld") else { return [:] }
    var forms = try JSONFields(.object(object), format: fields.format, path: "withheld")
    for form in object.names { withheld[Form.ID(form)] = try forms.texts(form) }
    return withheld
  }
}
