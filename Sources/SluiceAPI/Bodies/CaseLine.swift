public import SluiceEncoding
public import SluiceGovernance

/// One case, as lists and pages show it.
public struct CaseLine: Body {
  /// The digest of the `file` statement, in hex.
  public let id: Case.ID
  /// The running number in the deployment.
  public let number: Int
  /// What kind of thing is asked.
  public let kind: Case.Kind
  /// Where it stands.
  public let state: Case.State
  /// The release.
  public let release: Release.ID
  /// The stage that is to open or to be entered.
  public let stage: Stage.ID?
  /// The tiers in question, sorted.
  public let tiers: [Tier.ID]
  /// Who filed it.
  public let requester: Principal.ID
  /// Who would obtain something.
  public let beneficiary: Principal.ID?
  /// Why, in the requester's words; may be empty.
  public let purpose: String
  /// The current revision.
  public let revision: Case.Revision.ID
  /// The policy that decides it.
  public let policy: SHA256Digest
  /// The gate that decides it.
  public let gate: Gate.ID
  /// Log time of the filing.
  public let filedAt: Instant
  /// By when it should be decided.
  public let dueAt: Instant?
  /// Whether that time ran out.
  public let isOverdue: Bool
  /// When it will be given up, if it is still open then.
  public let lapseAt: Instant?
  /// Whether an act of the reader would bring it further.
  public let waitsForMe: Bool
  /// What is asked, in a few words.
  public let summary: String

  /// Composes a line.
  public init(
    id: Case.ID,
    number: Int,
    kind: Case.Kind,
    state: Case.State,
    release: Release.ID,
    stage: Stage.ID?,
    tiers: [Tier.ID],
    requester: Principal.ID,
    beneficiary: Principal.ID?,
    purpose: String,
    revision: Case.Revision.ID,
    policy: SHA256Digest,
    gate: Gate.ID,
    filedAt: Instant,
    dueAt: Instant?,
    isOverdue: Bool,
    lapseAt: Instant?,
    waitsForMe: Bool,
    summary: String
  ) {
    self.id = id
    self.number = number
    self.kind = kind
    self.state = state
    self.release = release
    self.stage = stage
    self.tiers = tiers
    self.requester = requester
    self.beneficiary = beneficiary
    self.purpose = purpose
    self.revision = revision
    self.policy = policy
    self.gate = gate
    self.filedAt = filedAt
    self.dueAt = dueAt
    self.isOverdue = isOverdue
    self.lapseAt = lapseAt
    self.waitsForMe = waitsForMe
    self.summary = summary
  }
}

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
      "revision": .string(revision.rawValue),
      "state": .string(state.rawValue),
      "summary": .string(summary),
      "tiers": .names(tiers),
      "waits_for_me": .bool(waitsForMe),
    ]
    members["beneficiary"] = beneficiary.map { .string($0.rawValue) }
    members["due_at"] = dueAt.map { .string($0.description) }
    members["lapse_at"] = lapseAt.map { .string($0.description) }
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
      beneficiary: try fields.optionalPrincipal("beneficiary"),
      purpose: try fields.string("purpose"),
      revision: try fields.identity("revision"),
      policy: try fields.digest("policy"),
      gate: try fields.name("gate"),
      filedAt: try fields.instant("filed_at"),
      dueAt: try fields.optionalInstant("due_at"),
      isOverdue: try fields.bool("overdue"),
      lapseAt: try fields.optionalInstant("lapse_at"),
      waitsForMe: try fields.bool("waits_for_me"),
      summary: try fields.string("summary")
    )
    try fields.finish()
  }
}
