import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("The scope of a fold")
struct ScopeTests {
  @Test func `leaves out whom it does not name`() async throws {
    let (world, bobs, chos) = try await twoCases()
    let ledger = world.ledger
    let level = try await ledger.release(World.release, scope: .levelOnly)
    #expect(level.cases.values.map(\.number).sorted() == [1, 2, 3])
    #expect(level.acceptances.isEmpty)
    #expect(level.openings.count == 2)
    #expect(level.grants.count == 1)
    let one = try await ledger.release(World.release, scope: .case(bobs.id))
    #expect(one.cases[bobs.id] != nil && one.cases[chos.id] == nil)
    #expect(Set(one.acceptances.keys) == ["person:bob"])
    let person = try await ledger.release(World.release, scope: .person("person:cho"))
    #expect(person.cases[chos.id] != nil && person.cases[bobs.id] == nil)
    #expect(person.acceptances.isEmpty)
    let both = Scope.case(bobs.id).union(.person("person:cho"))
    #expect(try await ledger.release(World.release, scope: both).cases.count == 5)
  }

  @Test func `decides as the whole does`() async throws {
    let (world, bobs, _) = try await twoCases()
    let whole = try await world.ledger.release(World.release)
    let part = try await world.ledger.release(World.release, scope: .case(bobs.id))
    let (one, other) = (try #require(whole.cases[bobs.id]), try #require(part.cases[bobs.id]))
    #expect(one == other)
    #expect(evaluate(one, in: whole, at: world.now) == evaluate(other, in: part, at: world.now))
  }

  @Test func `is an index look-up`() async throws {
    let (world, bobs, _) = try await twoCases()
    let plan = try await world.ledger.database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT seq FROM event
          WHERE folds = 1 AND release = ? AND case_id = ?
          UNION SELECT seq FROM event
          WHERE folds = 1 AND release = ? AND case_id IS NULL AND person IS NULL
          UNION SELECT seq FROM event WHERE folds = 1 AND release = ? AND person = ?
          """,
        arguments: ["a", bobs.id.rawValue, "a", "a", "person:bob"]
      ).map { $0["detail"] as String }
    }
    let looks = plan.filter { $0.contains("event") }
    #expect(looks.count == 3)
    #expect(looks.allSatisfy { $0.contains("SEARCH event USING INDEX event_by_") }, "\(plan)")
  }

  private func twoCases() async throws -> (World, Case, Case) {
    var (world, bobs) = try await World.asked()
    let cho = Registration(id: "person:cho")
    try await world.ledger.add(cho, keys: [try World.key("cho").publicKey], at: world.now)
    let chos = try await world.file(world.request(for: "person:cho"), by: "person:cho")
    return (world, bobs, chos)
  }
}
