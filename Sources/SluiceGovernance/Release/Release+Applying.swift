internal import SluiceEncoding

extension Release {
  /// Moves the state by one entry; history is not judged again.
  public mutating func apply(_ entry: Entry) {
    switch entry.fact {
    case .accepted(let said): accept(said, index: entry.index, at: entry.at)
    case .decided(let decision): decide(decision, at: entry.at)
    case .supposed(let premise): decide(premise.record, at: entry.at)
    case .issued(var grant):
      grant.grace = grant.terms.stage.flatMap { policy(of: grant)?.stage($0)?.renews?.grace }
      grants[grant.id] = grant
    case .overdue(let id):
      cases[id]?.isOverdue = true
      cases[id]?.wasOverdue = true
    case .unpaid(let id, let place, let event): miss(place, of: id, event: event, at: entry.at)
    case .lapsed(let id):
      cases[id]?.state = .lapsed
      cases[id]?.endedAt = entry.at
      if let review = cases[id], review.kind == .review { condemn(review, at: entry.at) }
    case .clock(let isPaused): pausedAt = isPaused ? pausedAt ?? entry.at : nil
    }
  }

  /// The policy under which a grant was issued.
  public func policy(of grant: Grant) -> Policy? { library.policies[grant.terms.policy] }

  private mutating func accept(_ said: Entry.Said, index: Int, at now: Instant) {
    let statement = said.statement
    let subject = statement.subject.digest
    switch statement.body {
    case .file(let filing): begin(filing, said, at: now)
    case .revise(let words): reword(Case.ID(subject.hex), words, statement, at: now)
    case .withdraw: end(Case.ID(subject.hex), as: .withdrawn, at: now)
    case .return(let id, _, _): cases[id]?.state = .returned
    case .approve(let verdict): record(verdict, denial: nil, said, at: now)
    case .deny(let verdict, let code): record(verdict, denial: code, said, at: now)
    case .recuse: cases[Case.ID(subject.hex)]?.recusals[statement.by] = statement.id
    case .answer(.case(let id), _): answer(id, with: subject, said, at: now)
    case .answer(.grant(let id), _):
      payments[id, default: []].append(
        Payment(statement: statement.id, at: now, key: said.key, document: subject)
      )
    case .accept:
      acceptances[statement.by, default: [:]][subject] =
        Payment(statement: statement.id, at: now, key: said.key, document: subject)
    case .bind(let manifest): bindings[statement.boundTier] = manifest
    case .evidence, .confirm, .retract, .credential, .report: note(said, index: index, at: now)
    case .join(let member, let fields): join(member, fields, said, at: now)
    case .leave(let member): leave(member, statement, at: now)
    case .delegate(let delegate, let from, let until):
      if let organisation = said.organisation { organisations[delegate] = organisation }
      delegations.append(
        Delegation(
          statement: statement.id,
          role: Role.ID(statement.subject.name(after: "role:")),
          holder: statement.by,
          delegate: delegate,
          at: now,
          key: said.key,
          from: from,
          until: until
        )
      )
    case .hold(let order): hold(order, statement, at: now)
    case .revoke(let code, let text):
      grants[Grant.ID(subject.hex)]?.ending = .init(
        statement: statement.id,
        at: now,
        code: code,
        text: text
      )
    case .surrender:
      grants[Grant.ID(subject.hex)]?.ending = .init(
        kind: .surrendered,
        statement: statement.id,
        at: now,
        code: .other,
        text: "given back by the holder"
      )
    case .comment, .keychange: break
    }
  }

  private mutating func end(_ id: Case.ID, as state: Case.State, at now: Instant) {
    cases[id]?.state = state
    cases[id]?.endedAt = now
  }

  private mutating func record(
    _ verdict: Statement.Verdict,
    denial: ReasonCode?,
    _ said: Entry.Said,
    at now: Instant
  ) {
    guard let asked = cases[verdict.case], asked.revision.id == verdict.revision else { return }
    let rosters = [roster(of: asked), proposedRoster(of: asked)].compactMap { $0 }
    cases[asked.id]?.verdicts.append(
      .init(
        statement: said.statement.id,
        by: said.statement.by,
        at: now,
        strength: said.strength,
        key: said.key,
        roles: Set(rosters.flatMap { $0.roles(of: said.statement.by) }),
        denial: denial,
        reason: verdict.reason
      )
    )
  }

  private mutating func hold(_ order: Statement.Order, _ statement: Statement, at now: Instant) {
    guard let subject = try? Hold.Subject(statement.subject) else { return }
    holds.append(
      Hold(
        id: Hold.ID(statement.id.rawValue),
        subject: subject,
        code: order.code,
        text: order.text,
        placedBy: statement.by,
        placedFor: stewards(representedBy: statement.by, at: now),
        placedAt: now,
        until: order.until,
        since: order.since
      )
    )
  }

  /// What was owed was not given: noted, and where the policy says so the holder is held.
  private mutating func miss(
    _ place: Int,
    of id: Grant.ID,
    event: SHA256Digest,
    at now: Instant
  ) {
    unpaid[id, default: []].insert(place)
    guard let grant = grants[id], let owed = obligations(of: grant)[safe: place],
      owed.then == .hold, case .principal(let holder) = grant.terms.audience
    else { return }
    holds.append(
      Hold(
        id: Hold.ID(event.hex),
        subject: .principal(holder),
        code: .terms,
        text: "what was owed after grant \(id.rawValue.prefix(12)) was not given in time",
        placedBy: nil,
        placedAt: now
      )
    )
  }

  /// What is owed after a grant, by the policy under which it was issued.
  public func obligations(of grant: Grant) -> [Stage.Obligation] {
    grant.terms.stage.flatMap { policy(of: grant)?.stage($0)?.owes } ?? []
  }
}

extension Statement {
  /// The tier that a `bind` is about.
  public var boundTier: Tier.ID { Tier.ID(subject.name(after: "tier:")) }
}

extension Statement.Subject {
  /// What follows `prefix` in the name.
  func name(after prefix: String) -> String { String(name.dropFirst(prefix.count)) }
}

extension Array {
  /// The element at `index`, if there is one.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
