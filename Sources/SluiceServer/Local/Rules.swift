internal import SluiceEncoding
internal import SluiceGovernance

/// The rules that pages show: those in force, before that those last proposed.
struct Rules: Sendable {
  let policy: Policy
  let roster: Roster
  let terms: [Terms.ID: SHA256Digest]

  init?(_ release: Release) {
    if let adoption = release.adoption {
      (policy, roster, terms) = (adoption.policy, adoption.roster, adoption.terms)
      return
    }
    let proposals = release.cases.values.filter { $0.kind == .amend }
    guard let last = proposals.max(by: { $0.number < $1.number }),
      case .amend(let policy, let roster, let terms, _) = last.filing,
      let policy = release.library.policies[policy], let roster = release.library.rosters[roster]
    else { return nil }
    (self.policy, self.roster, self.terms) = (policy, roster, terms)
  }
}

extension Release {
  /// The stages that are open and offer a tier, in order of opening.
  ///
  /// What a stage offered when it opened is pinned; a tier that is a service has no manifest, so of
  /// those the policy in force tells.
  func openings(offering tier: Tier.ID) -> [(stage: Stage.ID, opening: Opening)] {
    openings.filter { id, opening in
      opening.manifests[tier] != nil
        || adoption?.policy.stage(id)?.offers.contains(tier) ?? false
    }.sorted { $0.value.order < $1.value.order }.map { ($0.key, $0.value) }
  }
}
