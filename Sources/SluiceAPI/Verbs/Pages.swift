public import SluiceGovernance

/// What a deployment shows of what one verb is about.
public struct Pages: Hashable, Sendable {
  /// The release.
  public var release: ReleasePage?
  /// The roster in force.
  public var roster: Roster?
  /// The case.
  public var `case`: CasePage?
  /// The grant.
  public var grant: GrantLine?
  /// The hold.
  public var hold: HoldLine?
  /// The policy of the case or of the grant.
  public var policy: Policy?
  /// The evidence that a statement may be.
  public var evidence: [EvidenceLine]
  /// The credentials that a statement may be.
  public var credentials: [CredentialLine]
  /// The members of the group.
  public var members: [MemberLine]
  /// What is on record of whoever asks.
  public var earlier: Earlier

  /// Collects what is shown.
  public init(
    release: ReleasePage? = nil,
    roster: Roster? = nil,
    case: CasePage? = nil,
    grant: GrantLine? = nil,
    hold: HoldLine? = nil,
    policy: Policy? = nil,
    evidence: [EvidenceLine] = [],
    credentials: [CredentialLine] = [],
    members: [MemberLine] = [],
    earlier: Earlier = Earlier()
  ) {
    self.release = release
    self.roster = roster
    self.`case` = `case`
    self.grant = grant
    self.hold = hold
    self.policy = policy
    self.evidence = evidence
    self.credentials = credentials
    self.members = members
    self.earlier = earlier
  }

  /// The release that the pages are about, if they say it.
  public var named: Release.ID? {
    release?.release ?? `case`?.case.release ?? grant?.release ?? hold?.release
      ?? evidence.first?.release ?? credentials.first?.release
  }
}
