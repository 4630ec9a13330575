public import SluiceEncoding

extension PublicRecord {
  /// A case about the release: an amendment, an opening, an emergency, and what follows from those.
  public struct Line: Hashable, Sendable {
    /// What somebody said of it before it ended.
    public struct Verdict: Hashable, Sendable {
      /// As the roster shows them.
      public let by: String
      /// Why it was denied; `nil` of an approval.
      public let denial: ReasonCode?
      /// The reason, in words.
      public let reason: String
      /// Whether it was counted: of an approval towards a slot, of a denial towards the end.
      public let isCounted: Bool
    }

    /// The running number.
    public let number: Int
    /// What kind of thing is asked.
    public let kind: Case.Kind
    /// Where it stands.
    public let state: Case.State
    /// The stage that is to open.
    public let stage: SluiceGovernance.Stage.ID?
    /// The tiers in question.
    public let tiers: [Tier.ID]
    /// Who filed it.
    public let filedBy: String
    /// Of an emergency and its review, the pseudonym of whoever obtains something.
    public let holder: String?
    /// When it was filed.
    public let filedAt: Instant
    /// When it ended.
    public let endedAt: Instant?
    /// Whether its time to be decided ran out.
    public let isOverdue: Bool
    /// What was said of the last wording; empty while it is open.
    public let verdicts: [Verdict]

    init(_ asked: Case, names: Names) {
      number = asked.number
      kind = asked.kind
      state = asked.state
      stage = asked.stage
      tiers = asked.tiers
      filedBy =
        asked.requester == asked.beneficiary
        ? names.pseudonym(of: asked.requester) : names.name(of: asked.requester)
      let isEmergency = asked.kind == .emergency || asked.kind == .review
      holder = isEmergency ? asked.beneficiary.map { names.pseudonym(of: $0) } : nil
      filedAt = asked.filedAt
      endedAt = asked.endedAt
      isOverdue = asked.isOverdue
      verdicts =
        asked.isOpen
        ? []
        : asked.lastVerdicts.map { verdict in
          Verdict(
            by: names.name(of: verdict.by),
            denial: verdict.denial,
            reason: verdict.reason,
            isCounted: asked.deciders.contains(verdict.by)
          )
        }
    }

    /// How many approvals were counted.
    public var approvals: Int { verdicts.filter { $0.denial == nil && $0.isCounted }.count }

    /// Denials of an approved case.
    public var dissent: [Verdict] {
      state == .approved ? verdicts.filter { $0.denial != nil } : []
    }
  }
}
