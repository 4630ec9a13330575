import SluiceEncoding
import SluiceGovernance
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
    let writes = try await Sabotage.failEach(in: world.ledger) { ledger in
      _ = try await ledger.perform([approval], at: World.noon)
    }.writes
    #expect(writes > 10)
    #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
    #expect(try await world.ledger.case("4")?.state == .approved)
  }

  @Test func `undoes an adoption and the keys that come with it`() async throws {
    var world = try await World()
    let filing = try world.amendment
    let documents = try world.documents(of: filing)
    let proposal = try await world.signed(world.statement(.file(filing), by: "service:clerk"))
    let filings = try await Sabotage.failEach(in: world.ledger) { ledger in
      _ = try await ledger.perform([proposal], documents: documents, at: World.noon)
    }.writes
    #expect(filings > 7)
    let asked = try #require(try await world.ledger.release(World.release).cases.values.first)
    try await world.approve(asked, by: "person:ana")
    let verdict = try await world.verdict(on: asked)
    let approval = try await world.signed(world.statement(.approve(verdict), by: "person:ben"))
    let writes = try await Sabotage.failEach(in: world.ledger) { ledger in
      _ = try await ledger.perform([approval], at: World.noon)
    }.writes
    #expect(writes > 15)
    #expect(try await world.ledger.release(World.release).adoption != nil)
  }

  @Test func `undoes what was due`() async throws {
    let (world, _) = try await World.asked()
    let late = World.noon + Duration(seconds: 90 * 86_400)
    let writes = try await Sabotage.failEach(in: world.ledger) { ledger in
      try await ledger.settle(at: late)
    }.writes
    #expect(writes > 2)
    #expect(try await world.ledger.case("4")?.state == .lapsed)
  }
}
