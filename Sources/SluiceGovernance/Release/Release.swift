public import SluiceEncoding

/// Everything the log says about one release, folded: the state on which it is decided.
///
/// Made by ``apply(_:)`` from entries in log order and by nothing else. Texts that entries name by
/// digest come from the ``Library``.
public struct Release: Sendable {
  /// `OWNER/NAME`.
  public typealias ID = Identifier<Release>

  /// The policies and rosters that entries name, read.
  public struct Library: Sendable {
    /// By the digest of the canonical form.
    public var policies: [SHA256Digest: Policy]
    /// By the digest of the canonical form.
    public var rosters: [SHA256Digest: Roster]

    /// Collects texts that were read and checked against their digests.
    public init(policies: [SHA256Digest: Policy] = [:], rosters: [SHA256Digest: Roster] = [:]) {
      self.policies = policies
      self.rosters = rosters
    }
  }

  /// The policy and roster in force.
  public struct Adoption: Sendable {
    /// The rules.
    public let policy: Policy
    /// The people.
    public let roster: Roster
    /// The texts that people agree to: name → digest of the bytes.
    public let terms: [Terms.ID: SHA256Digest]
    /// Log time of the decision.
    public let at: Instant
    /// The case that was approved.
    public let `case`: Case.ID
  }

  /// An open stage.
  public struct Opening: Hashable, Sendable {
    /// Log time of the decision.
    public let at: Instant
    /// Its place among the openings of the release, from 0.
    public let order: Int
    /// Tier → manifest, pinned for good.
    public let manifests: [Tier.ID: SHA256Digest]
    /// Whether it admits everyone, by the policy under which it opened.
    public let isForEveryone: Bool
  }

  /// An act by which a holder pays what is owed after a grant.
  public struct Payment: Hashable, Sendable {
    /// The statement.
    public let statement: Statement.ID
    /// Log time.
    public let at: Instant
    /// The fingerprint of the key that signed it; `nil` of a session.
    public let key: String?
    /// The digest of the form or of the terms.
    public let document: SHA256Digest
  }

  /// Its name.
  public let id: ID
  /// What was adopted, in order; the last is in force.
  public internal(set) var adoptions: [Adoption] = []
  /// The stages that have opened.
  public internal(set) var openings: [Stage.ID: Opening] = [:]
  /// What each tier was last proposed to stand for.
  public internal(set) var bindings: [Tier.ID: SHA256Digest] = [:]
  /// The cases.
  public internal(set) var cases: [Case.ID: Case] = [:]
  /// The grants.
  public internal(set) var grants: [Grant.ID: Grant] = [:]
  /// The holds, ended ones included, in log order.
  public internal(set) var holds: [Hold] = []
  /// The measurements that nobody took back, in log order.
  public internal(set) var evidence: [Evidence] = []
  /// What was vouched for and not taken back, in log order.
  public internal(set) var credentials: [Credential] = []
  /// The members of groups, those who left included, in log order.
  public internal(set) var memberships: [Group.ID: [Membership]] = [:]
  /// Who may act for whom, in log order.
  public internal(set) var delegations: [Delegation] = []
  /// Who agreed to which texts: digest → the latest statement and its log time.
  public internal(set) var acceptances: [Principal.ID: [SHA256Digest: Payment]] = [:]
  /// What was given after a grant, in log order.
  public internal(set) var payments: [Grant.ID: [Payment]] = [:]
  /// Obligations that were not met in time: places in the stage's list.
  public internal(set) var unpaid: [Grant.ID: Set<Int>] = [:]
  /// The organisations that the registry gave to persons.
  public internal(set) var organisations: [Principal.ID: Principal.ID] = [:]
  /// Who may not ask for or decide another emergency.
  public internal(set) var emergencyBarred: Set<Principal.ID> = []
  /// Since when time stands still for `after` and `wait`; `nil` while it runs.
  public internal(set) var pausedAt: Instant?
  /// The texts that entries name.
  public let library: Library

  /// A release of which the log says nothing yet.
  public init(_ id: ID, library: Library) {
    self.id = id
    self.library = library
  }

  /// What is in force; `nil` before version 1 is adopted.
  public var adoption: Adoption? { adoptions.last }

  /// Whether strangers may know of it: some stage that admits everyone has opened
  /// (governance-domain 11).
  public var isPublic: Bool { openings.values.contains(where: \.isForEveryone) }

  /// Since when it is public.
  public var publicSince: Instant? {
    openings.values.filter(\.isForEveryone).map(\.at).min()
  }

  /// The policy under which `case` is decided.
  public func policy(of case: Case) -> Policy? { library.policies[`case`.policy] }

  /// The roster whose members decide `case`: the one in force, of version 1 the proposed one.
  public func roster(of case: Case) -> Roster? { adoption?.roster ?? proposedRoster(of: `case`) }

  /// The roster that an amendment proposes.
  func proposedRoster(of case: Case) -> Roster? {
    guard case .amend(_, let roster, _, _) = `case`.filing else { return nil }
    return library.rosters[roster]
  }

  /// What a verdict on `case` names: what its tiers stand for, services left out.
  public func manifests(of case: Case) -> [Tier.ID: SHA256Digest] {
    `case`.manifests.filter { $0.value != nameDigest(of: $0.key) }
  }

  /// The digest by which a tier that is a service is named, which has no bytes.
  public func nameDigest(of tier: Tier.ID) -> SHA256Digest {
    Statement.Subject(name: "tier:\(tier)", in: id).digest
  }

  /// The manifest of a tier that an open stage already offers.
  public func pinned(_ tier: Tier.ID) -> SHA256Digest? {
    openings.values.compactMap { $0.manifests[tier] }.first
  }

  /// What evidence about a tier must be about: the bytes that an opening pinned, else those that it
  /// was last bound to; of a service its name.
  public func standing(of tier: Tier.ID) -> SHA256Digest? {
    if adoption?.policy.tier(tier)?.kind == .service { return nameDigest(of: tier) }
    return pinned(tier) ?? bindings[tier]
  }

  /// The rosters whose keys count now: the one in force, before that the proposed ones.
  public var rosters: [Roster] { adoption.map { [$0.roster] } ?? proposedRosters }

  /// The rosters that open amendments propose.
  public var proposedRosters: [Roster] {
    cases.values.filter { $0.isOpen && $0.kind == .amend }.compactMap { proposedRoster(of: $0) }
  }

  /// The organisation of a principal: the roster's word, else the registry's.
  public func organisation(of principal: Principal.ID) -> Principal.ID? {
    adoption?.roster.principal(principal)?.organisation ?? organisations[principal]
  }

  /// The groups in which a principal is now.
  public func groups(of principal: Principal.ID) -> Set<Group.ID> {
    Set(memberships.filter { $0.value.contains { $0.member == principal && $0.isCurrent } }.keys)
  }

  /// The current members of a group.
  public func members(of group: Group.ID) -> [Membership] {
    memberships[group]?.filter(\.isCurrent) ?? []
  }

  /// Who asks, as the delivery rule sees them.
  public func asker(_ principal: Principal.ID?, key: String? = nil) -> Asker {
    guard let principal else { return .stranger }
    return Asker(
      principal,
      organisation: organisation(of: principal),
      key: key,
      groups: groups(of: principal),
      accepted: Set(acceptances[principal, default: [:]].keys)
    )
  }

  /// Log time as `after` and `wait` see it: it stands still while the clock is in doubt.
  public func trusted(_ now: Instant) -> Instant { pausedAt.map { min(now, $0) } ?? now }
}
