internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// One thing that happened to a case.
public struct Happening: Hashable, Sendable {
  /// The index of the entry.
  public let index: Int
  /// Log time.
  public let at: Instant
  /// A statement's type or a service entry's name, such as `approve` or `decide`.
  public let kind: String
  /// Who; `nil` of service entries.
  public let by: Principal.ID?
  /// Why, from the closed list.
  public let code: ReasonCode?
  /// Why, in words; of a `decide` the outcome, or that an appeal reopened the case, of an `accept` the
  /// name of the terms, of a `lapse` what ended the grant whose renewal it was.
  public let reason: String?
  /// The statement.
  public let statement: SluiceGovernance.Statement.ID?
}

extension Ledger {
  /// What happened to a case, in log order: statements about it and its grant, what the beneficiary
  /// agreed to until it ended, and what followed.
  public func history(of id: Case.ID) async throws -> [Happening] {
    try await database.read { db in
      let name = try String.fetchOne(
        db,
        sql: "SELECT release FROM case_file WHERE id = ?",
        arguments: [id.rawValue]
      )
      guard let name else { return [] }
      var story = Story(of: id)
      for row in try rows(of: Release.ID(name), .case(id), in: db) {
        story.add(try entry(row, in: db))
      }
      return story.happenings
    }
  }
}

/// Picks from the entries of a release those that belong to one case.
private struct Story {
  let id: Case.ID
  var happenings: [Happening] = []
  private var hasEnded = false
  private var grants: Set<Grant.ID> = []
  private var appeals: Set<Case.ID> = []
  /// The grant whose renewal the case is, and what ended it.
  private var renewed: Grant.ID?
  private var ending: String?

  init(of id: Case.ID) { self.id = id }

  mutating func add(_ entry: Entry) {
    switch entry.fact {
    case .accepted(let said):
      if case .file(.appeal(id, _, _)) = said.statement.body {
        appeals.insert(Case.ID(said.statement.id.rawValue))
      }
      noteRenewed(said.statement)
      guard concerns(said.statement) else { return }
      happenings.append(Happening(entry, said.statement))
    case .decided(let decision) where decision.case == id:
      hasEnded = true
      happenings.append(Happening(entry, .decide, reason: decision.outcome.rawValue))
    case .decided(let decision)
    where appeals.contains(decision.case) && decision.outcome == .approved:
      hasEnded = false
      happenings.append(Happening(entry, .decide, reason: "reopened by an appeal"))
    case .issued(let grant) where grant.terms.case == id:
      grants.insert(grant.id)
      happenings.append(Happening(entry, .issue))
    case .overdue(id): happenings.append(Happening(entry, .overdue))
    case .lapsed(id):
      hasEnded = true
      happenings.append(Happening(entry, .lapse, reason: ending))
    case .decided, .supposed, .issued, .overdue, .unpaid, .lapsed, .clock: break
    }
  }

  /// Takes note of the grant that the case would renew, and of the end of that.
  private mutating func noteRenewed(_ statement: Statement) {
    switch statement.body {
    case .file(.renew(let grant, _)) where statement.id.rawValue == id.rawValue: renewed = grant
    case .revoke where statement.subject.digest.hex == renewed?.rawValue:
      ending = "the grant was revoked"
    case .surrender where statement.subject.digest.hex == renewed?.rawValue:
      ending = "the grant was surrendered"
    default: break
    }
  }

  private func concerns(_ statement: Statement) -> Bool {
    let subject = statement.subject.digest.hex
    return switch statement.body {
    case .file: statement.id.rawValue == id.rawValue
    case .approve(let verdict), .deny(let verdict, _): verdict.case == id
    case .return(let asked, _, _), .answer(.case(let asked), _): asked == id
    case .revise, .withdraw, .recuse: subject == id.rawValue
    case .comment, .report, .hold: statement.subject.name == "case" && subject == id.rawValue
    case .accept: !hasEnded
    case .revoke, .surrender: grants.contains(Grant.ID(subject))
    case .answer(.grant(let grant), _): grants.contains(grant)
    case .bind, .credential, .evidence, .confirm, .retract, .join, .leave, .delegate, .keychange:
      false
    }
  }
}

extension Happening {
  fileprivate init(_ entry: Entry, _ kind: Event.Kind, reason: String? = nil) {
    self.init(
      index: entry.index,
      at: entry.at,
      kind: kind.rawValue,
      by: nil,
      code: nil,
      reason: reason,
      statement: nil
    )
  }

  fileprivate init(_ entry: Entry, _ statement: Statement) {
    let (code, reason): (ReasonCode?, String?) =
      switch statement.body {
      case .file(let filing): (nil, filing.purpose.isEmpty ? nil : filing.purpose)
      case .approve(let verdict): (nil, verdict.reason.isEmpty ? nil : verdict.reason)
      case .deny(let verdict, let code): (code, verdict.reason)
      case .revoke(let code, let text): (code, text)
      case .hold(let order): (order.code, order.text)
      case .report(let code, let text): (code, text)
      case .comment(let text, _): (nil, text)
      case .revise(let words): (nil, words.purpose)
      case .withdraw(let reason), .return(_, _, let reason), .recuse(let reason):
        (nil, reason.isEmpty ? nil : reason)
      case .accept, .answer: (nil, statement.subject.name)
      case .bind, .surrender, .credential, .evidence, .confirm, .retract, .join, .leave, .delegate,
        .keychange:
        (nil, nil)
      }
    self.init(
      index: entry.index,
      at: entry.at,
      kind: statement.type.rawValue,
      by: statement.by,
      code: code,
      reason: reason,
      statement: statement.id
    )
  }
}
