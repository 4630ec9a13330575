import Foundation
import GRDB

/// A column of a table, as whoever holds the file sees it.
struct Column: Hashable, CustomStringConvertible {
  let table: String
  let name: String

  var description: String { "\(table).\(name)" }

  /// Every column of every table of a file.
  static func all(in db: Database) throws -> [Column] {
    try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name
        """
    ).flatMap { table in
      try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))")
        .map { Column(table: table, name: $0["name"]) }
    }
  }

  /// Values that a closed list allows: what stands for another one of it.
  private static let others: [String: [String: String]] = [
    "decision.outcome": ["approved": "denied", "denied": "approved"],
    "delivery.outcome": ["complete": "unknown", "unknown": "complete", "partial": "stalled"],
    "document.kind": ["terms": "attachment", "policy": "terms", "roster": "terms"],
    "grant_row.ended_how": ["revoked": "surrendered", "surrendered": "revoked"],
    "statement.strength": ["key": "pin", "session": "key"],
  ]

  /// Changes one value, the greatest that is not NULL, and answers what changes it back; `nil` if there
  /// is no row.
  func change(in db: Database) throws -> Change? {
    let row = try Row.fetchOne(
      db,
      sql: "SELECT * FROM \(table) ORDER BY \"\(name)\" IS NULL, \"\(name)\" DESC LIMIT 1"
    )
    guard let row else { return nil }
    let old: DatabaseValue = row[name]
    let isFlag =
      try Int.fetchOne(
        db,
        sql: "SELECT COUNT(*) FROM \(table) WHERE \"\(name)\" NOT IN (0, 1)"
      ) == 0
    let new = try other(than: old, isFlag: isFlag, in: db)
    let rest = row.filter { $0.0 != name }
    return Change(column: self, old: old, new: new, rest: rest.map { ($0.0, $0.1) })
  }

  private func other(
    than old: DatabaseValue,
    isFlag: Bool,
    in db: Database
  ) throws -> DatabaseValue {
    switch old.storage {
    case .int64(let number):
      return (isFlag ? 1 - number : number + 1).databaseValue
    case .string(let text):
      if let other = Self.others[description]?[text] { return other.databaseValue }
      guard text.count == 64, text.allSatisfy(\.isHexDigit) else {
        return (text.hasPrefix("[") || text.hasPrefix("{") ? text + " " : text + "x").databaseValue
      }
      return "\(text.dropLast())\(text.last == "a" ? "b" : "a")".databaseValue
    case .blob(let data):
      var other = data
      if let last = other.indices.last { other[last] ^= 1 }
      return other.databaseValue
    case .null, .double:
      let type = try String.fetchOne(
        db,
        sql: "SELECT type FROM pragma_table_info(?) WHERE name = ?",
        arguments: [table, name]
      )
      switch type {
      case "INTEGER": return 1.databaseValue
      case "BLOB": return Data(repeating: 1, count: 32).databaseValue
      default: return "x".databaseValue
      }
    }
  }

  /// One changed value of one row.
  struct Change {
    let column: Column
    let old: DatabaseValue
    let new: DatabaseValue
    let rest: [(String, DatabaseValue)]

    func make(in db: Database) throws { try write(new, over: old, in: db) }

    func undo(in db: Database) throws { try write(old, over: new, in: db) }

    private func write(
      _ value: DatabaseValue,
      over other: DatabaseValue,
      in db: Database
    ) throws {
      let columns = rest.map(\.0) + [column.name]
      let condition = columns.map { "\"\($0)\" IS ?" }.joined(separator: " AND ")
      try db.execute(
        sql: "UPDATE \(column.table) SET \"\(column.name)\" = ? WHERE \(condition)",
        arguments: StatementArguments([value] + rest.map(\.1) + [other])
      )
      guard db.changesCount == 1 else { throw Lost(column: column, rows: db.changesCount) }
    }
  }

  /// The row that was changed is not found again.
  struct Lost: Error {
    let column: Column
    let rows: Int
  }
}
