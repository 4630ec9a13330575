import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Names that are set aside")
struct ReservationTests {
  @Test func `are OWNER/NAME`() async throws {
    let ledger = try Ledger.inMemory()
    try await ledger.reserve("ana/tiny", at: World.noon)
    try await ledger.reserve("ana/alt", at: World.noon)
    for name in ["tiny", "", "a/b/c", "../x", "a/ b"] as [Release.ID] {
      await #expect(throws: Refusal.self) { try await ledger.reserve(name, at: World.noon) }
    }
    #expect(try await ledger.releases() == ["ana/alt", "ana/tiny"])
  }

  @Test func `are taken by a proposal`() async throws {
    var world = try await World()
    try await world.ledger.reserve(World.release, at: world.now)
    let filed = try await world.file(world.amendment, by: "service:clerk")
    await #expect(throws: Refusal.unfit("ana/tiny: the name is taken")) {
      try await world.ledger.reserve(World.release, at: world.now)
    }
    try await world.approve(filed, by: "person:ana")
    try await world.approve(filed, by: "person:ben")
    await #expect(throws: Refusal.unfit("ana/tiny: the name is taken")) {
      try await world.ledger.reserve(World.release, at: world.now)
    }
  }

  @Test func `serve for one proposal, so that nobody takes over a denied one`() async throws {
    var world = try await World()
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.deny(filed, by: "person:ana")

    let theirs = try Roster(text: Texts.roster(for: world.ledger, with: "mallory"))
    let filing = Statement.Filing.amend(
      policy: try Policy(text: Texts.policy).digest,
      roster: theirs.digest,
      terms: ["use": world.use.digest]
    )
    let documents = [theirs.digest: Array(theirs.text.utf8)]
    let takeover = try await world.statement(.file(filing), by: "person:mallory")
    let fingerprint = try World.key("mallory").publicKey.fingerprint
    await #expect(throws: Refusal.unknownKey(fingerprint: fingerprint)) {
      try await world.perform([world.signed(takeover)], documents: documents)
    }
    #expect(try await world.ledger.document(theirs.digest) == nil)
    await #expect(
      throws: Refusal.stale("the operator has not set the name aside for another proposal")
    ) { try await world.file(world.amendment, by: "service:clerk") }
    try await world.ledger.reserve(World.release, at: world.now)
    #expect(try await world.file(world.amendment, by: "service:clerk").number == 2)
  }

  @Test func `give the keys of a proposed roster no say once one is in force`() async throws {
    var world = try await World.adopted()
    let theirs = try Roster(text: Texts.roster(for: world.ledger, with: "mallory"))
    let filing = Statement.Filing.amend(
      policy: try Policy(text: Texts.policy).digest,
      roster: theirs.digest,
      terms: ["use": world.use.digest]
    )
    let takeover = try await world.statement(.file(filing), by: "person:mallory")
    let documents = [theirs.digest: Array(theirs.text.utf8)]
    let fingerprint = try World.key("mallory").publicKey.fingerprint
    await #expect(throws: Refusal.unknownKey(fingerprint: fingerprint)) {
      try await world.perform([world.signed(takeover)], documents: documents)
    }
    #expect(try await world.ledger.document(theirs.digest) == nil)
  }

  @Test func `are still set aside when the proposal is refused`() async throws {
    var world = try await World()
    let statement = try await world.statement(.file(world.amendment), by: "service:clerk")
    await #expect(throws: Refusal.self) { try await world.perform([world.signed(statement)]) }
    #expect(try await world.file(world.amendment, by: "service:clerk").number == 1)
  }
}
