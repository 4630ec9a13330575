public import SluiceEncoding

extension Statement.Filing {
  /// The longest purpose, in Unicode scalars.
  static let limit = 2_000

  /// What is asked, as JSON; what the subject says is not repeated.
  public var json: JSONValue { .object(members) }

  var members: JSONObject {
    switch self {
    case .amend(let policy, let roster, let terms, let rehearsal):
      Self.members(policy, roster, terms, rehearsal)
    case .open(_, let manifests): ["kind": "open", "manifests": .digests(manifests)]
    case .access(_, let tiers, let beneficiary, let purpose):
      [
        "beneficiary": .string(beneficiary.description), "kind": "access",
        "purpose": .string(purpose), "tiers": .tiers(tiers),
      ]
    case .renew(_, let purpose): ["kind": "renew", "purpose": .string(purpose)]
    case .lift(_, let purpose): ["kind": "lift", "purpose": .string(purpose)]
    case .appeal(_, let revision, let purpose):
      [
        "kind": "appeal", "purpose": .string(purpose), "revision": .string(revision.rawValue),
      ]
    case .emergency(let manifests, let beneficiary, let purpose):
      [
        "beneficiary": .string(beneficiary.rawValue), "kind": "emergency",
        "manifests": .digests(manifests), "purpose": .string(purpose),
      ]
    case .review(let emergency): ["case": .string(emergency.rawValue), "kind": "review"]
    }
  }

  init(_ fields: inout JSONFields, subject: Statement.Subject) throws(Malformed) {
    let kind = try fields.string("kind")
    switch kind {
    case "amend":
      self = .amend(
        policy: try fields.digest("policy"),
        roster: try fields.digest("roster"),
        terms: try fields.digests("terms"),
        rehearsal: try fields.optionalDigest("rehearsal")
      )
    case "open":
      self = .open(try Self.stage(subject), manifests: try fields.digests("manifests"))
    case "access":
      let beneficiary = try fields.string("beneficiary")
      self = .access(
        try Self.stage(subject),
        tiers: try fields.tiers("tiers"),
        beneficiary: try Self.beneficiary(beneficiary, fields),
        purpose: try fields.text("purpose", limit: Self.limit)
      )
    case "renew":
      self = .renew(
        Grant.ID(subject.digest.hex),
        purpose: try fields.text("purpose", limit: Self.limit)
      )
    case "lift":
      self = .lift(
        Hold.ID(subject.digest.hex),
        purpose: try fields.text("purpose", limit: Self.limit)
      )
    case "appeal":
      self = .appeal(
        Case.ID(subject.digest.hex),
        revision: Case.Revision.ID(try fields.digest("revision").hex),
        purpose: try fields.text("purpose", limit: Self.limit)
      )
    case "emergency":
      let manifests: [Tier.ID: SHA256Digest] = try fields.digests("manifests")
      guard !manifests.isEmpty else { throw fields.fault("manifests", "names no tier") }
      self = .emergency(
        manifests,
        beneficiary: try fields.principal("beneficiary"),
        purpose: try fields.saying("purpose", limit: Self.limit)
      )
    case "review":
      throw fields.fault(
        "kind",
        "a review is never filed: the decision of its emergency begins it"
      )
    default: throw fields.fault("kind", "no kind of case of this version")
    }
  }

  private static func members(
    _ policy: SHA256Digest,
    _ roster: SHA256Digest,
    _ terms: [Terms.ID: SHA256Digest],
    _ rehearsal: SHA256Digest?
  ) -> JSONObject {
    var members: JSONObject = [
      "kind": "amend", "policy": .string(policy.hex), "roster": .string(roster.hex),
      "terms": .digests(terms),
    ]
    members["rehearsal"] = rehearsal.map { .string($0.hex) }
    return members
  }

  private static func stage(_ subject: Statement.Subject) throws(Malformed) -> Stage.ID {
    guard let name = subject.name.rest(after: "stage:") else {
      throw Malformed(Statement.format, "subject: must be stage:NAME")
    }
    return Stage.ID(name)
  }

  private static func beneficiary(
    _ text: String,
    _ fields: JSONFields
  ) throws(Malformed) -> Statement.Beneficiary {
    do { return try Statement.Beneficiary(parsing: text) } catch {
      throw fields.fault("beneficiary", error.what)
    }
  }
}

extension Statement.Beneficiary: CustomStringConvertible {
  /// Reads a principal or `group:NAME`.
  ///
  /// - Throws: `Malformed` for anything else.
  public init(parsing text: String) throws(Malformed) {
    guard let group = text.rest(after: "group:") else {
      self = .principal(try Principal.ID(parsing: text))
      return
    }
    guard Statement.isName(group) else {
      throw Malformed("beneficiary", "group: must be followed by a name, [a-z][a-z0-9.-]{0,62}")
    }
    self = .group(Group.ID(group))
  }

  /// The principal, or `group:NAME`.
  public var description: String {
    switch self {
    case .principal(let principal): principal.rawValue
    case .group(let group): "group:\(group)"
    }
  }
}
