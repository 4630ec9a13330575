import SluiceGovernance
import SluiceLedger
import Testing

@Suite("All about a grant")
struct GrantFileTests {
  @Test func `is where it comes from and what became of it`() async throws {
    var world = try await World.council()
    let old = try await world.granted()
    let log = DeliveryLog(world.ledger)
    _ = try await log.admit(world.query(by: "person:bob"), at: world.now)
    try await world.wait(days: 25)
    let asked = try await world.file(.renew(old.id, purpose: ""), by: "person:bob")
    try await world.approve(asked, by: "person:dan")
    let hold = try await world.hold(.named("stage:gated"))
    let file = try await world.ledger.file(of: old.id, at: world.now)
    let successor = try #require(try await world.ledger.grants(heldBy: "person:bob").last)
    #expect(file.grant.id == old.id && file.status == .held)
    #expect(file.case?.kind == .access)
    #expect(file.approvers == ["person:ana", "person:ben"])
    #expect(file.successor == successor.id)
    #expect(file.holds.map(\.id) == [hold])
    #expect(file.deliveries == 1 && file.span == World.noon...World.noon)
    let next = try await world.ledger.file(of: successor.id, at: world.now)
    #expect(next.case?.kind == .renew && next.approvers == ["person:dan"])
    #expect(next.deliveries == 0 && next.span == nil && next.successor == nil)
    let unknown = Grant.ID(String(repeating: "0", count: 64))
    await #expect(throws: Refusal.unknownGrant(unknown)) {
      try await world.ledger.file(of: unknown, at: world.now)
    }
  }

  @Test func `says what left under it, with which key, and what else there is`() async throws {
    var depot = try await Depot()
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    let second = try await depot.grant(to: "person:bob", purpose: "again")
    let (log, now) = (depot.log, depot.world.now)
    let whole = try await log.admit(depot.query(), at: now)
    try await log.end(
      whole,
      as: .complete,
      handed: 0..<1_000,
      acked: 0..<1_000,
      evidence: .tcp,
      at: now
    )
    let part = try await log.admit(depot.query(with: "key:SHA256:other"), at: now)
    try await log.end(part, as: .drained, handed: 0..<10, acked: 0..<10, evidence: .tcp, at: now)
    _ = try await log.admit(depot.query("config.json", named: grant.id), at: now)
    let asked = try await depot.world.file(depot.world.request("third"), by: "person:bob")
    try await depot.revoke(grant.id)

    let exposure = try await depot.ledger.exposure(of: grant.id, at: now)
    #expect(exposure.shards.map(\.file) == ["model.bin", "model.bin", "config.json"])
    #expect(exposure.shards.map(\.outcome) == [.complete, .drained, nil])
    #expect(
      exposure.shards.map(\.credential) == [
        "key:SHA256:bob", "key:SHA256:other", "key:SHA256:bob",
      ]
    )
    // The second delivery brought nothing new; the third has no end, and counts as the whole file.
    #expect(exposure.shards.map(\.bytes) == [1_000, 0, 100])
    #expect(exposure.grants.map(\.id) == [second.id])
    #expect(exposure.cases.map(\.id) == [asked.id])
    #expect(try await depot.ledger.exposure(of: second.id, at: now).grants == [])
  }
}
