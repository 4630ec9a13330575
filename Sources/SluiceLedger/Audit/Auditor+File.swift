internal import GRDB

extension Auditor {
  /// Asks SQLite about the file as such, and looks for instants that cannot be written.
  ///
  /// - Returns: Whether the rows can be read at all.
  mutating func compareFile() throws -> Bool {
    for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where line != "ok" {
      fault(.database, line)
    }
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
    return isReadable
  }
}
