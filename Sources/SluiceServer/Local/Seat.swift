internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

/// What a reader may see of one release, from who they are and nothing else.
///
/// How much of a case is seen is ``SluiceGovernance/Sight``'s to say; here stands what follows from it
/// for everything around cases.
struct Seat: Sendable {
  /// As whom the deployment is asked.
  let viewer: Viewer
  /// Folded at least as far as concerns all of it and the reader.
  let release: Release
  /// Log time, at which a delegation can count.
  let now: Instant
  /// The fingerprints of the reader's keys; known only where that opens something.
  var keys: Set<String> = []

  /// The reader's name, if they have one.
  var principal: Principal.ID? { viewer.principal }

  private var isOperator: Bool { viewer == .operator }

  /// Whether the reader has the auditor's mark.
  var isAuditor: Bool {
    if case .principal(_, isAuditor: true) = viewer { true } else { false }
  }

  /// Whether the release exists for the reader.
  var knowsRelease: Bool {
    isOperator || release.isPublic || principal.map(release.hasBusiness) ?? false
  }

  /// Whether the reader holds a role, in the roster in force or in a proposed one, or stands in for
  /// somebody who does.
  var hasRole: Bool {
    guard let principal else { return isOperator }
    return release.rosters.contains { !$0.roles(of: principal).isEmpty }
      || release.delegations.contains { $0.delegate == principal && $0.isActive(at: now) }
  }

  /// The reader's roles in the roster in force, before that in the one last proposed.
  var roles: [Role.ID] {
    guard let principal else { return [] }
    return Rules(release)?.roster.roles(of: principal) ?? []
  }

  /// Whether the reader may end grants.
  var isSteward: Bool { principal.map { release.closes($0, at: now) } ?? isOperator }

  /// Whether the reader sees whoever asks for and has whatever.
  var seesEverybody: Bool { isOperator || isSteward || isAuditor }

  /// Whether the reader sees no case but those that they filed or would benefit from.
  var seesOnlyOwn: Bool { principal != nil && !isAuditor && !hasRole }

  /// Whether the reader sees who asks for a tier: who can decide every gate that admits to it, because
  /// requests are nobody else's business (governance-domain 11).
  func seesRequests(for tier: Tier.ID) -> Bool {
    guard let policy = release.adoption?.policy else { return isOperator }
    let gates = policy.stages.filter { $0.offers.contains(tier) }
      .compactMap { stage -> Gate.ID? in
        if case .gate(let gate) = stage.admits { gate } else { nil }
      }
    return !gates.isEmpty && gates.allSatisfy { sits(at: $0) }
  }

  /// Whether the reader holds a role whose approval a gate asks for.
  func sits(at gate: Gate.ID) -> Bool {
    guard let adoption = release.adoption, let principal else { return isOperator }
    return adoption.policy.approvers(of: gate)
      .contains { adoption.roster.heads(of: $0).contains(principal) }
  }

  /// How much of a case the reader sees on its page; the release must be folded with the case.
  func sight(of asked: Case) -> Sight { release.sight(of: asked, for: viewer, at: now) }

  /// How much of a case the reader sees in a list.
  func sight(of outline: Case.Outline) -> Sight {
    release.sight(of: outline, for: viewer, at: now)
  }

  /// Whether somebody's gate takes the reader's word about others.
  var vouches: Bool { principal.map(release.isIssuer) ?? false }

  /// Whether the reader sees a grant, and which case led to it.
  func sees(_ grant: Grant) -> Bool {
    switch grant.terms.audience {
    case .everyone: return seesEverybody || hasRole
    case .principal(let holder) where holder == principal: return true
    case .group(let group) where isIn(group): return true
    case .principal, .group: break
    }
    guard !seesEverybody else { return true }
    guard let asked = release.cases[grant.terms.case] else { return false }
    return sight(of: release.outline(of: asked)) >= .page
  }

  /// Whether the reader is in a group.
  func isIn(_ group: Group.ID) -> Bool {
    principal.map { release.groups(of: $0).contains(group) } ?? false
  }

  /// Whether the reader invites to a group.
  func manages(_ group: Group.ID) -> Bool {
    guard let adoption = release.adoption, let principal else { return isOperator }
    return adoption.policy.group(group)
      .map { adoption.roster.heads(of: $0.managers).contains(principal) } ?? false
  }

  /// A principal, if the reader may know who they are; everybody may know those whom the roster shows
  /// under their own name.
  func named(_ somebody: Principal.ID) -> Principal.ID? {
    if seesEverybody || hasRole || somebody == principal { return somebody }
    let latest = release.adoptions.last { adoption in
      adoption.roster.principal(somebody) != nil || !adoption.roster.roles(of: somebody).isEmpty
    }
    guard let latest else { return nil }
    let shown = latest.roster.principal(somebody)?.shown
    return shown.map { $0.utf8.elementsEqual(somebody.name.utf8) } ?? true ? somebody : nil
  }
}
