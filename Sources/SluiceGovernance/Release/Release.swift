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
  }

  /// An open stage.
  public struct Opening: Hashable, Sendable {
    /// Log time of the decision.
    public let at: Instant
    /// Its place among the openings of the release, from 0.
    public let order: Int
    /// Tier → manifest, pinned for good.
    public let manifests: [Tier.ID: SHA256Digest]
  }

  /// Its name.
  public let id: ID
  /// What is in force; `nil` before version 1 is adopted.
  public internal(set) var adoption: Adoption?
  /// The stages that have opened.
  public internal(set) var openings: [Stage.ID: Opening] = [:]
  /// What each tier was last proposed to stand for.
  public internal(set) var bindings: [Tier.ID: SHA256Digest] = [:]
  /// The cases.
  public internal(set) var cases: [Case.ID: Case] = [:]
  /// The grants.
  public internal(set) var grants: [Grant.ID: Grant] = [:]
  /// Who agreed to which texts: digest → statement.
  public internal(set) var acceptances: [Principal.ID: [SHA256Digest: Statement.ID]] = [:]
  /// The texts that entries name.
  public let library: Library

  /// A release of which the log says nothing yet.
  public init(_ id: ID, library: Library) {
    self.id = id
    self.library = library
  }

  /// Whether strangers may know of it: some stage that admits everyone has opened
  /// (governance-domain 11).
  public var isPublic: Bool {
    guard let policy = adoption?.policy else { return false }
    return openings.keys.contains { policy.stage($0)?.admits == .everyone }
  }

  /// The policy under which `case` is decided.
  public func policy(of case: Case) -> Policy? { library.policies[`case`.policy] }

  /// The roster whose members decide `case`: the one in force, of version 1 the proposed one.
  public func roster(of case: Case) -> Roster? {
    if let adoption { return adoption.roster }
    guard case .amend(_, let roster, _) = `case`.filing else { return nil }
    return library.rosters[roster]
  }

  /// What the tiers of `case` stand for: its own if it opens a stage, else those pinned by the
  /// stage's opening.
  public func manifests(of case: Case) -> [Tier.ID: SHA256Digest] {
    switch `case`.filing {
    case .amend: [:]
    case .open(_, let manifests): manifests
    case .access(let stage, let tiers, _, _):
      openings[stage]?.manifests.filter { tiers.contains($0.key) } ?? [:]
    }
  }

  /// The rosters whose keys count now: the one in force, before that the proposed ones.
  public var rosters: [Roster] {
    if let adoption { return [adoption.roster] }
    return cases.values.filter(\.isOpen).compactMap { roster(of: $0) }
  }
}
