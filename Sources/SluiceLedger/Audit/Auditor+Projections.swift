internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Auditor {
  /// Rebuilds the tables that are read off the log, and compares them row by row (invariant I1).
  mutating func compareProjections() throws {
    let scratch = try DatabaseQueue(configuration: Self.unchecked)
    try Schema.migrator.migrate(scratch)
    for release in states.releases {
      let state = try states.release(release, .whole)
      do {
        try scratch.write { [ledger] other in
          try ledger.project(state, at: Instant(seconds: last), in: other)
        }
      } catch is DatabaseError {
        fault(.database, "the tables of \(release) cannot be what the log says")
      }
    }
    for table in Self.projections { try compare(table, in: scratch) }
    try compareFigures()
    try compareStrays()
    try compareErasedDeliveries()
    try compareReceived()
    try compareRefusals()
  }

  /// A table that is read off the folded log, and by which columns a row is found.
  private struct Projection {
    let name: String
    let key: String
  }

  private static let projections = [
    Projection(name: "case_file", key: "id"), Projection(name: "grant_row", key: "id"),
    Projection(name: "grant_tier", key: "grant_id || '/' || tier"),
    Projection(name: "hold", key: "id"),
    Projection(
      name: "membership",
      key: "release || '/' || team || '/' || member || '/' || place"
    ),
    Projection(name: "acceptance", key: "release || '/' || principal || '/' || sha256"),
    Projection(name: "affiliation", key: "release || '/' || principal"),
    Projection(
      name: "request_total",
      key: "release || '/' || tier || '/' || hour || '/' || state || '/' || is_overdue"
    ),
    Projection(name: "request_wait", key: "release || '/' || tier || '/' || wait"),
  ]

  // Rows are made without those that they refer to.
  private static var unchecked: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    return configuration
  }

  /// Compares a stored table with the one made anew, both in the order of their keys.
  ///
  /// When a case is looked at next (`next_due`) may be sooner than needed, because what it waited for
  /// can have become impossible since; never later.
  private mutating func compare(_ table: Projection, in scratch: DatabaseQueue) throws {
    let sql = "SELECT \(table.key) AS audited_key, * FROM \(table.name) ORDER BY audited_key"
    let made = try scratch.read { try Row.fetchAll($0, sql: sql) }
    var expected = made[...]
    let rows = try Row.fetchCursor(db, sql: sql)
    while let stored = try rows.next() {
      let key: String = stored["audited_key"]
      while let next = expected.first, next["audited_key"] < key {
        fault(.row(table: table.name, key: next["audited_key"]), "is missing")
        expected.removeFirst()
      }
      guard let next = expected.first, next["audited_key"] == key else {
        fault(.row(table: table.name, key: key), "stands for nothing in the log")
        continue
      }
      expected.removeFirst()
      if !Self.agree(stored, next) {
        fault(.row(table: table.name, key: key), "is not what the log says")
      }
    }
    for next in expected {
      fault(.row(table: table.name, key: next["audited_key"]), "is missing")
    }
  }

  private static func agree(_ stored: Row, _ made: Row) -> Bool {
    for (column, value) in made {
      if column == "next_due", made.hasColumn("gate") {
        let (wakes, needed): (Int?, Int?) = (stored[column], made[column])
        guard let needed else { continue }
        guard let wakes, wakes <= needed else { return false }
      } else {
        guard stored[column] as DatabaseValue? == value else { return false }
      }
    }
    return true
  }

  /// Names rows that stand for nothing in the log.
  private mutating func compareStrays() throws {
    let strays = [
      (
        "decision",
        """
        SELECT seq AS key FROM decision WHERE NOT EXISTS
          (SELECT 1 FROM event WHERE seq = decision.seq AND kind = 'decide')
        """
      ),
      (
        "delivery",
        """
        SELECT seq AS key FROM delivery WHERE NOT EXISTS
            (SELECT 1 FROM event WHERE seq = delivery.seq AND kind = 'deliver')
          OR closed_by IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM event WHERE seq = closed_by AND kind = 'delivered')
        """
      ),
      (
        "coverage",
        """
        SELECT delivery || '/' || lower AS key FROM coverage WHERE NOT EXISTS
          (SELECT 1 FROM delivery WHERE seq = delivery AND closed_by IS NOT NULL)
        """
      ),
      (
        "ongoing",
        """
        SELECT seq AS key FROM delivery WHERE
            (ended_at IS NULL) <> EXISTS (SELECT 1 FROM ongoing WHERE delivery = delivery.seq)
        UNION SELECT delivery FROM ongoing WHERE NOT EXISTS
          (SELECT 1 FROM delivery WHERE seq = ongoing.delivery AND file = ongoing.file
            AND grant_id = ongoing.grant_id AND principal = ongoing.principal
            AND credential = ongoing.credential AND tier = ongoing.tier)
        """
      ),
      (
        "release",
        """
        SELECT DISTINCT release AS key FROM event
        WHERE folds = 1 AND release NOT IN (SELECT id FROM release)
        """
      ),
    ]
    for (table, sql) in strays {
      for key in try String.fetchAll(db, sql: "SELECT CAST(key AS TEXT) FROM (\(sql))") {
        fault(.row(table: table, key: key), "does not stand for what is in the log")
      }
    }
  }

  private mutating func compareRefusals() throws {
    var left = refusals
    for row in try Row.fetchAll(db, sql: "SELECT * FROM refusal") {
      let key: [String] = [row["principal"], row["release"], row["tier"], row["code"]]
      if left.removeValue(forKey: key) != row["at"] {
        fault(.row(table: "refusal", key: key.joined(separator: "/")), "is not what the log says")
      }
    }
    for key in left.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      fault(.row(table: "refusal", key: key.joined(separator: "/")), "is missing")
    }
  }
}
