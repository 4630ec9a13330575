internal import SluiceEncoding

extension Release {
  /// Which open cases an entry can have moved.
  public enum Touch: Hashable, Sendable {
    case none
    /// These.
    case cases([Case.ID])
    /// Those from which these principals would benefit, or which they asked for.
    case parties([Principal.ID])
    /// Those before gates that ask for something of these kinds, by the words of the policy file.
    case gates(Set<String>)
    /// Any of the release.
    case all
  }

  /// Which open cases have to be judged again after `fact` was applied.
  public func touched(by fact: Entry.Fact) -> Touch {
    switch fact {
    case .accepted(let said): touched(by: said.statement)
    case .decided(let decision):
      switch cases[decision.case]?.filing {
      case .open: decision.outcome == .approved ? .gates(["after", "evidence"]) : .none
      case .amend, .lift: decision.outcome == .approved ? .all : .none
      case .appeal(let id, _, _): decision.outcome == .approved ? .cases([id]) : .none
      case .review: decision.outcome == .denied ? .cases(emergencies) : .none
      case .access, .renew, .emergency, nil: .none
      }
    case .supposed(let premise): touched(by: .decided(premise.record))
    case .lapsed(let id): cases[id]?.kind == .review ? .cases(emergencies) : .none
    case .clock: .gates(["after", "wait"])
    case .issued, .overdue, .unpaid: .none
    }
  }

  /// The open emergencies; a review that condemns one takes deciders from the others.
  private var emergencies: [Case.ID] {
    cases.values.filter { $0.kind == .emergency && $0.isOpen }.sorted { $0.number < $1.number }
      .map(\.id)
  }

  private func touched(by statement: Statement) -> Touch {
    let subject = statement.subject.digest.hex
    return switch statement.body {
    case .file: .cases([Case.ID(statement.id.rawValue)])
    case .approve(let verdict), .deny(let verdict, _): .cases([verdict.case])
    case .revise, .recuse: .cases([Case.ID(subject)])
    case .answer(.case(let id), _): .cases([id])
    case .accept: .parties([statement.by])
    case .credential:
      (try? Principal.ID(parsing: statement.subject.name)).map { .parties([$0]) } ?? .none
    case .join(let member, _), .leave(let member): .parties([member])
    case .retract: .gates(["evidence", "credential"])
    case .bind, .evidence, .confirm, .report(.leak, _): .gates(["evidence"])
    // Statements that a held key signed count no longer; a denial can be among them.
    case .hold where statement.subject.name.hasPrefix("key:"): .all
    // The renewal of a grant that has ended lapses.
    case .revoke, .surrender: .cases(renewals(of: Grant.ID(subject)))
    // What a delegate said before can count for another seat from here on, or a seat is out.
    case .delegate: .gates(["approve"])
    case .hold, .withdraw, .return, .comment, .answer(.grant, _), .report, .keychange:
      .none
    }
  }

  /// The open cases that ask for the renewal of a grant.
  private func renewals(of id: Grant.ID) -> [Case.ID] {
    cases.values.filter { asked in
      if case .renew(id, _) = asked.filing { asked.isOpen } else { false }
    }.sorted { $0.number < $1.number }.map(\.id)
  }

  /// The open cases that are meant, in the order in which they are judged.
  public func openCases(touchedBy touch: Touch) -> [Case.ID] {
    let open = cases.values.filter { $0.state == .open }
    let meant: [Case] =
      switch touch {
      case .none: []
      case .cases(let ids): open.filter { ids.contains($0.id) }
      case .parties(let parties):
        open.filter { asked in
          parties.contains { $0 == asked.requester || asked.party == .principal($0) }
        }
      case .gates(let kinds): open.filter { asks($0, for: kinds) }
      case .all: open
      }
    return meant.sorted { $0.number < $1.number }.map(\.id)
  }

  /// Whether a case stands before a gate that asks for something of these kinds; of an amendment the
  /// proposed policy's gate counts too, so it is judged in any case.
  private func asks(_ asked: Case, for kinds: Set<String>) -> Bool {
    guard asked.kind != .amend, let policy = policy(of: asked) else { return true }
    return policy.branches(of: asked.gate).flatMap(\.parts)
      .contains { kinds.contains($0.requirement.kind) }
  }
}
