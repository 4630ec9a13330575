import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("The registry")
struct RegistryTests {
  @Test func `knows what it was told, by name`() async throws {
    let ledger = try Ledger.inMemory()
    let bob = Registration(
      id: "person:bob",
      name: "Bob B.",
      email: "bob@example.org",
      organisation: "org:acme",
      isAuditor: true
    )
    try await ledger.add(bob, at: World.noon)
    #expect(try await ledger.registration("person:bob") == bob)
    #expect(try await ledger.registration("person:eve") == nil)
    #expect(try await ledger.persons().map(\.id) == ["person:bob", "service:clerk"])
    #expect(try await ledger.keys(of: "person:bob").isEmpty)
  }

  @Test func `gives a name to one principal, and a key to one`() async throws {
    let ledger = try Ledger.inMemory()
    let key = try World.key("bob").publicKey
    try await ledger.add(Registration(id: "person:bob"), keys: [key], at: World.noon)
    await #expect(throws: Refusal.unfit("person:bob is registered already")) {
      try await ledger.add(Registration(id: "person:bob"), at: World.noon)
    }
    await #expect(throws: Refusal.unfit("org:bob: the name belongs to person:bob")) {
      try await ledger.add(Registration(id: "org:bob"), at: World.noon)
    }
    await #expect(
      throws: Refusal.unfit("person:eve: the key \(key.fingerprint) is that of person:bob")
    ) { try await ledger.add(Registration(id: "person:eve"), keys: [key], at: World.noon) }
    #expect(try await ledger.registration("person:eve") == nil)
  }

  @Test func `takes nobody whom allowed signers cannot name`() async throws {
    let ledger = try Ledger.inMemory()
    for id in ["person:*", "person:a b", "bob", "person:", "team:bob"] as [Principal.ID] {
      await #expect(throws: Refusal.self) {
        try await ledger.add(
          Registration(id: id),
          keys: [try World.key("bob").publicKey],
          at: World.noon
        )
      }
    }
    await #expect(
      throws: Refusal.unfit("organisation: person:eve is none; write org:NAME")
    ) {
      try await ledger.add(
        Registration(id: "person:bob", organisation: "person:eve"),
        at: World.noon
      )
    }
    #expect(try await ledger.persons().map(\.id) == ["service:clerk"])
  }

  @Test func `is told to the log whenever keys change`() async throws {
    let ledger = try Ledger.inMemory()
    let before = try await ledger.head().size
    try await ledger.add(Registration(id: "person:bob"), at: World.noon)
    #expect(try await ledger.head().size == before)
    let key = try World.key("cho").publicKey
    try await ledger.add(Registration(id: "person:cho"), keys: [key], at: World.noon)
    #expect(try await ledger.head().size == before + 1)
  }

  @Test func `tells the log of an auditor's mark, though no key comes with it`() async throws {
    let world = try await World()
    let ida = Registration(id: "person:ida", isAuditor: true)
    try await world.ledger.add(ida, at: world.now)
    #expect(try await world.kinds().last == "signers")
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  @Test func `tells the log of affiliations, and of what is gone with a person`() async throws {
    let world = try await World()
    let ledger = world.ledger
    let ida = Registration(id: "person:ida", isAuditor: true)
    let dee = Registration(id: "person:dee", organisation: "org:acme")
    for registration in [ida, dee] {
      try await ledger.add(registration, at: world.now)
      #expect(try await world.kinds().last == "signers")
    }
    for registration in [ida, dee] {
      _ = try await ledger.erasePerson(registration.id, basis: "Asked for.", at: world.now)
      #expect(try await world.kinds().last == "signers")
      #expect(try await ledger.verify(at: world.now).faults == [])
    }
  }

  @Test func `says whose a key is, in a release and without one`() async throws {
    let world = try await World.adopted()
    let ledger = world.ledger
    let (ana, bob) = (try fingerprint("ana"), try fingerprint("bob"))
    #expect(try await ledger.holder(of: bob) == "person:bob")
    #expect(try await ledger.holder(of: bob, in: World.release) == "person:bob")
    #expect(try await ledger.holder(of: ana) == "person:ana")
    #expect(try await ledger.holder(of: ana, in: World.release) == "person:ana")
  }

  @Test func `makes nobody an approver`() async throws {
    var (world, asked) = try await World.asked()
    let mallory = try World.key("mallory")
    try await world.ledger.database.write { [ledger = world.ledger] db in
      try ledger.enrol(
        mallory.publicKey,
        of: "person:ben",
        how: .registry,
        approves: true,
        at: World.noon,
        in: db
      )
    }
    let verdict = try await world.verdict(on: asked)
    let forged = try await world.statement(.approve(verdict), by: "person:ben")
    await #expect(throws: Refusal.unknownKey(fingerprint: mallory.publicKey.fingerprint)) {
      try await world.perform([world.signed(forged, by: mallory)])
    }
  }

  private func fingerprint(_ name: String) throws -> String {
    try World.key(name).publicKey.fingerprint
  }
}
