internal import Foundation
internal import GRDB

extension Auditor {
  /// Asks SQLite about the file as such, and looks for instants that cannot be written.
  ///
  /// - Returns: Whether the rows can be read at all.
  mutating func compareFile() throws -> Bool {
    for line in try integrity() where line != "ok" { fault(.database, line) }
    for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
      let (table, parent): (String, String) = (row["table"], row["parent"])
      let key: Int? = row["rowid"]
      fault(
        .row(table: table, key: key.map { "\($0)" } ?? "?"),
        "refers to a row of \(parent) that is not there"
      )
    }
    let columns = [
      ("key", "fingerprint", "enrolled_at"), ("key", "fingerprint", "ended_at"),
      ("token", "id", "issued_at"), ("token", "id", "ends_at"), ("token", "id", "revoked_at"),
    ]
    var isReadable = true
    for (table, key, column) in columns {
      let rows = try String.fetchAll(
        db,
        sql: """
          SELECT \(key) FROM \(table)
          WHERE \(column) NOT BETWEEN -62135596800 AND 253402300799
          """
      )
      for key in rows {
        fault(.row(table: table, key: key), "\(column): no instant; the audit ends here")
        isReadable = false
      }
    }
    for row in try Row.fetchAll(db, sql: "SELECT fingerprint, line FROM key") {
      let (fingerprint, line): (String, String) = (row["fingerprint"], row["line"])
      guard !Registration.Key.isFingerprint(fingerprint, of: line) else { continue }
      let what = "fingerprint: is not that of the line beside it; the audit ends here"
      fault(.row(table: "key", key: fingerprint), what)
      isReadable = false
    }
    return isReadable
  }

  /// What SQLite finds in the file.
  ///
  /// A connection that cannot write does not know what tables forbid (`CHECK`), and those that read here
  /// cannot; so a file is looked at through one that could.
  private func integrity() throws -> [String] {
    let sql = "PRAGMA integrity_check(20)"
    guard let home = ledger.home else { return try String.fetchAll(db, sql: sql) }
    let queue = try DatabaseQueue(path: home.database.path(percentEncoded: false))
    let lines = try queue.inDatabase { other in
      try other.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON")
      return try String.fetchAll(other, sql: sql)
    }
    try queue.close()
    return lines
  }

  /// Compares tables, indexes and triggers with those of a new file: what they enforce is enforced.
  mutating func compareSchema() throws {
    let fresh = try DatabaseQueue()
    try Schema.migrator.migrate(fresh)
    let expected = try fresh.read { try Self.schema($0) }
    let found = try Self.schema(db)
    for name in Set(expected.keys).union(found.keys).sorted() where expected[name] != found[name] {
      let what =
        found[name] == nil
        ? "is missing from the file"
        : expected[name] == nil ? "is none of this version" : "is not as this version makes it"
      fault(.database, "\(name) \(what)")
    }
    let known = Schema.migrator.migrations
    let stored = try String.fetchAll(
      db,
      sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid"
    )
    if Set(stored) != Set(known) || stored.count != known.count {
      fault(.database, "grdb_migrations does not list the steps to this version, each once")
    }
  }

  /// What is in the file, with the words that made it.
  private static func schema(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT type || ' ' || name AS name, sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
        """
    )
    return Dictionary(
      rows.map { row in (row["name"] as String, row["sql"] as String) },
      uniquingKeysWith: { first, _ in first }
    )
  }
}
