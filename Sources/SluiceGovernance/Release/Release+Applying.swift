internal import SluiceEncoding

extension Release {
  /// Moves the state by one entry; history is not judged again.
  public mutating func apply(_ entry: Entry) {
    switch entry.fact {
    case .accepted(let statement, let number):
      accept(statement, at: entry.at, number: number ?? 0)
    case .decided(let decision): decide(decision, at: entry.at)
    case .issued(let grant): grants[grant.id] = grant
    case .overdue(let id): cases[id]?.isOverdue = true
    case .lapsed(let id):
      cases[id]?.state = .lapsed
      cases[id]?.endedAt = entry.at
    }
  }

  private mutating func accept(_ statement: Statement, at now: Instant, number: Int) {
    switch statement.body {
    case .file(let filing): begin(filing, statement: statement, at: now, number: number)
    case .approve(let verdict): record(verdict, denial: nil, statement: statement, at: now)
    case .deny(let verdict, let code):
      record(verdict, denial: code, statement: statement, at: now)
    case .answer(let id, _): cases[id]?.answers[statement.subject.digest] = statement.id
    case .accept: acceptances[statement.by, default: [:]][statement.subject.digest] = statement.id
    case .bind(let manifest): bindings[statement.boundTier] = manifest
    case .revoke(let code, let text):
      grants[Grant.ID(statement.subject.digest.hex)]?.ending = .init(
        statement: statement.id,
        at: now,
        code: code,
        text: text
      )
    case .keychange: break
    }
  }

  private mutating func begin(
    _ filing: Statement.Filing,
    statement: Statement,
    at now: Instant,
    number: Int
  ) {
    guard let policy = policy(for: filing), let gate = policy.gate(deciding: filing) else { return }
    let id = Case.ID(statement.id.rawValue)
    cases[id] = Case(
      id: id,
      number: number,
      filing: filing,
      requester: statement.by,
      filedAt: now,
      policy: policy.digest,
      gate: gate,
      revision: .init(id: Case.Revision.ID(statement.id.rawValue), at: now)
    )
  }

  private mutating func record(
    _ verdict: Statement.Verdict,
    denial: ReasonCode?,
    statement: Statement,
    at now: Instant
  ) {
    guard cases[verdict.case]?.revision.id == verdict.revision else { return }
    cases[verdict.case]?.verdicts.removeAll { $0.by == statement.by }
    cases[verdict.case]?.verdicts.append(
      .init(
        statement: statement.id,
        by: statement.by,
        at: now,
        denial: denial,
        reason: verdict.reason
      )
    )
  }

  private mutating func decide(_ decision: Decision.Record, at now: Instant) {
    guard let decided = cases[decision.case] else { return }
    cases[decision.case]?.state = decision.outcome == .approved ? .approved : .denied
    cases[decision.case]?.endedAt = now
    guard decision.outcome == .approved else { return }
    switch decided.filing {
    case .amend(let policy, let roster, let terms):
      guard let policy = library.policies[policy], let roster = library.rosters[roster] else {
        return
      }
      adoption = Adoption(policy: policy, roster: roster, terms: terms, at: now)
    case .open(let stage, let manifests):
      openings[stage] = Opening(at: now, order: openings.count, manifests: manifests)
    case .access: break
    }
  }

  /// The policy that a new case is pinned to: the one in force, of an amendment the proposed one.
  func policy(for filing: Statement.Filing) -> Policy? {
    guard case .amend(let policy, _, _) = filing else { return adoption?.policy }
    return library.policies[policy]
  }
}

extension Statement {
  /// The tier that a `bind` is about.
  public var boundTier: Tier.ID { Tier.ID(String(subject.name.dropFirst("tier:".utf8.count))) }
}

extension Policy {
  /// The gate that decides a case (governance-domain 3).
  func gate(deciding filing: Statement.Filing) -> Gate.ID? {
    switch filing {
    case .amend: governance.amend
    case .open(let id, _): stage(id)?.opens
    case .access(let id, _, _, _):
      switch stage(id)?.admits {
      case .gate(let gate): gate
      case .everyone, nil: nil
      }
    }
  }
}
