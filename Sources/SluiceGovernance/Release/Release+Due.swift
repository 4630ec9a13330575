public import SluiceEncoding

extension Release {
  /// What time alone makes happen to a case by `now`, in the order in which it is to be recorded
  /// (governance-domain 7).
  public func due(_ case: Case, at now: Instant) -> [Entry.Fact] {
    guard `case`.isOpen, let gate = policy(of: `case`)?.gate(`case`.gate) else { return [] }
    if let lapse = gate.lapse, now >= `case`.filedAt + lapse { return [.lapsed(`case`.id)] }
    guard let due = gate.due, !`case`.isOverdue, `case`.state == .open,
      now >= `case`.revision.at + due
    else { return [] }
    return [.overdue(`case`.id)]
  }

  /// The next instant at which time alone changes something about `case`; the ledger wakes for it.
  public func nextDue(_ case: Case) -> Instant? {
    guard `case`.isOpen, let gate = policy(of: `case`)?.gate(`case`.gate) else { return nil }
    let lapse = gate.lapse.map { `case`.filedAt + $0 }
    let due = `case`.isOverdue ? nil : gate.due.map { `case`.revision.at + $0 }
    return [lapse, due].compactMap { $0 }.min()
  }

  /// The open cases that a statement can have moved.
  public func cases(touchedBy statement: Statement) -> [Case] {
    let touched: [Case] =
      switch statement.body {
      case .file: [cases[Case.ID(statement.id.rawValue)]].compactMap { $0 }
      case .approve(let verdict), .deny(let verdict, _):
        [cases[verdict.case]].compactMap { $0 }
      case .answer(let id, _): [cases[id]].compactMap { $0 }
      case .accept: cases.values.filter { $0.beneficiary == statement.by }
      case .bind, .revoke, .keychange: []
      }
    return touched.filter { $0.state == .open }.sorted { $0.number < $1.number }
  }
}
