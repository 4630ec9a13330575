import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Readiness")
struct ReadinessTests {
  @Test func `is told by what fails`() async throws {
    let depot = try await Depot.onDisk()
    #expect(await depot.ledger.failures(at: depot.world.now).isEmpty)
    let early = Instant(seconds: World.noon.seconds - 6)
    #expect(Set(await depot.ledger.failures(at: early).keys) == [.clock])
    try await depot.ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA query_only = ON")
    }
    let failures = await depot.ledger.failures(at: depot.world.now)
    #expect(Set(failures.keys) == [.database])
    #expect(failures.values.allSatisfy { Ledger.isUnavailable($0) })
    try depot.remove()
  }

  @Test func `lacks a file that cannot grow, and says nothing of one that was refused`()
    async throws
  {
    let depot = try await Depot.onDisk()
    let database = depot.ledger.database
    try await database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA max_page_count = 1")
    }
    let full = await #expect(throws: DatabaseError.self) {
      try await database.write { db in
        try db.execute(
          sql: "INSERT INTO document VALUES (hex(zeroblob(32)), 'terms', zeroblob(1000000))"
        )
      }
    }
    #expect(full.map { Ledger.isUnavailable($0) } == true)
    let wrong = await #expect(throws: DatabaseError.self) {
      try await database.write { db in
        try db.execute(sql: "INSERT INTO document VALUES ('short', 'terms', x'')")
      }
    }
    #expect(wrong.map { Ledger.isUnavailable($0) } == false)
    #expect(Ledger.isUnavailable(DatabaseError(resultCode: .SQLITE_IOERR)))
    #expect(!Ledger.isUnavailable(Refusal.noToken))
    try depot.remove()
  }
}
