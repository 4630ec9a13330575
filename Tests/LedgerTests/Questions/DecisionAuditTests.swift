import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Decisions that are decided again")
struct DecisionAuditTests {
  @Test func `agree byte for byte, each on its own prefix of the log`() async throws {
    var world = try await World.council()
    let asked = try await world.asked()
    try await world.deny(asked, by: "person:ben")
    let appeal = try await world.appeal(asked, by: "person:bob")
    try await world.approve(appeal, by: ["person:ana", "person:dan"])
    let anew = try await world.state(of: asked)
    try await world.approve(anew, by: ["person:cleo", "person:dan"])
    let decisions = try await world.ledger.decisions(of: asked.id)
    #expect(decisions.map(\.outcome) == [.denied, .approved])
    #expect(decisions.map(\.revision) == [asked.revision.id, anew.revision.id])
    let heads: [[Principal.ID]] = [["person:ben"], ["person:cleo", "person:dan"]]
    #expect(decisions.map { $0.counted.map(\.by) } == heads)
    for decision in decisions {
      #expect(decision.agrees && decision.recomputed == decision.stored)
    }
    let stored = try await world.ledger.explanation(ofDecided: asked.id)
    #expect(decisions.last?.stored == stored)
  }

  @Test(
    arguments: [
      "UPDATE decision SET explanation = CAST(explanation || ' ' AS BLOB)",
      "UPDATE decision SET outcome = 'denied'",
      "UPDATE event SET folds = 0 WHERE kind = 'approve' AND case_id IS NOT NULL",
    ]
  )
  func `disagree with a file that was changed`(damage: String) async throws {
    var world = try await World.council()
    let asked = try await world.asked()
    try await world.approve(asked, by: ["person:ana", "person:ben"])
    try await world.ledger.database.write { db in try db.execute(sql: damage) }
    let decisions = try await world.ledger.decisions(of: asked.id)
    #expect(decisions.map(\.agrees) == [false])
  }

  @Test func `are none of an open case, and there is none of an unknown one`() async throws {
    var world = try await World.council()
    let asked = try await world.asked()
    #expect(try await world.ledger.decisions(of: asked.id) == [])
    let unknown = Case.ID(String(repeating: "0", count: 64))
    await #expect(throws: Refusal.unknownCase(unknown)) {
      try await world.ledger.decisions(of: unknown)
    }
  }
}
