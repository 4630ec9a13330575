import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Numbers that are kept")
struct CountsTests {
  @Test func `follow what happens`() async throws {
    let world = try await World.lived()
    let counts = try await world.ledger.counts(of: World.release)
    #expect(counts.cases(.approved, of: .open) == 6)
    #expect(counts.cases(.approved, of: .access) == 1)
    #expect(counts.cases(.denied, of: .access) == 1)
    #expect(counts.cases(.approved, of: .emergency) == 2)
    #expect(counts.cases[.review] == [.approved: 1, .denied: 1])
    #expect(counts.cases(.approved) == 1 + 6 + 1 + 2 + 1)
    #expect(counts.grants == 4 && counts.ended == 1)
    #expect(counts.deliveries == 1 && counts.complete == 0)
    #expect(counts.overdue == 0)
    #expect(try await world.ledger.counts(of: "ana/other") == Counts())
  }

  @Test func `count a case that is late while it is open`() async throws {
    var world = try await World.council()
    let asked = try await world.asked()
    #expect(try await world.ledger.counts(of: World.release).overdue == 0)
    try await world.wait(days: 7)
    #expect(try await world.ledger.counts(of: World.release).overdue == 1)
    try await world.deny(asked, by: "person:ben")
    #expect(try await world.ledger.counts(of: World.release).overdue == 0)
  }

  @Test func `count what was handed out whole`() async throws {
    let depot = try await Depot.busy()
    let counts = try await depot.ledger.counts(of: World.release)
    #expect(counts.deliveries == 4 && counts.complete == 1)
    try await depot.write { db in
      try db.execute(sql: "UPDATE figure SET n = n + 1 WHERE name = 'complete'")
    }
    let faults = try await depot.ledger.verify(at: depot.world.now).faults
    #expect(faults.map(\.place) == [.row(table: "figure", key: "ana/tiny complete")])
    try depot.remove()
  }

  @Test func `are made from what was there before they were kept`() async throws {
    let world = try await World.lived()
    let before = try await world.ledger.counts(of: World.release)
    try await world.ledger.database.write { db in
      try db.execute(sql: "DELETE FROM figure")
      try world.ledger.rebuild(in: db)
    }
    let after = try await world.ledger.counts(of: World.release)
    #expect(after.cases == before.cases && after.grants == before.grants)
    #expect(after.ended == before.ended)
  }
}
