package import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Writes the tables that are read off the log anew, once after a migration that changed them.
  ///
  /// It is one transaction with the note that it was done, so whoever opens the file next goes on where
  /// a power cut ended it. What cannot be read is passed over; an audit names it.
  func catchUp() throws {
    let isDone = try database.read { db in
      try Bool.fetchOne(db, sql: "SELECT is_projected FROM legacy")
    }
    guard isDone == false else { return }
    try database.write { db in
      try rebuild(in: db)
      try db.execute(sql: "UPDATE legacy SET is_projected = 1")
    }
  }

  /// Empties every table that is read off the folded log, and writes it from the log alone.
  package func rebuild(in db: Database) throws {
    // Deliveries refer to grants, which are away for a moment.
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
    for table in Self.projections { try db.execute(sql: "DELETE FROM \(table)") }
    let last = try lastTime(in: db) ?? Instant(seconds: 0)
    let names = try String.fetchAll(
      db,
      sql: "SELECT DISTINCT release FROM event WHERE folds = 1 ORDER BY release"
    )
    for name in names {
      let whole = try fold(Release.ID(name), .whole, isLenient: true, in: db)
      try project(whole, at: last, in: db)
    }
  }

  /// The tables that ``project(_:at:in:)`` writes, those first that refer to others.
  static let projections = [
    "grant_tier", "grant_row", "case_file", "hold", "membership", "acceptance", "affiliation",
  ]
}
