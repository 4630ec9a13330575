import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// A name or a key can be registered by whoever comes first, so coming first must be worth nothing.
@Suite("A name that was registered by the wrong person")
struct SquattingTests {
  @Test func `is the roster's once a roster lists it`() async throws {
    var world = try await World(nil, Charter.with("dora"))
    let thief = try Ed25519Signer(seed: SHA256Digest(of: Array("thief".utf8)).bytes)
    let registered = try await world.ledger.register(
      Applicant(name: "dora", email: "thief@b.example", key: thief.publicKey.line),
      confirmedAt: { $0 },
      at: world.now
    )
    let filed = try await world.file(world.amendment, by: "service:clerk")
    // Her key in the roster is heard before it is in force; the thief's is not.
    let verdict = try await world.verdict(on: filed)
    let approval = try await world.statement(.approve(verdict), by: "person:dora")
    await #expect(throws: Refusal.self) {
      try await world.perform([world.signed(approval, by: thief)])
    }
    try await world.perform([world.signed(approval)])
    try await world.approve(filed, by: "person:ben")
    #expect(try await world.ledger.release(World.release).adoption != nil)

    #expect(
      try await world.ledger.principal(ofToken: registered.token, at: world.now) == nil
    )
    let keys = try await world.ledger.keys(of: "person:dora")
    #expect(
      keys.filter { $0.until == nil }.map(\.fingerprint)
        == [try World.key("dora").publicKey.fingerprint]
    )
    #expect(try await world.ledger.registrant("person:dora")?.vettedAt == world.now)
    #expect(try await world.ledger.verify(at: world.now).faults == [])
    #expect(try await world.ledger.examine(at: world.now) == [])
  }

  @Test func `keeps nobody from the key that is theirs`() async throws {
    var world = try await World(nil, Charter.with("dora"))
    let key = try World.key("dora").publicKey
    _ = try await world.ledger.register(
      Applicant(name: "mallory", email: "m@b.example", key: key.line),
      confirmedAt: { $0 },
      at: world.now
    )
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.approve(filed, by: "person:dora")
    try await world.approve(filed, by: "person:ben")
    let live = try await world.ledger.keys().filter {
      $0.fingerprint == key.fingerprint && $0.until == nil
    }
    #expect(live.map(\.principal) == ["person:dora"])
    #expect(try await world.ledger.holder(of: key.fingerprint) == "person:dora")
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  @Test func `keeps the operator from enrolling nobody with their key`() async throws {
    let world = try await World()
    let key = try World.key("dora").publicKey
    _ = try await world.ledger.register(
      Applicant(name: "mallory", email: "m@b.example", key: key.line),
      confirmedAt: { $0 },
      at: world.now
    )
    try await world.ledger.add(Registration(id: "person:dora"), keys: [key], at: world.now)
    #expect(try await world.ledger.holder(of: key.fingerprint) == "person:dora")
  }
}

extension Charter {
  /// The tiny release, which somebody else manages too.
  fileprivate static func with(_ name: String) -> Charter {
    Charter(policy: Texts.policy) { ledger in try Texts.roster(for: ledger, with: name) }
  }
}
