internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// How much of its release a statement is judged on: always what the signer has there, because
  /// that decides whether the signer may know of it.
  func scope(of statement: Statement, in db: Database) throws -> Scope {
    try Scope.person(statement.by).union(ofSubject(statement, in: db))
  }

  private func ofSubject(_ statement: Statement, in db: Database) throws -> Scope {
    let subject = statement.subject.digest.hex
    switch statement.body {
    case .file(let filing): return try scope(of: filing, in: db)
    case .approve(let verdict), .deny(let verdict, _): return .case(verdict.case)
    case .return(let id, _, _), .answer(.case(let id), _): return .case(id)
    case .revise, .withdraw, .recuse: return .case(Case.ID(subject))
    case .answer(.grant(let id), _): return try scope(ofGrant: id, in: db)
    case .revoke, .surrender: return try scope(ofGrant: Grant.ID(subject), in: db)
    case .credential:
      return (try? Principal.ID(parsing: statement.subject.name)).map { .person($0) } ?? .levelOnly
    case .join(let member, _), .leave(let member): return .person(member)
    case .delegate(let delegate, _, _): return .person(delegate)
    case .retract: return try scope(ofStatement: subject, in: db)
    case .hold, .comment, .report:
      return try (try? Hold.Subject(statement.subject)).map { try scope(of: $0, in: db) }
        ?? .levelOnly
    case .accept: return try ofAcceptance(statement, in: db)
    case .bind, .evidence, .confirm, .keychange: return .levelOnly
    }
  }

  /// What can ask somebody for a text besides their own cases and grants: the open cases of groups that
  /// they filed, and the grants of the groups in which they are.
  private func ofAcceptance(_ statement: Statement, in db: Database) throws -> Scope {
    let release = statement.release.rawValue
    let signer = statement.by.rawValue
    let ids = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id FROM case_file WHERE requester = :signer AND release = :release
            AND party LIKE 'group:%' AND state IN ('open', 'returned')
          UNION SELECT id FROM case_file WHERE release = :release AND party IN
            (SELECT 'group:' || team FROM membership WHERE release = :release AND member = :signer)
          """
      ),
      arguments: ["release": release, "signer": signer]
    )
    return ids.reduce(.levelOnly) { $0.union(.bare(Case.ID($1))) }
  }

  private func scope(of filing: Statement.Filing, in db: Database) throws -> Scope {
    switch filing {
    case .amend, .open, .review: return .levelOnly
    case .access(_, _, .principal(let beneficiary), _): return .person(beneficiary)
    case .access(_, _, .group(let group), _): return .group(group)
    case .renew(let grant, _): return try scope(ofGrant: grant, in: db)
    case .lift(let hold, _):
      let subject = try String.fetchOne(
        db,
        sql: "SELECT subject FROM hold WHERE id = ?",
        arguments: [hold.rawValue]
      )
      return try subject.flatMap { Hold.Subject(text: $0) }.map { try scope(of: $0, in: db) }
        ?? .levelOnly
    case .appeal(let id, _, _): return .case(id)
    case .emergency(_, let beneficiary, _): return .person(beneficiary)
    }
  }

  func scope(of subject: Hold.Subject, in db: Database) throws -> Scope {
    switch subject {
    case .principal(let principal): .person(principal)
    case .grant(let id): try scope(ofGrant: id, in: db)
    case .case(let id): .case(id)
    case .key, .tier, .stage: .levelOnly
    }
  }

  private func scope(ofGrant id: Grant.ID, in db: Database) throws -> Scope {
    try grant(id, in: db).map { .case($0.terms.case) } ?? .levelOnly
  }

  /// The person whom a statement concerns that was taken in.
  private func scope(ofStatement id: String, in db: Database) throws -> Scope {
    let person = try String.fetchOne(
      db,
      sql: "SELECT person FROM event WHERE statement = ? AND person IS NOT NULL",
      arguments: [id]
    )
    return person.map { .person(Principal.ID($0)) } ?? .levelOnly
  }
}
