public import SluiceEncoding
public import SluiceGovernance

/// An act in the words in which people ask for it: a verb of the command line with its arguments.
///
/// Whoever has a verb and the pages that it is about composes the same statements from them, at home
/// or behind HTTP (``Drafting``). Cases, grants, holds and statements are named as people name them:
/// by number, or by six or more digits of their id.
public enum Verb: Hashable, Sendable {
  /// Proposes the next version of policy, roster or both.
  case adopt(Proposal)
  /// Asks that a stage open.
  case open(Stage.ID)
  /// Proposes what a tier stands for.
  case bind(Tier.ID, manifest: SHA256Digest)
  /// Asks for access.
  case request(Wish)
  /// Asks for a grant that follows one.
  case renew(grant: String, purpose: String, Gift)
  /// Asks that a hold end.
  case lift(hold: String, purpose: String)
  /// Asks that a denial be looked at again.
  case appeal(case: String, reason: String)
  /// Asks for a short grant when there is no time.
  case emergency([Tier.ID], to: Principal.ID, purpose: String)
  /// Words a case anew; `answers`, form → field → text, are given along.
  case revise(
    case: String,
    purpose: String?,
    tiers: [Tier.ID]?,
    rebinds: Bool,
    answers: JSONObject = [:]
  )
  /// Ends one's own case.
  case withdraw(case: String, reason: String)
  /// Consents to a case.
  case approve(case: String, reason: String)
  /// Refuses a case.
  case deny(case: String, ReasonCode, reason: String)
  /// Asks for changes to a case.
  case `return`(case: String, reason: String)
  /// Says that one shall not count in a case.
  case recuse(case: String, reason: String)
  /// Says something about something.
  case comment(Topic, text: String, isPublic: Bool)
  /// Reports an abuse or a leak.
  case flag(Topic, ReasonCode, text: String)
  /// Answers a form for a case, or what is owed after a grant.
  case answer(Occasion, form: Form.ID, answers: JSONObject)
  /// Agrees to a text: the one in force, or the one that a case asks for or that is owed after a grant,
  /// which keep their own.
  case accept(Terms.ID, for: Occasion? = nil)
  /// Vouches for a principal; asserted now, if not said since when.
  case credential(Principal.ID, Vouching)
  /// Puts a measurement on record.
  case evidence(Tier.ID, Statement.Finding)
  /// Says that one checked a measurement.
  case confirm(statement: String, reason: String)
  /// Takes back one's own evidence, confirmation or credential.
  case retract(statement: String, reason: String)
  /// Invites somebody into a group.
  case join(Group.ID, Principal.ID, fields: [String: String])
  /// Ends a membership; one's own, if nobody is named.
  case leave(Group.ID, Principal.ID?)
  /// Lets somebody act for oneself in a role.
  case delegate(Role.ID, to: Principal.ID, from: Instant, until: Instant)
  /// Refuses whatever touches something.
  case hold(Topic, Statement.Order)
  /// Ends a grant for good.
  case revoke(grant: String, ReasonCode, text: String)
  /// Gives one's own grant back.
  case surrender(grant: String)

  /// What an adoption proposes, as files have it; what is absent stays in force.
  public struct Proposal: Hashable, Sendable {
    /// The policy file.
    public let policy: String?
    /// The roster file.
    public let roster: String?
    /// The texts that change.
    public let terms: [Terms.ID: String]
    /// What was run before it is filed: the document of a ``Rehearsal``.
    public let rehearsal: String?

    /// Composes a proposal.
    public init(
      policy: String? = nil,
      roster: String? = nil,
      terms: [Terms.ID: String] = [:],
      rehearsal: String? = nil
    ) {
      self.policy = policy
      self.roster = roster
      self.terms = terms
      self.rehearsal = rehearsal
    }
  }

  /// What is given along with a request or a renewal.
  public struct Gift: Hashable, Sendable {
    /// Form → field → text.
    public let answers: JSONObject
    /// The texts that are agreed to.
    public let accepts: [Terms.ID]

    /// Composes what is given.
    public init(answers: JSONObject = [:], accepts: [Terms.ID] = []) {
      self.answers = answers
      self.accepts = accepts
    }
  }

  /// What a request asks for, and for whom.
  public struct Wish: Hashable, Sendable {
    /// The tiers.
    public let tiers: [Tier.ID]
    /// The stage through which; needed only where several offer them.
    public let stage: Stage.ID?
    /// For whom; oneself, if not given.
    public let beneficiary: Statement.Beneficiary?
    /// Why.
    public let purpose: String
    /// What is given along.
    public let gift: Gift

    /// Composes a wish.
    public init(
      tiers: [Tier.ID],
      stage: Stage.ID? = nil,
      beneficiary: Statement.Beneficiary? = nil,
      purpose: String = "",
      gift: Gift = Gift()
    ) {
      self.tiers = tiers
      self.stage = stage
      self.beneficiary = beneficiary
      self.purpose = purpose
      self.gift = gift
    }
  }

  /// What is vouched for.
  public struct Vouching: Hashable, Sendable {
    /// The type of the credential, a free name.
    public let type: String
    /// What is said: name → text.
    public let values: [String: String]
    /// Since when it is so; the instant of the draft, if not given.
    public let assertedAt: Instant?
    /// The first second at which it no longer counts.
    public let expiresAt: Instant?

    /// Composes what is vouched for.
    public init(
      type: String,
      values: [String: String] = [:],
      assertedAt: Instant? = nil,
      expiresAt: Instant? = nil
    ) {
      self.type = type
      self.values = values
      self.assertedAt = assertedAt
      self.expiresAt = expiresAt
    }
  }

  /// What answers are given for, or a text is agreed to.
  public enum Occasion: Hashable, Sendable {
    case `case`(String)
    case grant(String)
  }
}
