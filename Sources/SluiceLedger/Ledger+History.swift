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
  /// Why, in words; of a `decide` the outcome, of an `accept` the name of the terms.
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

  init(of id: Case.ID) { self.id = id }

  mutating func add(_ entry: Entry) {
    switch entry.fact {
    case .accepted(let statement, _):
      guard concerns(statement) else { return }
      happenings.append(Happening(entry, statement))
    case .decided(let decision) where decision.case == id:
      hasEnded = true
      happenings.append(Happening(entry, .decide, reason: decision.outcome.rawValue))
    case .issued(let grant) where grant.terms.case == id:
      grants.insert(grant.id)
      happenings.append(Happening(entry, .issue))
    case .overdue(id): happenings.append(Happening(entry, .overdue))
    case .lapsed(id):
      hasEnded = true
      happenings.append(Happening(entry, .lapse))
    case .decided, .issued, .overdue, .lapsed: break
    }
  }

  private func concerns(_ statement: Statement) -> Bool {
    switch statement.body {
    case .file: statement.id.rawValue == id.rawValue
    case .approve(let verdict), .deny(let verdict, _): verdict.case == id
    case .answer(let asked, _): asked == id
    case .accept: !hasEnded
    case .revoke: grants.contains(Grant.ID(statement.subject.digest.hex))
    case .bind, .keychange: false
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
      case .file(.access(_, _, _, let purpose)): (nil, purpose.isEmpty ? nil : purpose)
      case .approve(let verdict): (nil, verdict.reason.isEmpty ? nil : verdict.reason)
      case .deny(let verdict, let code): (code, verdict.reason)
      case .revoke(let code, let text): (code, text)
      case .accept, .answer: (nil, statement.subject.name)
      case .file, .bind, .keychange: (nil, nil)
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
