public import SluiceEncoding
public import SluiceGovernance

/// A release as it stands: rules, texts, stages, tiers and their files.
///
/// Before version 1 is adopted it shows what is proposed, to those in the proposed roster only.
public struct ReleasePage: Body {
  /// `OWNER/NAME`.
  public let release: Release.ID
  /// Whether strangers may know of it.
  public let isPublic: Bool
  /// The policy file, as written.
  public let policy: String
  /// The digest of the policy's canonical form.
  public let policySHA256: SHA256Digest
  /// The digest of the roster's canonical form.
  public let rosterSHA256: SHA256Digest
  /// The policy's version.
  public let version: Int
  /// When it came into force; `nil` while it is only proposed.
  public let adoptedAt: Instant?
  /// The texts that people agree to: name → digest of the bytes.
  public let terms: [Terms.ID: SHA256Digest]
  /// The stages, in file order.
  public let stages: [StageLine]
  /// The tiers, in file order.
  public let tiers: [TierLine]
  /// The texts of ``terms`` themselves.
  public let texts: [Terms.ID: String]
  /// The forms that gates ask people to answer, in file order.
  public let forms: [FormLine]
  /// The groups of people who may receive, in file order.
  public let groups: [GroupLine]
  /// The holds on tiers and stages that refuse now.
  public let holds: [HoldLine]
  /// Who may act for whom now; empty for readers without a role.
  public let delegations: [DelegationLine]
  /// What was measured about what the tiers stand for, in log order.
  public let evidence: [EvidenceLine]
  /// What was adopted, in order; the last is in force.
  public let adoptions: [AdoptionLine]
  /// How much there is of it; `nil` for those without a role before the release is public.
  public let counts: CountsLine?
  /// The reader's roles by the roster that is shown, in file order.
  public let roles: [Role.ID]
  /// What the reader could do next; empty when nothing is to be done.
  public let next: [String]

  /// Composes a page.
  public init(
    release: Release.ID,
    isPublic: Bool,
    policy: String,
    policySHA256: SHA256Digest,
    rosterSHA256: SHA256Digest,
    version: Int,
    adoptedAt: Instant?,
    terms: [Terms.ID: SHA256Digest],
    stages: [StageLine],
    tiers: [TierLine],
    texts: [Terms.ID: String] = [:],
    forms: [FormLine] = [],
    groups: [GroupLine] = [],
    holds: [HoldLine] = [],
    delegations: [DelegationLine] = [],
    evidence: [EvidenceLine] = [],
    adoptions: [AdoptionLine] = [],
    counts: CountsLine? = nil,
    roles: [Role.ID] = [],
    next: [String]
  ) {
    self.release = release
    self.isPublic = isPublic
    self.policy = policy
    self.policySHA256 = policySHA256
    self.rosterSHA256 = rosterSHA256
    self.version = version
    self.adoptedAt = adoptedAt
    self.terms = terms
    self.stages = stages
    self.tiers = tiers
    self.texts = texts
    self.forms = forms
    self.groups = groups
    self.holds = holds
    self.delegations = delegations
    self.evidence = evidence
    self.adoptions = adoptions
    self.counts = counts
    self.roles = roles
    self.next = next
  }

  /// The stage of that name, if the policy has one.
  public func stage(_ id: Stage.ID) -> StageLine? { stages.first { $0.stage == id } }

  /// The tier of that name, if the policy has one.
  public func tier(_ id: Tier.ID) -> TierLine? { tiers.first { $0.tier == id } }

  /// The active hold on a subject, if the page shows one.
  public func hold(on subject: Hold.Subject) -> HoldLine? {
    holds.first { $0.subject == subject && $0.isActive }
  }

  /// The object of `GET /sluice/v1/releases/OWNER/NAME`.
  public var json: JSONValue {
    var members: JSONObject = [
      "adoptions": .array(adoptions.map(\.json)),
      "delegations": .array(delegations.map(\.json)),
      "evidence": .array(evidence.map(\.json)),
      "forms": .array(forms.map(\.json)),
      "groups": .array(groups.map(\.json)),
      "holds": .array(holds.map(\.json)),
      "next": .array(next.map { .string($0) }),
      "policy": .string(policy),
      "policy_sha256": .string(policySHA256.hex),
      "public": .bool(isPublic),
      "release": .string(release.rawValue),
      "roles": .names(roles),
      "roster_sha256": .string(rosterSHA256.hex),
      "stages": .array(stages.map(\.json)),
      "terms": .digests(terms),
      "texts": .object(
        JSONObject(texts.map { .init(name: $0.key.rawValue, value: .string($0.value)) })
      ),
      "tiers": .array(tiers.map(\.json)),
      "version": .integer(version),
    ]
    members["adopted_at"] = adoptedAt.map { .string($0.description) }
    members["counts"] = counts?.json
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "release")
    self.init(
      release: try fields.release("release"),
      isPublic: try fields.bool("public"),
      policy: try fields.string("policy"),
      policySHA256: try fields.digest("policy_sha256"),
      rosterSHA256: try fields.digest("roster_sha256"),
      version: try fields.integer("version"),
      adoptedAt: try fields.optionalInstant("adopted_at"),
      terms: try fields.digests("terms"),
      stages: try fields.bodies("stages"),
      tiers: try fields.bodies("tiers"),
      texts: [Terms.ID: String](
        uniqueKeysWithValues: try fields.map("texts").map { (Terms.ID($0.key), $0.value) }
      ),
      forms: try fields.bodies("forms"),
      groups: try fields.bodies("groups"),
      holds: try fields.bodies("holds"),
      delegations: try fields.bodies("delegations"),
      evidence: try fields.bodies("evidence"),
      adoptions: try fields.bodies("adoptions"),
      counts: try fields.optionalBody("counts"),
      roles: try fields.names("roles"),
      next: try fields.texts("next")
    )
    try fields.finish()
  }
}
