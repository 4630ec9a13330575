public import SluiceEncoding

/// A request that a gate be evaluated (governance-domain 2 and 7).
///
/// A case is what its events make it; nothing else changes one.
public struct Case: Hashable, Sendable {
  /// The digest of the `file` statement, in hex.
  public typealias ID = Identifier<Case>

  /// What kind of thing is asked; it chooses the gate (governance-domain 3).
  public enum Kind: String, CaseIterable, Hashable, Sendable { case amend, open, access }

  /// Where a case stands; all but `open` and `returned` are final for the revision.
  public enum State: String, CaseIterable, Hashable, Sendable {
    case open, returned, approved, denied, withdrawn, lapsed
  }

  /// One wording of the case.
  public struct Revision: Hashable, Sendable {
    /// The digest of the statement that made it, in hex.
    public typealias ID = Identifier<Revision>
    /// Its digest.
    public let id: ID
    /// Log time at which it was taken in.
    public let at: Instant
  }

  /// What a head last said about the current revision.
  public struct Verdict: Hashable, Sendable {
    /// The statement.
    public let statement: Statement.ID
    /// Who gave it.
    public let by: Principal.ID
    /// Log time.
    public let at: Instant
    /// `nil` for an approval.
    public let denial: ReasonCode?
    /// The reason that was given.
    public let reason: String
  }

  /// The digest of the `file` statement.
  public let id: ID
  /// The running number in the deployment, for people.
  public let number: Int
  /// What is asked for.
  public let filing: Statement.Filing
  /// Who filed it.
  public let requester: Principal.ID
  /// Log time of the filing.
  public let filedAt: Instant
  /// The policy pinned when it was filed; of an amendment the proposed one.
  public let policy: SHA256Digest
  /// The gate that decides it.
  public let gate: Gate.ID
  /// The current wording.
  public internal(set) var revision: Revision
  /// Where it stands.
  public internal(set) var state: State = .open
  /// The latest verdict of each head on the current revision, in log order.
  public internal(set) var verdicts: [Verdict] = []
  /// The answers that were committed to: form digest → statement.
  public internal(set) var answers: [SHA256Digest: Statement.ID] = [:]
  /// Whether the time to decide it ran out in this revision.
  public internal(set) var isOverdue = false
  /// When it ended, if it did.
  public internal(set) var endedAt: Instant?

  /// The kind, from what is asked.
  public var kind: Kind {
    switch filing {
    case .amend: .amend
    case .open: .open
    case .access: .access
    }
  }

  /// Who would obtain something.
  public var beneficiary: Principal.ID? {
    guard case .access(_, _, let beneficiary, _) = filing else { return nil }
    return beneficiary
  }

  /// The stage that is to open or to be entered.
  public var stage: Stage.ID? {
    switch filing {
    case .amend: nil
    case .open(let stage, _), .access(let stage, _, _, _): stage
    }
  }

  /// Why somebody asks for access, in their words.
  public var purpose: String {
    guard case .access(_, _, _, let purpose) = filing else { return "" }
    return purpose
  }

  /// The tiers in question, sorted.
  public var tiers: [Tier.ID] {
    switch filing {
    case .amend: []
    case .open(_, let manifests): manifests.keys.sorted { $0.rawValue < $1.rawValue }
    case .access(_, let tiers, _, _): tiers
    }
  }

  /// Whether the case can still be decided.
  public var isOpen: Bool { state == .open || state == .returned }
}
