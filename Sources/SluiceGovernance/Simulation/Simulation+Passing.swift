public import SluiceEncoding

extension Simulation {
  /// What time alone makes happen next.
  private struct Due: Hashable {
    enum What: Hashable {
      case asked(Case.ID)
      case granted(Grant.ID)
    }

    let at: Instant
    /// Cases before grants, each in order of their beginning.
    let order: Int
    let what: What

    func comes(before other: Due) -> Bool { (at, order) < (other.at, other.order) }
  }

  /// Lets time alone do what it does until an instant, each thing at exactly its second.
  ///
  /// All that is due at one instant is known before the first of it happens: afterwards, what only
  /// waited for that instant waits for nothing any more. While the clock is in doubt only that happens
  /// which was due when it was last believed.
  public mutating func pass(to end: Instant) {
    var last: ArraySlice<Due> = []
    while case let dues = dues, let instant = dues.first?.at, instant <= end {
      let together = dues.prefix { $0.at == instant }
      precondition(together != last, "something was due that does not happen")
      last = together
      move(to: instant)
      for due in together {
        switch due.what {
        case .asked(let id): settle(id)
        case .granted(let id): settle(id)
        }
      }
    }
    move(to: end)
  }

  private mutating func settle(_ id: Case.ID) {
    let facts = release.cases[id].map { release.due($0, at: now) } ?? []
    for fact in facts { append(fact) }
    judge(.cases([id]))
    for fact in facts { judge(release.touched(by: fact)) }
  }

  private mutating func settle(_ id: Grant.ID) {
    guard let grant = release.grants[id] else { return }
    for place in release.unpaid(after: grant, at: now) {
      let event = Release.digest(of: "overdue:\(nextIndex)", in: release.id)
      append(.unpaid(id, owes: place, event: event))
    }
  }

  /// What is due by and by, in order.
  private var dues: [Due] {
    let cases = release.cases.values.filter(\.isOpen).compactMap { asked in
      release.nextDue(asked, at: now).map {
        Due(at: $0, order: asked.number, what: .asked(asked.id))
      }
    }
    let later = release.cases.values.map(\.number).max() ?? 0
    let grants = release.grants.values.compactMap { grant in
      release.nextDue(grant).map {
        Due(at: $0, order: later + 1 + grant.index, what: .granted(grant.id))
      }
    }
    return (cases + grants).filter { release.trusted($0.at) == $0.at }
      .sorted { $0.comes(before: $1) }
  }
}
