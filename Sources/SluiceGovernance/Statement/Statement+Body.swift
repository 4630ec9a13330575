public import SluiceEncoding

extension Statement {
  /// What a statement says; one case a type (`Docs/Formats/statements.md` 2).
  public enum Body: Hashable, Sendable {
    /// Begins a case.
    case file(Filing)
    /// Words a case anew: the subject is the case.
    case revise(Rewording)
    /// Ends a case that the signer filed: the subject is the case.
    case withdraw(reason: String)
    /// Asks for changes to a case revision.
    case `return`(case: Case.ID, revision: Case.Revision.ID, reason: String)
    /// Consents to a case revision.
    case approve(Verdict)
    /// Refuses a case revision.
    case deny(Verdict, ReasonCode)
    /// Says that the signer shall not count in the case that is the subject.
    case recuse(reason: String)
    /// Says something about anything.
    case comment(text: String, isPublic: Bool)
    /// Commits to the answers of a form.
    case answer(Occasion, commitment: SHA256Digest)
    /// Agrees to the bytes of the subject.
    case accept
    /// Vouches for the principal that is the subject.
    case credential(Claim)
    /// Proposes what a tier stands for.
    case bind(manifest: SHA256Digest)
    /// Measured something about the manifest that is the subject.
    case evidence(Finding)
    /// Checked the evidence that is the subject.
    case confirm(reason: String)
    /// Takes back the signer's own evidence, confirmation or credential.
    case retract(reason: String)
    /// Invites a member into the group that is the subject.
    case join(Principal.ID, fields: [String: String])
    /// Ends a membership of the group that is the subject.
    case leave(Principal.ID)
    /// Lets somebody act for the signer in the role that is the subject.
    case delegate(to: Principal.ID, from: Instant, until: Instant)
    /// Refuses whatever touches the subject.
    case hold(Order)
    /// Ends a grant for good.
    case revoke(ReasonCode, text: String)
    /// Gives the grant that is the subject back.
    case surrender
    /// Reports an abuse or a leak.
    case report(ReasonCode, text: String)
    /// Adds or ends a key of the signer.
    case keychange(KeyChange)

    /// The type that this body belongs to.
    public var type: StatementType {
      switch self {
      case .file: .file
      case .revise: .revise
      case .withdraw: .withdraw
      case .return: .return
      case .approve: .approve
      case .deny: .deny
      case .recuse: .recuse
      case .comment: .comment
      case .answer: .answer
      case .accept: .accept
      case .credential: .credential
      case .bind: .bind
      case .evidence: .evidence
      case .confirm: .confirm
      case .retract: .retract
      case .join: .join
      case .leave: .leave
      case .delegate: .delegate
      case .hold: .hold
      case .revoke: .revoke
      case .surrender: .surrender
      case .report: .report
      case .keychange: .keychange
      }
    }

    /// The least strength with which this body may be said (README join 3).
    ///
    /// A gate may let a session suffice for verdicts and for the end of its grants
    /// (`Release.leastStrength(for:)`).
    public var leastStrength: Strength {
      switch self {
      case .file(.access), .file(.renew), .file(.appeal), .revise, .withdraw, .comment, .answer,
        .accept, .join, .leave, .surrender, .report:
        .session
      case .file, .return, .approve, .deny, .recuse, .credential, .bind, .evidence, .confirm,
        .retract, .delegate, .hold, .revoke, .keychange:
        .key
      }
    }
  }

  /// What a new case asks for; it chooses the gate (governance-domain 3).
  public enum Filing: Hashable, Sendable {
    /// Adoption of a policy and a roster; `terms` are the texts that the policy names, `rehearsal` is
    /// what the filer ran before.
    case amend(
      policy: SHA256Digest,
      roster: SHA256Digest,
      terms: [Terms.ID: SHA256Digest],
      rehearsal: SHA256Digest? = nil
    )
    /// The opening of the stage that is the subject.
    case open(Stage.ID, manifests: [Tier.ID: SHA256Digest])
    /// A grant for tiers of the stage that is the subject.
    case access(Stage.ID, tiers: [Tier.ID], beneficiary: Beneficiary, purpose: String)
    /// A grant that follows the one that is the subject.
    case renew(Grant.ID, purpose: String)
    /// The end of the hold that is the subject.
    case lift(Hold.ID, purpose: String)
    /// Another look at a denial of the case that is the subject.
    case appeal(Case.ID, revision: Case.Revision.ID, purpose: String)
    /// A short grant for a person when there is no time; the subject is the policy in force.
    case emergency([Tier.ID: SHA256Digest], beneficiary: Principal.ID, purpose: String)
    /// Another look at an emergency that was granted. It is never said: the decision begins it.
    case review(Case.ID)
  }

  /// For whom access is asked.
  public enum Beneficiary: Hashable, Sendable {
    case principal(Principal.ID)
    /// A group that the requester manages.
    case group(Group.ID)
  }

  /// New words for a case; what is `nil` stays.
  public struct Rewording: Hashable, Sendable {
    /// The revision that is worded anew.
    public let revision: Case.Revision.ID
    /// Why it is asked.
    public let purpose: String?
    /// Of an `access` case, the tiers, sorted.
    public let tiers: [Tier.ID]?
    /// Of an `open` or `emergency` case, what the tiers stand for.
    public let manifests: [Tier.ID: SHA256Digest]?

    /// Composes new words.
    public init(
      revision: Case.Revision.ID,
      purpose: String? = nil,
      tiers: [Tier.ID]? = nil,
      manifests: [Tier.ID: SHA256Digest]? = nil
    ) {
      self.revision = revision
      self.purpose = purpose
      self.tiers = tiers
      self.manifests = manifests
    }
  }

  /// What answers are given for.
  public enum Occasion: Hashable, Sendable {
    case `case`(Case.ID)
    /// What is owed after a grant.
    case grant(Grant.ID)
  }

  /// What an issuer says of a principal.
  public struct Claim: Hashable, Sendable {
    /// The type of the credential, a free name.
    public let type: String
    /// What is said: name → text.
    public let values: [String: String]
    /// Since when it is so.
    public let assertedAt: Instant
    /// The first second at which it no longer counts.
    public let expiresAt: Instant?

    /// Composes a claim.
    public init(
      type: String,
      values: [String: String],
      assertedAt: Instant,
      expiresAt: Instant? = nil
    ) {
      self.type = type
      self.values = values
      self.assertedAt = assertedAt
      self.expiresAt = expiresAt
    }
  }

  /// What was measured.
  public struct Finding: Hashable, Sendable {
    /// The kind, a free name.
    public let kind: String
    /// Name → decimal text.
    public let metrics: [String: String]
    /// How it was measured.
    public let method: String
    /// Files that belong to it: name → digest.
    public let attachments: [String: SHA256Digest]
    /// Whether everybody may read the attachments once the release is public (README join 19).
    public let publishes: Bool

    /// Composes a finding.
    public init(
      kind: String,
      metrics: [String: String],
      method: String,
      attachments: [String: SHA256Digest] = [:],
      publishes: Bool = false
    ) {
      self.kind = kind
      self.metrics = metrics
      self.method = method
      self.attachments = attachments
      self.publishes = publishes
    }
  }

  /// What a hold orders.
  public struct Order: Hashable, Sendable {
    /// Why.
    public let code: ReasonCode
    /// Why, in words.
    public let text: String
    /// When it ends by itself.
    public let until: Instant?
    /// Of a key: from when on what it signed is doubtful.
    public let since: Instant?

    /// Composes an order.
    public init(code: ReasonCode, text: String, until: Instant? = nil, since: Instant? = nil) {
      self.code = code
      self.text = text
      self.until = until
      self.since = since
    }
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
