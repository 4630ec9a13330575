internal import SluiceEncoding

extension Release {
  /// Begins a case with what was filed.
  mutating func begin(_ filing: Statement.Filing, _ said: Entry.Said, at now: Instant) {
    let statement = said.statement
    guard let policy = policy(for: filing), let gate = self.gate(deciding: filing, under: policy)
    else { return }
    let id = Case.ID(statement.id.rawValue)
    let party = party(of: filing)
    if case .principal(let person)? = party, let organisation = said.organisation {
      organisations[person] = organisation
    }
    var asked = Case(
      id: id,
      number: said.number ?? 0,
      filing: filing,
      requester: statement.by,
      party: party,
      filedAt: now,
      runsSince: now,
      policy: policy.digest,
      gate: gate,
      stage: stage(of: filing),
      manifests: manifests(for: filing),
      revision: .init(id: Case.Revision.ID(statement.id.rawValue), at: now)
    )
    asked.barred = barred(from: filing)
    cases[id] = asked
    if case .appeal(let denied, let revision, _) = filing {
      cases[denied]?.appealed.insert(revision)
    }
  }

  /// Begins the review of an emergency that was granted (governance-domain 10).
  ///
  /// Nobody signs it: it is named after the emergency, whose parties are its parties too.
  mutating func beginReview(of emergency: Case, number: Int, at now: Instant) {
    guard let policy = policy(of: emergency), let rules = policy.governance.emergency else {
      return
    }
    let digest = Self.digest(of: "review:\(emergency.id)", in: id)
    var review = Case(
      id: Case.ID(digest.hex),
      number: number,
      filing: .review(emergency.id),
      requester: emergency.requester,
      party: emergency.party,
      filedAt: now,
      runsSince: now,
      policy: policy.digest,
      gate: rules.review,
      stage: nil,
      manifests: emergency.manifests,
      revision: .init(id: Case.Revision.ID(digest.hex), at: now)
    )
    review.barred = emergency.deciders
    review.deadline = now + rules.within
    cases[review.id] = review
  }

  /// Words a case anew: older verdicts are stale from here on.
  mutating func reword(
    _ id: Case.ID,
    _ words: Statement.Rewording,
    _ statement: Statement,
    at now: Instant
  ) {
    guard var asked = cases[id] else { return }
    asked.filing = asked.filing.reworded(by: words)
    asked.manifests = manifests(for: asked.filing)
    asked.renew(as: Case.Revision.ID(statement.id.rawValue), at: now)
    cases[id] = asked
  }

  /// Takes answers to a form; others in the place of those that verdicts may rest on make a new
  /// revision, as other words do (S7).
  mutating func answer(
    _ id: Case.ID,
    with form: SHA256Digest,
    _ said: Entry.Said,
    at now: Instant
  ) {
    guard var asked = cases[id] else { return }
    let replaces = asked.state == .open && asked.answers[form] != nil
    asked.answers[form] = .init(statement: said.statement.id, at: now, key: said.key)
    if replaces { asked.renew(as: Case.Revision.ID(said.statement.id.rawValue), at: now) }
    cases[id] = asked
  }

  /// The policy that a new case is pinned to: the one in force, of version 1 the proposed one.
  func policy(for filing: Statement.Filing) -> Policy? {
    if let adoption { return adoption.policy }
    guard case .amend(let policy, _, _, _) = filing else { return nil }
    return library.policies[policy]
  }

  /// The gate that decides a case under a policy (governance-domain 3).
  public func gate(deciding filing: Statement.Filing, under policy: Policy) -> Gate.ID? {
    switch filing {
    case .amend: return policy.governance.amend
    case .open(let id, _): return policy.stage(id)?.opens
    case .access(let id, _, _, _):
      guard case .gate(let gate)? = policy.stage(id)?.admits else { return nil }
      return gate
    case .renew(let id, _):
      return grants[id]?.terms.stage.flatMap { policy.stage($0)?.renews?.gate }
    case .lift: return policy.governance.lift
    case .appeal: return policy.governance.appeal
    case .emergency: return policy.governance.emergency?.gate
    case .review: return policy.governance.emergency?.review
    }
  }

  /// Who would obtain something.
  func party(of filing: Statement.Filing) -> Statement.Beneficiary? {
    switch filing {
    case .amend, .open, .lift: nil
    case .access(_, _, let beneficiary, _): beneficiary
    case .renew(let id, _):
      switch grants[id]?.terms.audience {
      case .principal(let holder): .principal(holder)
      case .group(let group): .group(group)
      case .everyone, nil: nil
      }
    case .appeal(let id, _, _): cases[id].map { $0.party ?? .principal($0.requester) }
    case .emergency(_, let beneficiary, _): .principal(beneficiary)
    case .review(let id): cases[id]?.party
    }
  }

  private func stage(of filing: Statement.Filing) -> Stage.ID? {
    switch filing {
    case .open(let stage, _), .access(let stage, _, _, _): stage
    case .renew(let id, _): grants[id]?.terms.stage
    case .appeal(let id, _, _): cases[id]?.stage
    case .amend, .lift, .emergency, .review: nil
    }
  }

  /// What the tiers in question stand for; a service stands for its name.
  func manifests(for filing: Statement.Filing) -> [Tier.ID: SHA256Digest] {
    switch filing {
    case .amend, .lift: return [:]
    case .open(let stage, let manifests):
      let services = adoption?.policy.stage(stage)?.offers.filter {
        adoption?.policy.tier($0)?.kind == .service
      }
      return (services ?? []).reduce(into: manifests) { $0[$1] = nameDigest(of: $1) }
    case .access(let stage, let tiers, _, _):
      return tiers.reduce(into: [:]) { map, tier in
        map[tier] = openings[stage]?.manifests[tier] ?? nameDigest(of: tier)
      }
    case .renew(let id, _): return grants[id]?.terms.tiers ?? [:]
    case .appeal(let id, _, _): return cases[id]?.manifests ?? [:]
    case .emergency(let manifests, _, _): return manifests
    case .review(let id): return cases[id]?.manifests ?? [:]
    }
  }

  /// Who decided what the case looks at again, and so never counts in it (rule S3).
  private func barred(from filing: Statement.Filing) -> [Principal.ID] {
    switch filing {
    case .appeal(let id, _, _): cases[id]?.deciders ?? []
    case .amend, .open, .access, .renew, .lift, .emergency, .review: []
    }
  }

  /// The digest of a name in a release, of which something is made that nobody signed.
  static func digest(of name: String, in release: Release.ID) -> SHA256Digest {
    Statement.Subject(name: name, in: release).digest
  }
}

extension Case {
  /// Begins another revision: older verdicts are stale, and the clocks of `wait` and `due` start anew.
  mutating func renew(as id: Revision.ID, at now: Instant) {
    revision = .init(id: id, at: now)
    state = .open
    verdicts = []
    isOverdue = false
    endedAt = nil
  }
}

extension Statement.Filing {
  /// The same with other words.
  public func reworded(by words: Statement.Rewording) -> Statement.Filing {
    switch self {
    case .amend, .review: self
    case .open(let stage, let manifests): .open(stage, manifests: words.manifests ?? manifests)
    case .access(let stage, let tiers, let beneficiary, let purpose):
      .access(
        stage,
        tiers: words.tiers ?? tiers,
        beneficiary: beneficiary,
        purpose: words.purpose ?? purpose
      )
    case .renew(let grant, let purpose): .renew(grant, purpose: words.purpose ?? purpose)
    case .lift(let hold, let purpose): .lift(hold, purpose: words.purpose ?? purpose)
    case .appeal(let id, let revision, let purpose):
      .appeal(id, revision: revision, purpose: words.purpose ?? purpose)
    case .emergency(let manifests, let beneficiary, let purpose):
      .emergency(
        words.manifests ?? manifests,
        beneficiary: beneficiary,
        purpose: words.purpose ?? purpose
      )
    }
  }
}
