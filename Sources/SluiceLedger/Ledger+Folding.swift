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
  ///   - db: The transaction.
  /// - Returns: The fold; of a name that was never set aside, that of no entries.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  package func fold(
    _ id: Release.ID,
    _ scope: Scope,
    proposed: [Statement] = [],
    before end: Int = .max,
    in db: Database
  ) throws -> Release {
    let entries = try rows(of: id, scope, before: end, in: db).map { try entry($0, in: db) }
    let accepted = entries.compactMap { entry in
      if case .accepted(let statement, _) = entry.fact { statement } else { nil }
    }
    var release = Release(id, library: try library(naming: accepted + proposed, in: db))
    for entry in entries { release.apply(entry) }
    return release
  }

  /// The rows that a fold needs, in log order: of the release itself, of cases, of persons.
  func rows(
    of id: Release.ID,
    _ scope: Scope,
    before end: Int = .max,
    in db: Database
  ) throws -> [Row] {
    var parts: [String] = []
    var arguments: StatementArguments = []
    func add(_ condition: String, _ values: [String]) {
      parts.append("SELECT seq FROM event WHERE folds = 1 AND release = ? AND \(condition)")
      arguments += StatementArguments([id.rawValue] + values)
    }
    if scope.isWhole {
      add("TRUE", [])
    } else {
      add("case_id IS NULL AND person IS NULL", [])
      for person in scope.persons { add("person = ?", [person.rawValue]) }
      for item in scope.cases {
        add("case_id = ?", [item.rawValue])
        let beneficiary = "(SELECT beneficiary FROM case_file WHERE id = ?)"
        add("case_id IS NULL AND person = \(beneficiary)", [item.rawValue])
      }
    }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT event.seq, event.kind, event.at, event.body, statement.bytes AS bytes
        FROM event LEFT JOIN statement ON statement.sha256 = event.statement
        WHERE event.seq IN (\(parts.joined(separator: " UNION "))) AND event.seq < ?
        ORDER BY event.seq
        """,
      arguments: arguments + [end]
    )
  }

  /// The policies and rosters that amendments among `statements` propose.
  private func library(naming statements: [Statement], in db: Database) throws -> Release.Library {
    var library = Release.Library()
    for statement in statements {
      guard case .file(.amend(let policy, let roster, _)) = statement.body else { continue }
      if library.policies[policy] == nil, let text = try document(policy, in: db) {
        library.policies[policy] = try Policy(document: text, digest: policy)
      }
      if library.rosters[roster] == nil, let text = try document(roster, in: db) {
        library.rosters[roster] = try Roster(document: text, digest: roster)
      }
    }
    return library
  }
}
