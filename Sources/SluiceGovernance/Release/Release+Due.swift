public import SluiceEncoding

extension Release {
  /// What time alone makes happen to a case by `now`, in the order in which it is to be recorded
  /// (governance-domain 7 and 10); nothing that the clock says while it is in doubt.
  public func due(_ case: Case, at now: Instant) -> [Entry.Fact] {
    guard `case`.isOpen else { return [] }
    let now = trusted(now)
    let end = end(of: `case`)
    var facts: [Entry.Fact] = []
    if let late = lateness(of: `case`), now >= late, end.map({ late < $0 }) ?? true {
      facts.append(.overdue(`case`.id))
    }
    if let end, now >= end { facts.append(.lapsed(`case`.id)) }
    return facts
  }

  /// When an open case is given up: by its gate or its deadline; the renewal of a grant that was
  /// ended, with that.
  private func end(of asked: Case) -> Instant? {
    var instants = [asked.deadline].compactMap { $0 }
    if let lapse = policy(of: asked)?.gate(asked.gate)?.lapse {
      instants.append(asked.runsSince + lapse)
    }
    if case .renew(let grant, _) = asked.filing, let ending = grants[grant]?.ending {
      instants.append(ending.at)
    }
    return instants.min()
  }

  /// When an open case becomes overdue, if it can in this revision.
  private func lateness(of asked: Case) -> Instant? {
    guard !asked.isOverdue, asked.state == .open else { return nil }
    return policy(of: asked)?.gate(asked.gate)?.due.map { asked.revision.at + $0 }
  }

  /// The next instant at which time alone changes something about `case`; the ledger wakes for it.
  ///
  /// What is due, the instant at which only time is missing, the end of a hold on the case or on any key,
  /// because whatever that key signed can count again, and where a delegation begins or ends, because
  /// a seat can come or go with it.
  public func nextDue(_ case: Case, at now: Instant) -> Instant? {
    guard `case`.isOpen else { return nil }
    var instants = [end(of: `case`), lateness(of: `case`)].compactMap { $0 }
    if `case`.state == .open, let evaluation = evaluate(`case`, in: self, at: now) {
      instants += [evaluation.earliest].compactMap { $0 }
      // What is not met otherwise is not moved by the end of a hold.
      if evaluation.result == .met { instants += evaluation.holds.compactMap(\.until) }
      instants += holds.filter { $0.subject.isKey && $0.isActive(at: now) }.compactMap(\.until)
      instants += turns(of: `case`, after: now)
    }
    return instants.min()
  }

  /// When delegations begin and end in the roles that the gate of a case asks for.
  private func turns(of asked: Case, after now: Instant) -> [Instant] {
    guard !delegations.isEmpty else { return [] }
    let roles = (Authority.all(over: asked, in: self) ?? []).map { authority in
      authority.policy.approvers(of: authority.gate)
    }
    return delegations.filter { delegation in roles.contains { $0.contains(delegation.role) } }
      .flatMap { [$0.from, $0.until] }.filter { $0 > now }
  }

  /// What is owed after a grant and was not given in time by `now`: places in the stage's list.
  ///
  /// Nothing where a later grant goes on where it ended by time; then it is owed after that one.
  public func unpaid(after grant: Grant, at now: Instant) -> [Int] {
    let now = trusted(now)
    guard let end = grant.endsAt, end <= now, !isContinued(grant) else { return [] }
    return obligations(of: grant).enumerated().compactMap { place, owed in
      guard now >= end + owed.within, unpaid[grant.id]?.contains(place) != true,
        !isPaid(owed, after: grant, from: end)
      else { return nil }
      return place
    }
  }

  /// The next instant at which something owed after a grant is late.
  public func nextDue(_ grant: Grant) -> Instant? {
    guard let end = grant.endsAt, !isContinued(grant) else { return nil }
    return obligations(of: grant).enumerated().compactMap { place, owed in
      guard unpaid[grant.id]?.contains(place) != true, !isPaid(owed, after: grant, from: end) else {
        return nil
      }
      return end + owed.within
    }.min()
  }

  /// Whether a later grant goes on where this one ended by time.
  private func isContinued(_ grant: Grant) -> Bool {
    guard grant.ending == nil, !obligations(of: grant).isEmpty else { return false }
    return grants.values.contains { $0.terms.successorOf == grant.id }
  }

  /// Whether what is owed after a grant was given since the grant's end.
  public func isPaid(
    _ owed: Stage.Obligation,
    after grant: Grant,
    from end: Instant
  ) -> Bool {
    switch owed.act {
    case .answer(let form):
      let digest = policy(of: grant)?.form(form)?.digest
      return payments[grant.id, default: []].contains { $0.document == digest && $0.at >= end }
    case .accept(let terms):
      guard case .principal(let holder) = grant.terms.audience else { return true }
      let digest = self.terms(under: grant.terms.policy)[terms]
      return acceptances[holder, default: [:]].contains { $0.key == digest && $0.value.at >= end }
    }
  }
}

extension Hold.Subject {
  fileprivate var isKey: Bool {
    if case .key = self { true } else { false }
  }
}
