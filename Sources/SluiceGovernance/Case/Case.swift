public import SluiceEncoding

/// A request that a gate be evaluated (governance-domain 2 and 7).
///
/// A case is what its events make it; nothing else changes one.
public struct Case: Hashable, Sendable {
  /// The digest of the `file` statement, in hex; of a review that of its name.
  public typealias ID = Identifier<Case>

  /// What kind of thing is asked; it chooses the gate (governance-domain 3).
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case amend, open, access, renew, lift, appeal, emergency, review
  }

  /// Where a case stands; all but `open` and `returned` are final for the revision.
  public enum State: String, CaseIterable, Hashable, Sendable {
    case open, returned, approved, denied, withdrawn, lapsed
  }

  /// One wording of the case.
  public struct Revision: Hashable, Sendable {
    /// The digest of what made it, in hex.
    public typealias ID = Identifier<Revision>
    /// Its digest.
    public let id: ID
    /// Log time at which it was taken in.
    public let at: Instant
  }

  /// What a head said about the current revision.
  public struct Verdict: Hashable, Sendable {
    /// The statement.
    public let statement: Statement.ID
    /// Who gave it.
    public let by: Principal.ID
    /// Log time.
    public let at: Instant
    /// How strongly it was said.
    public let strength: Strength
    /// The fingerprint of the key that signed it; `nil` of a session.
    public let key: String?
    /// The roles that the signer held when it was taken in.
    public let roles: Set<Role.ID>
    /// `nil` for an approval.
    public let denial: ReasonCode?
    /// The reason that was given.
    public let reason: String
  }

  /// Answers that were committed to.
  public struct Answer: Hashable, Sendable {
    /// The statement.
    public let statement: Statement.ID
    /// Log time.
    public let at: Instant
    /// The fingerprint of the key that signed it; `nil` of a session.
    public let key: String?
  }

  /// The identity.
  public let id: ID
  /// The running number in the deployment, for people.
  public let number: Int
  /// What is asked for, as last worded.
  public internal(set) var filing: Statement.Filing
  /// Who filed it.
  public internal(set) var requester: Principal.ID
  /// Who would obtain something.
  public internal(set) var party: Statement.Beneficiary?
  /// Log time of the filing.
  public let filedAt: Instant
  /// From when on the time runs after which it lapses: its filing, or the appeal that reopened it.
  public internal(set) var runsSince: Instant
  /// The policy that it is decided under; of version 1 the proposed one.
  public internal(set) var policy: SHA256Digest
  /// The gate that decides it.
  public internal(set) var gate: Gate.ID
  /// The stage that is to open or to be entered.
  public let stage: Stage.ID?
  /// What the tiers in question stand for: those asked for, sorted by name.
  public internal(set) var manifests: [Tier.ID: SHA256Digest]
  /// The current wording.
  public internal(set) var revision: Revision
  /// Where it stands.
  public internal(set) var state: State = .open
  /// The verdicts on the current revision, in log order; of one signer the latest counts, unless the
  /// key that signed it is in doubt.
  public internal(set) var verdicts: [Verdict] = []
  /// The last verdict of each signer on the current revision, in log order.
  public var lastVerdicts: [Verdict] {
    verdicts.enumerated().filter { place, verdict in
      !verdicts[(place + 1)...].contains { $0.by == verdict.by }
    }.map(\.element)
  }
  /// Who said not to count here: principal → statement.
  public internal(set) var recusals: [Principal.ID: Statement.ID] = [:]
  /// The answers that were committed to: form digest → the latest of them.
  public internal(set) var answers: [SHA256Digest: Answer] = [:]
  /// Whose statements the last decision counted.
  public internal(set) var deciders: [Principal.ID] = []
  /// Who decided what this case looks at again, and so does not count.
  public internal(set) var barred: [Principal.ID] = []
  /// The revisions of which a denial was appealed against.
  public internal(set) var appealed: Set<Revision.ID> = []
  /// Whether the time to decide it ran out in this revision.
  public internal(set) var isOverdue = false
  /// Whether it ever did, in whichever revision.
  public internal(set) var wasOverdue = false
  /// Of a review, the instant by which it must be decided.
  public internal(set) var deadline: Instant?
  /// When it ended, if it did.
  public internal(set) var endedAt: Instant?
  /// Whether it is not as it was filed, but as it would be had somebody else filed it.
  public internal(set) var isSupposed = false

  /// The kind, from what is asked.
  public var kind: Kind { filing.kind }

  /// The person who would obtain something; `nil` where nobody or a group would.
  public var beneficiary: Principal.ID? {
    if case .principal(let principal) = party { principal } else { nil }
  }

  /// Why it is asked, in the requester's words.
  public var purpose: String { filing.purpose }

  /// The tiers in question, sorted.
  public var tiers: [Tier.ID] { manifests.keys.sorted { $0.rawValue < $1.rawValue } }

  /// Whether the case can still be decided.
  public var isOpen: Bool { state == .open || state == .returned }
}

extension Statement.Filing {
  /// Why it is asked, in the requester's words; empty where the kind has no such words.
  public var purpose: String {
    switch self {
    case .amend, .open, .review: ""
    case .access(_, _, _, let purpose), .renew(_, let purpose), .lift(_, let purpose),
      .appeal(_, _, let purpose), .emergency(_, _, let purpose):
      purpose
    }
  }

  /// The kind of case that it begins.
  public var kind: Case.Kind {
    switch self {
    case .amend: .amend
    case .open: .open
    case .access: .access
    case .renew: .renew
    case .lift: .lift
    case .appeal: .appeal
    case .emergency: .emergency
    case .review: .review
    }
  }
}
