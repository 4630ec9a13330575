internal import Foundation
package import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// The state of a release: the fold of its entries.
  ///
  /// - Parameters:
  ///   - id: The release.
  ///   - scope: How much of it; by default everything.
  /// - Returns: The fold.
  /// - Throws: `Refusal.unknownRelease` if the name was never set aside.
  public func release(_ id: Release.ID, scope: Scope = .whole) async throws -> Release {
    try await database.read { db in
      guard try isReserved(id, in: db) else { throw Refusal.unknownRelease(id) }
      return try fold(id, scope, in: db)
    }
  }

  /// Folds the entries of a release, in log order.
  ///
  /// - Parameters:
  ///   - id: The release.
  ///   - scope: How much of it.
  ///   - proposed: Statements about to be taken in; the texts that they name are read too.
  ///   - end: The index before which the fold stops; without it, all entries are folded.
  ///   - isLenient: Whether what cannot be read is passed over, as an audit does that names it
  ///     elsewhere. What was erased is passed over in any case.
  ///   - db: The transaction.
  /// - Returns: The fold; of a name that was never set aside, that of no entries.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  package func fold(
    _ id: Release.ID,
    _ scope: Scope,
    proposed: [Statement] = [],
    before end: Int = .max,
    isLenient: Bool = false,
    in db: Database
  ) throws -> Release {
    let entries = try entries(of: id, scope, before: end, isLenient: isLenient, in: db)
    var release = try unfolded(id, entries, proposed: proposed, isLenient: isLenient, in: db)
    for entry in entries { release.apply(entry) }
    return release
  }

  /// The entries that a fold needs, in log order.
  func entries(
    of id: Release.ID,
    _ scope: Scope,
    before end: Int = .max,
    isLenient: Bool = false,
    in db: Database
  ) throws -> [Entry] {
    try rows(of: id, scope, before: end, in: db).compactMap { row -> Entry? in
      guard isLenient else { return try known(row, in: db) }
      do { return try entry(row, in: db) } catch is Refusal { return nil }
    }
  }

  /// A release before its first entry, with the texts that the entries name.
  func unfolded(
    _ id: Release.ID,
    _ entries: [Entry],
    proposed: [Statement] = [],
    isLenient: Bool = false,
    in db: Database
  ) throws -> Release {
    let accepted = entries.compactMap { entry in
      if case .accepted(let said) = entry.fact { said.statement } else { nil }
    }
    return Release(
      id,
      library: try library(naming: accepted + proposed, isLenient: isLenient, in: db)
    )
  }

  /// The entry of a row; one that is about nobody is read once.
  private func known(_ row: Row, in db: Database) throws -> Entry? {
    guard row["is_about_nobody"] else { return try entry(row, in: db) }
    let body: Data = row["body"]
    return try texts.entry(SHA256Digest(of: body)) { try entry(row, in: db) }
  }

  /// The rows that a fold needs, in log order: of the release itself, of cases, of persons.
  func rows(
    of id: Release.ID,
    _ scope: Scope,
    before end: Int = .max,
    in db: Database
  ) throws -> [Row] {
    // A clock that was doubted and confirmed concerns every release.
    var parts = ["SELECT seq FROM event WHERE kind = 'tick'"]
    var arguments = StatementArguments()
    func add(_ condition: String, _ values: [String]) {
      parts.append("SELECT seq FROM event WHERE folds = 1 AND release = ? AND \(condition)")
      arguments += StatementArguments([id.rawValue] + values)
    }
    if scope.isWhole {
      add("TRUE", [])
    } else {
      let scope = try withParties(scope, in: db)
      add("case_id IS NULL AND person IS NULL", [])
      for item in scope.cases.union(scope.bareCases) { add("case_id = ?", [item.rawValue]) }
      for person in scope.persons { add("person = ?", [person.rawValue]) }
      for group in scope.groups {
        let members = "(SELECT member FROM membership WHERE release = ? AND team = ?)"
        add("person IN \(members)", [id.rawValue, group.rawValue])
        let theirs = "(SELECT id FROM case_file WHERE release = ? AND party = ?)"
        add("case_id IN \(theirs)", [id.rawValue, "group:\(group)"])
      }
    }
    let statement = try db.cachedStatement(
      sql: """
        SELECT event.seq, event.kind, event.at, event.body, statement.bytes AS bytes,
          event.case_id IS NULL AND event.person IS NULL AS is_about_nobody
        FROM event LEFT JOIN statement ON statement.sha256 = event.statement
        WHERE event.seq IN (\(parts.joined(separator: " UNION "))) AND event.seq < ?
          AND event.body IS NOT NULL
        ORDER BY event.seq
        """
    )
    return try Row.fetchAll(statement, arguments: arguments + [end])
  }

  /// A scope with the parties of its cases, because what a case refers to is theirs.
  private func withParties(_ scope: Scope, in db: Database) throws -> Scope {
    var scope = scope
    for id in scope.cases {
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT requester, party,
              (SELECT person FROM event WHERE folds = 1 AND release = case_file.release
               AND case_id = case_file.id AND person IS NOT NULL LIMIT 1) AS person
            FROM case_file WHERE id = ?
            """
        ),
        arguments: [id.rawValue]
      )
      guard let row else { continue }
      let (party, person): (String?, String?) = (row["party"], row["person"])
      scope.persons.insert(Principal.ID(row["requester"]))
      if let person { scope.persons.insert(Principal.ID(person)) }
      switch party.flatMap({ try? Statement.Beneficiary(parsing: $0) }) {
      case .principal(let principal): scope.persons.insert(principal)
      case .group(let group): scope.groups.insert(group)
      case nil: break
      }
    }
    return scope
  }

  /// The policies and rosters that amendments among `statements` propose.
  private func library(
    naming statements: [Statement],
    isLenient: Bool,
    in db: Database
  ) throws -> Release.Library {
    var library = Release.Library()
    for statement in statements {
      guard case .file(.amend(let policy, let roster, _, _)) = statement.body else { continue }
      do {
        // What was sent with a call that was refused is known, and still not in the ledger.
        if try hasDocument(policy, in: db) {
          library.policies[policy] = try texts.policy(policy) {
            try document(policy, in: db).map { try Policy(document: $0, digest: policy) }
          }
        }
        if try hasDocument(roster, in: db) {
          library.rosters[roster] = try texts.roster(roster) {
            try document(roster, in: db).map { try Roster(document: $0, digest: roster) }
          }
        }
      } catch let refusal as Refusal {
        guard isLenient else { throw refusal }
      }
    }
    return library
  }
}
