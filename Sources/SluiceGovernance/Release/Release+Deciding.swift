internal import SluiceEncoding

extension Release {
  /// Applies what a decision brings about (governance-domain 3).
  mutating func decide(_ decision: Decision.Record, at now: Instant) {
    guard var decided = cases[decision.case] else { return }
    decided.state = decision.outcome == .approved ? .approved : .denied
    decided.endedAt = now
    decided.deciders = decided.verdicts.filter { decision.counted.contains($0.statement) }
      .map(\.by)
    cases[decided.id] = decided
    guard decision.outcome == .approved else {
      if decided.kind == .review { condemn(decided, at: now) }
      return
    }
    switch decided.filing {
    case .amend(let policy, let roster, let terms, _):
      adopt(policy, roster, terms, by: decided.id, at: now)
    case .open(let stage, let manifests):
      openings[stage] = Opening(
        at: now,
        order: openings.count,
        manifests: manifests,
        isForEveryone: self.policy(of: decided)?.stage(stage)?.admits == .everyone
      )
    case .lift(let id, _):
      if let place = holds.firstIndex(where: { $0.id == id }) { holds[place].liftedAt = now }
    case .appeal(let id, _, _): reopen(id, by: decided, at: now)
    case .emergency:
      if let number = decision.review { beginReview(of: decided, number: number, at: now) }
    case .access, .renew, .review: break
    }
  }

  private mutating func adopt(
    _ policy: SHA256Digest,
    _ roster: SHA256Digest,
    _ terms: [Terms.ID: SHA256Digest],
    by case: Case.ID,
    at now: Instant
  ) {
    guard let policy = library.policies[policy], let roster = library.rosters[roster] else {
      return
    }
    let isNew = adoption.map { $0.policy.digest != policy.digest } ?? false
    adoptions.append(
      Adoption(policy: policy, roster: roster, terms: terms, at: now, case: `case`)
    )
    // A delegation ends when its giver leaves the role, and does not come back with them.
    delegations.removeAll { !roster.heads(of: $0.role).contains($0.holder) }
    guard isNew else { return }
    if let grace = policy.onAdoption.endsGrantsAfter { cut(at: now + grace, now: now) }
    if policy.onAdoption.restartsCases { restart(under: policy, at: now) }
  }

  /// Shortens the grants that there are, and lengthens none; what everyone may have cannot end.
  private mutating func cut(at end: Instant, now: Instant) {
    for (id, grant) in grants where grant.terms.audience != .everyone {
      guard grant.ending == nil, grant.notAfter.map({ end < $0 }) ?? true else { continue }
      grants[id]?.cutAt = end
    }
  }

  /// Begins every open case anew under the new version; one that could not be filed under it, because
  /// it has no gate there or names other tiers than are on offer, lapses.
  private mutating func restart(under policy: Policy, at now: Instant) {
    for (id, asked) in cases where asked.isOpen && asked.kind != .amend && asked.kind != .review {
      guard let gate = gate(deciding: asked.filing, under: policy),
        policy.offers(asked.filing)
      else {
        cases[id]?.state = .lapsed
        cases[id]?.endedAt = now
        continue
      }
      let revision = Self.digest(of: "restart:\(id):\(policy.digest)", in: self.id)
      let isReturned = asked.state == .returned
      cases[id]?.policy = policy.digest
      cases[id]?.gate = gate
      cases[id]?.renew(as: Case.Revision.ID(revision.hex), at: now)
      if isReturned { cases[id]?.state = .returned }
    }
  }

  /// An appeal was granted: the denied case is open again, without those who denied it.
  ///
  /// The time after which it lapses begins anew, because the case had ended meanwhile.
  private mutating func reopen(_ id: Case.ID, by appeal: Case, at now: Instant) {
    guard var denied = cases[id] else { return }
    let revision = Self.digest(of: "appeal:\(appeal.id)", in: self.id)
    denied.barred += denied.deciders.filter { !denied.barred.contains($0) }
    denied.renew(as: Case.Revision.ID(revision.hex), at: now)
    denied.runsSince = now
    cases[id] = denied
  }

  /// A review was denied or came too late: the emergency's grant is dead, and those who asked for it
  /// and decided it take no more part in emergencies here (governance-domain 10).
  mutating func condemn(_ review: Case, at now: Instant) {
    guard case .review(let id) = review.filing, let emergency = cases[id] else { return }
    emergencyBarred.insert(emergency.requester)
    emergencyBarred.formUnion(emergency.deciders)
    let how = review.state == .lapsed ? "was not reviewed in time" : "was not ratified"
    for (grant, terms) in grants where terms.terms.case == id && terms.ending == nil {
      grants[grant]?.ending = .init(
        statement: nil,
        at: now,
        code: .other,
        text: "the emergency \(how)"
      )
    }
  }
}

extension Policy {
  /// Whether the tiers that a filing names are on offer as it names them.
  fileprivate func offers(_ filing: Statement.Filing) -> Bool {
    switch filing {
    case .open(let id, let manifests):
      let offered = stage(id)?.offers.filter { tier($0)?.kind != .service } ?? []
      return Set(offered) == Set(manifests.keys)
    case .access(let id, let tiers, _, _):
      return tiers.allSatisfy { stage(id)?.offers.contains($0) ?? false }
    case .emergency(let manifests, _, _):
      return manifests.keys.allSatisfy { tier($0) != nil && sealed[$0] == nil }
    case .amend, .renew, .lift, .appeal, .review: return true
    }
  }
}
