import GRDB
import SluiceLedger
import Synchronization
import Testing

/// Writes of an act fail once, and the ledger must be what it was before the act.
enum Sabotage {
  /// Runs `act` until it succeeds, letting the first write fail, then the second, and so on; where
  /// `isThorough` is not set, the first, the second, the fourth, the eighth.
  ///
  /// - Returns: What the act returned in the end, and how many writes it makes at least.
  static func failEach<Value: Sendable>(
    in ledger: Ledger,
    isThorough: Bool = true,
    _ act: (Ledger) async throws -> Value
  ) async throws -> (value: Value, writes: Int) {
    let countdown = Countdown()
    try await ledger.database.write { db in try arm(db, with: countdown) }
    let before = try await state(of: ledger)
    do {
      var count = -1
      while count < 1_000 {
        count = isThorough || count < 0 ? count + 1 : count * 2 + 1
        countdown.left.withLock { $0 = count }
        do {
          let value = try await act(ledger)
          try await ledger.database.write { db in try disarm(db) }
          return (value, count)
        } catch let error as DatabaseError where error.message?.contains("armed") == true {
          countdown.left.withLock { $0 = nil }
          #expect(try await state(of: ledger) == before, "after write \(count) failed")
          try await ledger.database.read { db in try ledger.checkHistory(in: db) }
        }
      }
    } catch {
      countdown.left.withLock { $0 = nil }
      try await ledger.database.write { db in try disarm(db) }
      throw error
    }
    throw Endless()
  }

  /// It never succeeded.
  private struct Endless: Error {}

  private final class Countdown: Sendable {
    /// How many more writes may succeed; `nil` for all.
    let left = Mutex<Int?>(nil)
  }

  /// Makes every write on every table ask `countdown` first.
  private static func arm(_ db: Database, with countdown: Countdown) throws {
    db.add(
      function: DatabaseFunction("armed", argumentCount: 0) { _ in
        let fails = countdown.left.withLock { left in
          guard let count = left else { return false }
          left = count - 1
          return count == 0
        }
        if fails { throw DatabaseError(message: "armed") }
        return nil
      }
    )
    for table in try tables(db) {
      for event in ["INSERT", "UPDATE", "DELETE"] {
        try db.execute(
          sql: """
            CREATE TEMP TRIGGER armed_\(table)_\(event) BEFORE \(event) ON main.\(table)
            BEGIN SELECT armed(); END
            """
        )
      }
    }
  }

  private static func disarm(_ db: Database) throws {
    for table in try tables(db) {
      for event in ["INSERT", "UPDATE", "DELETE"] {
        try db.execute(sql: "DROP TRIGGER temp.armed_\(table)_\(event)")
      }
    }
  }

  /// Everything that every table holds.
  private static func state(of ledger: Ledger) async throws -> [String: String] {
    try await ledger.database.read { db in
      try tables(db).reduce(into: [:]) { state, table in
        let columns = try db.columns(in: table).map { "quote(\"\($0.name)\")" }
        state[table] = try String.fetchOne(
          db,
          sql: "SELECT group_concat(\(columns.joined(separator: " || ',' || ")), ';') FROM \(table)"
        )
      }
    }
  }

  private static func tables(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT name FROM main.sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%' ORDER BY name
        """
    )
  }
}
