public import SluiceEncoding
public import SluiceGovernance

/// One case, as lists and pages show it.
public struct CaseLine: Body {
  /// What a case is about, where its stage does not say it.
  public enum About: Hashable, Sendable {
    /// The policy that an amendment proposes.
    case policy(SHA256Digest)
    /// The grant that is to be renewed.
    case grant(Grant.ID)
    /// The hold that is to end.
    case hold(Hold.ID)
    /// The denied case of an appeal, the emergency of a review.
    case `case`(Case.ID)
  }

  /// The digest of the `file` statement, in hex; of a review that of its name.
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
  public let party: Statement.Beneficiary?
  /// What it is about, where the stage does not say it.
  public let about: About?
  /// Why, in the requester's words; may be empty.
  public let purpose: String
  /// The current revision.
  public let revision: Case.Revision.ID
  /// Log time of the current revision.
  public let revisedAt: Instant
  /// The policy that decides it.
  public let policy: SHA256Digest
  /// The gate that decides it.
  public let gate: Gate.ID
  /// The weakest signature with which its gate takes verdicts.
  public let strength: Strength
  /// Log time of the filing.
  public let filedAt: Instant
  /// By when it should be decided.
  public let dueAt: Instant?
  /// Whether that time ran out.
  public let isOverdue: Bool
  /// When it will be given up, if it is still open then.
  public let lapseAt: Instant?
  /// Of a review, the instant by which it must be decided.
  public let deadline: Instant?
  /// When it ended, if it did.
  public let endedAt: Instant?
  /// Whether an act of the reader would bring it further.
  public let waitsForMe: Bool
  /// Those whose act would bring it further; told to the operator alone, and in lists.
  public let waitsFor: [Principal.ID]
  /// What is asked, in a few words.
  public let summary: String

  /// The person who would obtain something; `nil` where nobody or a group would.
  public var beneficiary: Principal.ID? {
    if case .principal(let principal) = party { principal } else { nil }
  }

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
    party: Statement.Beneficiary?,
    about: About? = nil,
    purpose: String,
    revision: Case.Revision.ID,
    revisedAt: Instant,
    policy: SHA256Digest,
    gate: Gate.ID,
    strength: Strength = .key,
    filedAt: Instant,
    dueAt: Instant?,
    isOverdue: Bool,
    lapseAt: Instant?,
    deadline: Instant? = nil,
    endedAt: Instant? = nil,
    waitsForMe: Bool,
    waitsFor: [Principal.ID] = [],
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
    self.party = party
    self.about = about
    self.purpose = purpose
    self.revision = revision
    self.revisedAt = revisedAt
    self.policy = policy
    self.gate = gate
    self.strength = strength
    self.filedAt = filedAt
    self.dueAt = dueAt
    self.isOverdue = isOverdue
    self.lapseAt = lapseAt
    self.deadline = deadline
    self.endedAt = endedAt
    self.waitsForMe = waitsForMe
    self.waitsFor = waitsFor
    self.summary = summary
  }
}

extension CaseLine {
  /// Shows `asked` as the fold has it.
  public init(
    _ asked: Case,
    in release: Release,
    waitsForMe: Bool,
    waitsFor: [Principal.ID] = []
  ) {
    let policy = release.policy(of: asked)
    let gate = policy?.gate(asked.gate)
    let approvals = policy?.branches(of: asked.gate).flatMap(\.parts).compactMap { part in
      if case .approve(let approve) = part.requirement { approve.signature } else { nil }
    }
    self.init(
      id: asked.id,
      number: asked.number,
      kind: asked.kind,
      state: asked.state,
      release: release.id,
      stage: asked.stage,
      tiers: asked.tiers,
      requester: asked.requester,
      party: asked.party,
      about: About(asked.filing),
      purpose: asked.purpose,
      revision: asked.revision.id,
      revisedAt: asked.revision.at,
      policy: asked.policy,
      gate: asked.gate,
      strength: approvals?.min() ?? .key,
      filedAt: asked.filedAt,
      dueAt: gate?.due.map { asked.revision.at + $0 },
      isOverdue: asked.isOverdue,
      lapseAt: gate?.lapse.map { asked.runsSince + $0 },
      deadline: asked.deadline,
      endedAt: asked.endedAt,
      waitsForMe: waitsForMe,
      waitsFor: waitsFor,
      summary: asked.summary
    )
  }
}

extension CaseLine.About {
  /// What a filing is about; `nil` where its stage says it, or its policy is the one in force.
  public init?(_ filing: Statement.Filing) {
    switch filing {
    case .amend(let policy, _, _, _): self = .policy(policy)
    case .renew(let grant, _): self = .grant(grant)
    case .lift(let hold, _): self = .hold(hold)
    case .appeal(let id, _, _), .review(let id): self = .case(id)
    case .open, .access, .emergency: return nil
    }
  }
}
