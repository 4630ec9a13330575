internal import SluiceEncoding

extension Scenario {
  /// What happens in a story.
  enum Act: Hashable, Sendable {
    /// A stage has opened, however that came.
    case opened(Stage.ID)
    /// The clock jumped, or was confirmed.
    case clock(isPaused: Bool)
    /// Somebody says something.
    case said(by: Principal.ID, Deed, Strength)
  }

  /// What somebody says; cases, holds and statements by the names that the story gave them.
  enum Deed: Hashable, Sendable {
    case amend(policy: String?, roster: String?)
    case open(Stage.ID)
    case access([Tier.ID], Stage.ID, for: Statement.Beneficiary, purpose: String)
    case renew(String, purpose: String)
    case lift(String)
    case appeal(String)
    case emergency([Tier.ID], for: Principal.ID)
    case revise(String, tiers: [Tier.ID]?, purpose: String?)
    case withdraw(String)
    case `return`(String)
    case verdict(String, denial: ReasonCode?, revision: Int?)
    case recuse(String)
    case comment(String)
    case answer(Form.ID, Occasion, [String: String])
    case accept(Terms.ID)
    case credential(String, [String: String], for: Principal.ID, since: Instant?, until: Instant?)
    case bind(Tier.ID, to: String)
    case evidence(String, Tier.ID, [String: String])
    case confirm(String)
    case retract(String)
    case join(Principal.ID, Group.ID, [String: String])
    case leave(Principal.ID, Group.ID)
    case delegate(Role.ID, to: Principal.ID, from: Instant?, until: Instant)
    case hold(String, ReasonCode, since: Instant?, until: Instant?)
    case revoke(String, ReasonCode)
    case surrender(String)
    case report(ReasonCode, String)
  }

  /// For what answers are given.
  enum Occasion: Hashable, Sendable {
    /// A case of that name.
    case of(String)
    /// What is owed after the grant of the case of that name.
    case after(String)
  }

  /// What an expectation claims.
  enum Claim: Hashable, Sendable {
    /// The state of the case, or of an open one what its evaluation gives.
    case standing(String, word: String, missing: [String])
    case waiting(String, until: Instant)
    case obtains(Principal.ID?, Tier.ID)
    case obtainsNot(Principal.ID?, Tier.ID, code: String)
    case refusal(Act, code: String)
    case stage(Stage.ID, isOpen: Bool)
    case grant(String, Grant.Status)
    case hold(String, isActive: Bool)
  }
}
