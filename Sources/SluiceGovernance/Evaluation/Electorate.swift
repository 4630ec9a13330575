internal import SluiceEncoding

/// Whose verdicts count in one case, under one policy and one roster (governance-domain 6).
struct Electorate {
  /// One place in a role, and who speaks for it.
  struct Seat {
    /// Whose place it is.
    let holder: Principal.ID
    /// Who speaks: the holder, or somebody whom the holder delegated and who spoke instead.
    let speaker: Principal.ID
    /// What was said for it, if it counts.
    let verdict: Case.Verdict?
    /// Why the place does not count.
    let exclusion: Evaluation.Exclusion.Reason?
    /// Who may speak for the holder now.
    let delegates: [Principal.ID]

    /// Who could still approve for the place, not having denied.
    ///
    /// What the holder says stands above what a delegate said.
    var hopes: [Principal.ID] {
      guard exclusion == nil else { return [] }
      guard let verdict, verdict.denial != nil else { return [speaker, holder] + delegates }
      return verdict.by == holder ? [] : [holder]
    }
  }

  let asked: Case
  let release: Release
  let policy: Policy
  let roster: Roster
  let now: Instant
  /// Who measured what the gate asks for, where the gate recuses them.
  private let authors: Set<Principal.ID>
  private let recusals: [Gate.Recusal]
  private let parties: Set<Principal.ID>

  init(
    of asked: Case,
    at gate: Gate.ID,
    in release: Release,
    policy: Policy,
    roster: Roster,
    at now: Instant
  ) {
    self.asked = asked
    self.release = release
    self.policy = policy
    self.roster = roster
    self.now = now
    recusals = policy.gate(gate)?.recuse ?? []
    authors =
      recusals.contains(.evidenceAuthor)
      ? Self.authors(of: asked, at: gate, in: release, policy: policy) : []
    switch asked.party {
    case .principal(let principal): parties = [principal]
    case .group(let group): parties = Set(release.members(of: group).map(\.member))
    case nil: parties = []
    }
  }

  /// The places of a role in roster order; a service has none (S5).
  func seats(of role: Role.ID) -> [Seat] {
    roster.members(of: role).map { holder in
      let delegations = release.delegations(of: holder, in: role, at: now)
      let delegates = delegations.map(\.delegate)
      let delegated = delegations.reversed().lazy.compactMap { self.verdict(under: $0) }.first
      let said = verdict(of: holder, in: role) ?? delegated
      let excluded = ([holder] + delegates).lazy.compactMap { exclusion(of: $0) }.first
      return Seat(
        holder: holder,
        speaker: said?.by ?? holder,
        verdict: excluded == nil ? said : nil,
        exclusion: excluded,
        delegates: delegates
      )
    }
  }

  /// The places in some roles of which somebody is the holder or may act for the holder now.
  func places(of head: Principal.ID, in roles: Set<Role.ID>) -> [Seat] {
    roles.sorted { $0.rawValue < $1.rawValue }.flatMap { seats(of: $0) }
      .filter { $0.holder == head && head.kind != .service || $0.delegates.contains(head) }
  }

  /// Why somebody does not count here, whatever they say.
  func exclusion(of head: Principal.ID) -> Evaluation.Exclusion.Reason? {
    if head.kind == .service { return .service }
    if head == asked.requester { return .requester }
    if parties.contains(head) { return .beneficiary }
    if asked.recusals[head] != nil { return .recused }
    if placedHold(head) { return .placedHold }
    if isBarred(head) { return .decider }
    if authors.contains(head) { return .evidenceAuthor }
    if recusals.contains(.sameOrganisation), sharesOrganisation(head) { return .sameOrganisation }
    return nil
  }

  /// Whoever placed a hold does not count when it is lifted (S8), nor does the steward for whom
  /// somebody placed it who is none.
  private func placedHold(_ head: Principal.ID) -> Bool {
    guard case .lift(let id, _) = asked.filing,
      let hold = release.holds.first(where: { $0.id == id })
    else { return false }
    return hold.placedBy == head || hold.placedFor.contains(head)
  }

  /// Those who decided what is looked at again; of a renewal those who decided about the grant, where
  /// its gate says so (S3).
  private func isBarred(_ head: Principal.ID) -> Bool {
    if asked.kind == .emergency, release.emergencyBarred.contains(head) { return true }
    if asked.barred.contains(head) { return true }
    guard recusals.contains(.deciders), case .renew(let grant, _) = asked.filing else {
      return false
    }
    let earlier = release.grants[grant].flatMap { release.cases[$0.terms.case] }
    return earlier?.deciders.contains(head) ?? false
  }

  private func sharesOrganisation(_ head: Principal.ID) -> Bool {
    guard let organisation = organisation(of: head) else { return false }
    return parties.contains { self.organisation(of: $0) == organisation }
  }

  /// The roster's word, else what the registry said when somebody was named: a delegate is often in no
  /// roster.
  private func organisation(of principal: Principal.ID) -> Principal.ID? {
    roster.principal(principal)?.organisation ?? release.organisation(of: principal)
  }

  /// What somebody last said of the current revision with a key that is not in doubt.
  private func verdict(of head: Principal.ID) -> Case.Verdict? {
    asked.verdicts.last { $0.by == head && !release.isDoubtful($0.key, at: $0.at, now: now) }
  }

  /// What a member of a role said who was one when they said it (S6).
  private func verdict(of head: Principal.ID, in role: Role.ID) -> Case.Verdict? {
    verdict(of: head).flatMap { $0.roles.contains(role) ? $0 : nil }
  }

  /// What a delegate said while the delegation counted.
  private func verdict(under delegation: Delegation) -> Case.Verdict? {
    verdict(of: delegation.delegate).flatMap { delegation.isActive(at: $0.at) ? $0 : nil }
  }

  private static func authors(
    of asked: Case,
    at gate: Gate.ID,
    in release: Release,
    policy: Policy
  ) -> Set<Principal.ID> {
    var authors: Set<Principal.ID> = []
    for part in policy.branches(of: gate).flatMap(\.parts) {
      guard case .evidence(let wanted) = part.requirement else { continue }
      let manifests = Set(release.manifests(for: wanted, in: asked).compactMap(\.manifest))
      authors.formUnion(
        release.evidence.filter { $0.kind == wanted.kind && manifests.contains($0.manifest) }
          .map(\.by)
      )
    }
    return authors
  }
}

extension Release {
  /// Who may act for a member of a role now, in log order.
  func delegations(
    of holder: Principal.ID,
    in role: Role.ID,
    at now: Instant
  ) -> [Delegation] {
    delegations.filter {
      $0.role == role && $0.holder == holder && $0.isActive(at: now)
        && !isDoubtful($0.key, at: $0.at, now: now)
    }
  }

  /// Whether something that a key signed at `instant` is discounted by a hold on the key.
  func isDoubtful(_ key: String?, at instant: Instant, now: Instant) -> Bool {
    guard let key else { return false }
    return holds.contains {
      $0.subject == .key(key) && $0.isActive(at: now) && $0.doubts(instant)
    }
  }

  /// What an evidence requirement must be about in a case: tier by tier, sorted.
  func manifests(
    for wanted: Requirement.Evidence,
    in asked: Case
  ) -> [(tier: Tier.ID, manifest: SHA256Digest?)] {
    let tiers = wanted.of.map { [$0] } ?? asked.tiers
    return tiers.map { ($0, asked.manifests[$0] ?? standing(of: $0)) }
  }
}
