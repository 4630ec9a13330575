internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

extension Auditor {
  /// Rebuilds the tables that are read off the log, row by row, and compares (invariant I1).
  mutating func compareProjections() throws {
    let scratch = try DatabaseQueue(configuration: Self.unchecked)
    try Schema.migrator.migrate(scratch)
    for release in states.releases {
      try compare(try states.release(release, person: nil), of: nil, in: scratch)
      let persons = try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT person FROM event
          WHERE folds = 1 AND release = ? AND person IS NOT NULL ORDER BY person
          """,
        arguments: [release.rawValue]
      )
      for name in persons {
        let person = Principal.ID(name)
        try compare(try states.release(release, person: person), of: person, in: scratch)
      }
    }
    try compareStrays()
    try compareRefusals()
  }

  // Rows are made one at a time, without those that they refer to.
  private static var unchecked: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    return configuration
  }

  private mutating func compare(
    _ state: Release,
    of person: Principal.ID?,
    in scratch: DatabaseQueue
  ) throws {
    let audience = person.map { Grant.Audience.principal($0) } ?? .everyone
    for filed in state.cases.values.sorted(by: { $0.number < $1.number })
    where filed.beneficiary == person {
      try compare("case_file", filed.id.rawValue, in: scratch) { [ledger] other in
        try ledger.project(filed, of: state, in: other)
      }
    }
    for grant in state.grants.values.sorted(by: { $0.index < $1.index })
    where grant.terms.audience == audience {
      try compare("grant_row", grant.id.rawValue, in: scratch) { [ledger] other in
        try ledger.project(grant, in: other)
      }
    }
  }

  /// Makes one row anew by the code that made the stored one, and compares the two.
  private mutating func compare(
    _ table: String,
    _ key: String,
    in scratch: DatabaseQueue,
    make: (Database) throws -> Void
  ) throws {
    let tiers = "SELECT tier, manifest FROM grant_tier WHERE grant_id = ? ORDER BY tier"
    let made: Row?
    let pinned: [Row]
    do {
      (made, pinned) = try scratch.write { other in
        try other.execute(sql: "DELETE FROM grant_tier; DELETE FROM \(table)")
        try make(other)
        return (
          try Row.fetchOne(other, sql: "SELECT * FROM \(table) WHERE id = ?", arguments: [key]),
          try Row.fetchAll(other, sql: tiers, arguments: [key])
        )
      }
    } catch is DatabaseError {
      return fault(.row(table: table, key: key), "cannot be what the log says")
    }
    let stored = try Row.fetchOne(
      db,
      sql: "SELECT * FROM \(table) WHERE id = ?",
      arguments: [key]
    )
    guard let stored else { return fault(.row(table: table, key: key), "is missing") }
    if stored != made { fault(.row(table: table, key: key), "is not what the log says") }
    guard table == "grant_row" else { return }
    if try Row.fetchAll(db, sql: tiers, arguments: [key]) != pinned {
      fault(.row(table: "grant_tier", key: key), "is not what the log says")
    }
  }

  /// Names rows that stand for nothing in the log.
  private mutating func compareStrays() throws {
    let strays = [
      (
        "case_file",
        """
        SELECT id AS key FROM case_file WHERE NOT EXISTS
          (SELECT 1 FROM event WHERE statement = case_file.id AND kind = 'file')
        """
      ),
      (
        "grant_row",
        """
        SELECT id AS key FROM grant_row WHERE NOT EXISTS
          (SELECT 1 FROM event WHERE seq = grant_row.seq AND kind = 'issue')
        """
      ),
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
        """
      ),
    ]
    for (table, sql) in strays {
      for key in try String.fetchAll(db, sql: "SELECT CAST(key AS TEXT) FROM (\(sql))") {
        fault(.row(table: table, key: key), "stands for nothing in the log")
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
