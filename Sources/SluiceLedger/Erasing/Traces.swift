internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// Where a person has left something in the ledger.
struct Traces {
  /// The entries, ascending.
  var events: [Int] = []
  /// The cases.
  var cases: [String] = []
  /// The fingerprints of their keys.
  var keys: [String] = []
}

extension Ledger {
  /// Finds the entries about a person: what they said, what was said and decided about them alone, what
  /// was handed out and refused to them, what they read.
  func traces(of id: Principal.ID, in db: Database) throws -> Traces {
    var traces = Traces()
    traces.keys = try keys(of: id, in: db).map(\.fingerprint)
    let releases = "release IN (SELECT id FROM release)"
    let own = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT case_id FROM event
        WHERE folds = 1 AND \(releases) AND person = ? AND case_id IS NOT NULL
        """,
      arguments: [id.rawValue]
    )
    // A hold on a key names nobody, but the key is somebody's; so is the case in which it is lifted,
    // whose events are those of no case and are found by its id.
    let holds = try traces.keys.flatMap { key in
      try String.fetchAll(
        db,
        sql: "SELECT id FROM hold WHERE subject = ?",
        arguments: ["key:\(key)"]
      )
    }
    let lifts = try holds.flatMap { hold in
      try String.fetchAll(db, sql: "SELECT id FROM case_file WHERE about = ?", arguments: [hold])
    }
    traces.cases = own + lifts
    traces.events = try Int.fetchAll(
      db,
      sql: """
        SELECT seq FROM event WHERE folds = 1 AND \(releases) AND person = :person
        UNION SELECT seq FROM event WHERE folds = 1 AND \(releases)
          AND case_id IN (SELECT value FROM json_each(:cases))
        UNION SELECT seq FROM event WHERE kind = 'comment'
          AND (person = :person OR case_id IN (SELECT value FROM json_each(:cases)))
        UNION SELECT event.seq FROM statement JOIN event ON event.statement = statement.sha256
          WHERE statement.by = :person OR statement.sha256 IN (SELECT value FROM json_each(:holds))
        UNION SELECT event.seq FROM json_each(:lifts) AS lift JOIN event
          LEFT JOIN statement ON statement.sha256 = event.statement
          WHERE (event.folds = 1 AND event.\(releases) OR event.kind = 'comment')
            AND event.case_id IS NULL AND event.person IS NULL AND event.is_about_release = 0
            AND (event.statement = lift.value OR instr(CAST(event.body AS TEXT), lift.value) > 0
              OR instr(CAST(statement.bytes AS TEXT), lift.value) > 0)
        UNION SELECT seq FROM delivery WHERE principal = :person
        UNION SELECT seq FROM event WHERE kind = 'refuse' AND body IS NOT NULL
          AND json_extract(CAST(body AS TEXT), '$.holder') = :pseudonym
        UNION SELECT seq FROM event WHERE kind = 'view' AND body IS NOT NULL
          AND json_extract(CAST(body AS TEXT), '$.actor') = :pseudonym
        ORDER BY 1
        """,
      arguments: [
        "person": id.rawValue, "cases": Self.list(traces.cases), "holds": Self.list(holds),
        "lifts": Self.list(lifts),
        "pseudonym": try knownPseudonym(of: id, in: db),
      ]
    )
    return traces
  }

  /// Takes away what was found, and the rows that were read off it.
  ///
  /// Afterwards the tables are those that the log alone would make.
  func erase(
    _ traces: Traces,
    of id: Principal.ID,
    as entries: [Int],
    in db: Database
  ) throws {
    let events = Self.list(traces.events)
    let statements = Self.list(
      try String.fetchAll(
        db,
        sql: """
          SELECT statement FROM event
          WHERE seq IN (SELECT value FROM json_each(?)) AND statement IS NOT NULL
          """,
        arguments: [events]
      )
    )
    try db.execute(
      sql: """
        UPDATE event SET body = NULL, salt = NULL, release = NULL, case_id = NULL, person = NULL,
          statement = NULL, folds = 0
        WHERE seq IN (SELECT value FROM json_each(?))
        """,
      arguments: [events]
    )
    try eraseRows(of: id, traces, statements: statements, as: entries, in: db)
    for table in ["token", "key", "pseudonym", "confirmation", "registrant"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE principal = ?", arguments: [id.rawValue])
    }
    try db.execute(sql: "DELETE FROM principal WHERE id = ?", arguments: [id.rawValue])
  }

  private func eraseRows(
    of id: Principal.ID,
    _ traces: Traces,
    statements: String,
    as entries: [Int],
    in db: Database
  ) throws {
    let grants = try String.fetchAll(
      db,
      sql: "SELECT id FROM grant_row WHERE case_id IN (SELECT value FROM json_each(?))",
      arguments: [Self.list(traces.cases)]
    )
    let held =
      [id.rawValue] + traces.keys.map { "key:\($0)" } + traces.cases.map { "case:\($0)" }
      + grants.map { "grant:\($0)" }
    let listed = "IN (SELECT value FROM json_each(?))"
    let deletions: [(String, String)] = [
      ("answer WHERE statement \(listed)", statements),
      ("statement WHERE sha256 \(listed)", statements),
      ("decision WHERE case_id \(listed)", Self.list(traces.cases)),
      ("case_file WHERE id \(listed)", Self.list(traces.cases)),
      ("grant_tier WHERE grant_id \(listed)", Self.list(grants)),
      ("grant_row WHERE id \(listed)", Self.list(grants)),
      ("hold WHERE subject \(listed)", Self.list(held)),
      ("membership WHERE member = ?", id.rawValue),
      ("acceptance WHERE principal = ?", id.rawValue),
      ("affiliation WHERE principal = ?", id.rawValue),
      ("refusal WHERE principal = ?", id.rawValue),
    ]
    for (rows, argument) in deletions {
      try db.execute(sql: "DELETE FROM \(rows)", arguments: [argument])
    }
    try db.execute(
      sql: """
        UPDATE delivery SET principal = NULL, credential = '', erased_by = ? WHERE principal = ?
        """,
      arguments: [entries.first, id.rawValue]
    )
  }

  /// A list as SQLite's `json_each` reads it.
  static func list(_ texts: [String]) -> String {
    JSONValue.array(texts.map { .string($0) }).text
  }

  /// The same of numbers.
  static func list(_ numbers: [Int]) -> String {
    JSONValue.array(numbers.map { .integer($0) }).text
  }
}
