internal import GRDB

extension Auditor {
  /// Compares how many lines and people received something with the deliveries themselves.
  mutating func compareReceived() throws {
    let (counted, stored) = (Schema.received, "SELECT release, lines, recipients FROM received")
    let faults = [
      ("\(counted) EXCEPT \(stored)", "is not what the deliveries make it"),
      (
        "SELECT release FROM received EXCEPT SELECT release FROM (\(counted))",
        "stands for nothing in the log"
      ),
    ]
    for (sql, what) in faults {
      for row in try Row.fetchAll(db, sql: sql) {
        fault(.row(table: "received", key: row["release"]), what)
      }
    }
  }
}
