public import SluiceEncoding

extension Statement {
  /// What a statement says; one case a type (`Docs/Formats/statements.md` 2).
  public enum Body: Hashable, Sendable {
    /// Begins a case.
    case file(Filing)
    /// Consents to a case revision.
    case approve(Verdict)
    /// Refuses a case revision.
    case deny(Verdict, ReasonCode)
    /// Commits to the answers of a form, for a case.
    case answer(case: Case.ID, commitment: SHA256Digest)
    /// Agrees to the bytes of the subject.
    case accept
    /// Proposes what a tier stands for.
    case bind(manifest: SHA256Digest)
    /// Ends a grant for good.
    case revoke(ReasonCode, text: String)
    /// Adds or ends a key of the signer.
    case keychange(KeyChange)

    /// The type that this body belongs to.
    public var type: StatementType {
      switch self {
      case .file: .file
      case .approve: .approve
      case .deny: .deny
      case .answer: .answer
      case .accept: .accept
      case .bind: .bind
      case .revoke: .revoke
      case .keychange: .keychange
      }
    }

    /// The least strength with which this body may be said (README join 3).
    public var leastStrength: Strength {
      switch self {
      case .file(.open): .key
      case .file, .answer, .accept, .bind: .session
      case .approve, .deny, .revoke, .keychange: .key
      }
    }
  }

  /// What a new case asks for.
  public enum Filing: Hashable, Sendable {
    /// Adoption of a policy and a roster; `terms` are the texts that the policy names.
    case amend(policy: SHA256Digest, roster: SHA256Digest, terms: [Terms.ID: SHA256Digest])
    /// The opening of the stage that is the subject.
    case open(Stage.ID, manifests: [Tier.ID: SHA256Digest])
    /// A grant for tiers of the stage that is the subject.
    case access(Stage.ID, tiers: [Tier.ID], beneficiary: Principal.ID, purpose: String)
  }

  /// What a verdict says it is about: all that the signer saw.
  public struct Verdict: Hashable, Sendable {
    /// The case.
    public let `case`: Case.ID
    /// The revision; verdicts on an older one no longer count.
    public let revision: Case.Revision.ID
    /// The policy under which the quorum counts.
    public let policy: SHA256Digest
    /// Tier → manifest.
    public let manifests: [Tier.ID: SHA256Digest]
    /// Why; in a denial not blank.
    public let reason: String

    /// Composes a verdict.
    public init(
      case: Case.ID,
      revision: Case.Revision.ID,
      policy: SHA256Digest,
      manifests: [Tier.ID: SHA256Digest],
      reason: String
    ) {
      self.`case` = `case`
      self.revision = revision
      self.policy = policy
      self.manifests = manifests
      self.reason = reason
    }
  }

  /// One key of a person, added or ended.
  public struct KeyChange: Hashable, Sendable {
    /// What happens to the key.
    public enum Action: String, Hashable, Sendable { case add, end }

    /// What happens.
    public let action: Action
    /// The public key line, without comment.
    public let key: String
    /// The principal's previous `keychange`, if there is one.
    public let previous: Statement.ID?

    /// Composes a change.
    public init(action: Action, key: String, previous: Statement.ID?) {
      self.action = action
      self.key = key
      self.previous = previous
    }
  }
}

/// Why something was refused or ended: a closed list, so that it can be counted (governance-domain 4).
public enum ReasonCode: String, CaseIterable, Hashable, Sendable {
  case eligibility, purpose, terms, identity, evidence, safety, misuse, leak
  case keyCompromise = "key-compromise"
  case legal, duplicate, other
}
