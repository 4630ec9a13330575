internal import GRDB

extension Schema {
  /// What lists, numbers and audits are looked up by.
  static func questions(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE INDEX case_queue
          ON case_file (release, state, policy, gate, number, requester, party);
        DROP INDEX case_by_gate;
        CREATE INDEX hold_of_subject ON hold (subject);
        CREATE INDEX membership_of_member ON membership (member, release);
        CREATE INDEX grant_of_audience ON grant_row (audience, seq) WHERE audience IS NOT NULL;
        CREATE TABLE figure (
          release TEXT NOT NULL,
          name TEXT NOT NULL,
          n INTEGER NOT NULL,
          PRIMARY KEY (release, name)
        ) STRICT, WITHOUT ROWID;
        """
    )
    for figure in Figure.allCases {
      try db.execute(
        sql: "INSERT INTO figure SELECT release, \(figure.name), COUNT(*) \(figure.counted)"
      )
      for trigger in figure.triggers { try db.execute(sql: trigger) }
    }
  }
}

/// A number of rows of a release that is kept up to date, because counting them takes too long.
///
/// SQLite keeps it, with the row itself, so that no writer can forget to.
enum Figure: String, CaseIterable {
  case cases, overdue, grants, ended, deliveries, complete

  private struct Source {
    let table: String
    /// What is counted, of the row `row`.
    let condition: String
    /// The columns on which that depends.
    let columns: String
  }

  private var source: Source {
    switch self {
    case .cases: Source(table: "case_file", condition: "TRUE", columns: "state")
    case .overdue:
      Source(
        table: "case_file",
        condition: "(row.is_overdue AND row.state = 'open')",
        columns: "is_overdue, state"
      )
    case .grants: Source(table: "grant_row", condition: "TRUE", columns: "release")
    case .ended:
      Source(table: "grant_row", condition: "row.ended_at IS NOT NULL", columns: "ended_at")
    case .deliveries: Source(table: "delivery", condition: "TRUE", columns: "release")
    case .complete:
      Source(
        table: "delivery",
        condition: "IFNULL(row.outcome = 'complete', FALSE)",
        columns: "outcome"
      )
    }
  }

  /// The name under which a row is counted: cases by kind and state.
  var name: String { name(of: "row") }

  private func name(of row: String) -> String {
    self == .cases ? "'cases/' || \(row).kind || '/' || \(row).state" : "'\(rawValue)'"
  }

  private func condition(of row: String) -> String {
    source.condition.replacing("row.", with: "\(row).")
  }

  /// The rest of a query that counts what there is.
  var counted: String {
    """
    FROM \(source.table) AS row WHERE \(source.condition)
    GROUP BY release\(self == .cases ? ", row.kind, row.state" : "")
    """
  }

  /// What keeps it up to date.
  var triggers: [String] {
    let table = source.table
    return [
      "CREATE TRIGGER \(rawValue)_begin AFTER INSERT ON \(table) BEGIN \(add("new")); END",
      "CREATE TRIGGER \(rawValue)_end AFTER DELETE ON \(table) BEGIN \(take("old")); END",
      """
      CREATE TRIGGER \(rawValue)_change AFTER UPDATE OF \(source.columns) ON \(table)
      BEGIN \(take("old")); \(add("new")); END
      """,
    ]
  }

  private func add(_ row: String) -> String {
    """
    INSERT INTO figure SELECT \(row).release, \(name(of: row)), 1 WHERE \(condition(of: row))
    ON CONFLICT DO UPDATE SET n = n + 1
    """
  }

  private func take(_ row: String) -> String {
    """
    UPDATE figure SET n = n - 1
    WHERE release = \(row).release AND name = \(name(of: row)) AND \(condition(of: row))
    """
  }
}
