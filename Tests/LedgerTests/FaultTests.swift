import GRDB
import SluiceEncoding
import SluiceGovernance
import Synchronization
import Testing

import SluiceLedger

/// Every write of an act fails once, and the ledger is what it was before the act.
@Suite("A write that fails")
struct FaultTests {
  @Test func `undoes a decision and its grant`() async throws {
    var (world, asked) = try await World.asked()
    try await world.approve(asked, by: "person:ana")
    let verdict = try await world.verdict(on: asked)
    let approval = try await world.signed(world.statement(.approve(verdict), by: "person:ben"))
    let writes = try await failEach(in: world) { ledger in
      _ = try await ledger.perform([approval], at: World.noon)
    }
    #expect(writes > 10)
    #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
    #expect(try await world.ledger.case("4")?.state == .approved)
  }

  @Test func `undoes an adoption and the keys that come with it`() async throws {
    var world = try await World()
    let filing = try world.amendment
    let documents = try world.documents(of: filing)
    let proposal = try await world.signed(world.statement(.file(filing), by: "service:clerk"))
    let filings = try await failEach(in: world) { ledger in
      _ = try await ledger.perform([proposal], documents: documents, at: World.noon)
    }
    #expect(filings > 7)
    let asked = try #require(try await world.ledger.release(World.release).cases.values.first)
    try await world.approve(asked, by: "person:ana")
    let verdict = try await world.verdict(on: asked)
    let approval = try await world.signed(world.statement(.approve(verdict), by: "person:ben"))
    let writes = try await failEach(in: world) { ledger in
      _ = try await ledger.perform([approval], at: World.noon)
    }
    #expect(writes > 15)
    #expect(try await world.ledger.release(World.release).adoption != nil)
  }

  @Test func `undoes what was due`() async throws {
    let (world, _) = try await World.asked()
    let late = World.noon + Duration(seconds: 90 * 86_400)
    let writes = try await failEach(in: world) { ledger in try await ledger.settle(at: late) }
    #expect(writes > 2)
    #expect(try await world.ledger.case("4")?.state == .lapsed)
  }

  /// Runs `act` until it succeeds, letting the first write fail, then the second, and so on.
  ///
  /// - Returns: How many writes the act makes.
  private func failEach(
    in world: World,
    _ act: (Ledger) async throws -> Void
  ) async throws -> Int {
    let ledger = world.ledger
    let countdown = Countdown()
    try await ledger.database.write { db in try Self.arm(db, with: countdown) }
    let before = try await Self.state(of: ledger)
    for count in 0..<1_000 {
      countdown.left.withLock { $0 = count }
      do {
        try await act(ledger)
        try await ledger.database.write { db in try Self.disarm(db) }
        return count
      } catch let error as DatabaseError {
        #expect(error.message?.contains("armed") == true)
      }
      countdown.left.withLock { $0 = nil }
      #expect(try await Self.state(of: ledger) == before, "after write \(count) failed")
      try await ledger.database.read { db in try ledger.checkHistory(in: db) }
    }
    Issue.record("it never succeeded")
    return 0
  }

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
  private static func state(of ledger: Ledger) async throws -> [String: [String]] {
    try await ledger.database.read { db in
      try tables(db).reduce(into: [:]) { state, table in
        state[table] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\($0)" }
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
