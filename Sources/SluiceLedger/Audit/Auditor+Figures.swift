internal import GRDB

extension Auditor {
  /// Counts again what is kept as a number.
  mutating func compareFigures() throws {
    var counted: [String: Int] = [:]
    for figure in Figure.allCases {
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT release || ' ' || \(figure.name) AS key, COUNT(*) AS n \(figure.counted)"
      )
      for row in rows { counted[row["key"]] = row["n"] }
    }
    for row in try Row.fetchAll(db, sql: "SELECT release || ' ' || name AS key, n FROM figure") {
      let (key, stored): (String, Int) = (row["key"], row["n"])
      if counted.removeValue(forKey: key) ?? 0 != stored {
        fault(.row(table: "figure", key: key), "is not how many there are")
      }
    }
    for key in counted.keys.sorted() { fault(.row(table: "figure", key: key), "is missing") }
  }
}
