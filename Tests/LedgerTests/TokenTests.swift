import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Tokens")
struct TokenTests {
  @Test func `are printed once and kept as a digest`() async throws {
    let world = try await World()
    let secret = try await issue("laptop", in: world)
    #expect(secret.hasPrefix("hf_"))
    #expect(secret.utf8.count == 43)
    #expect(secret.utf8.dropFirst(3).allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "z") ~= $0 })
    let found = try await world.ledger.principal(ofToken: secret, at: world.now)
    #expect(found?.principal == "person:bob")
    let stored = try await world.ledger.database.read { db in
      try String.fetchAll(db, sql: "SELECT id || sha256 || name FROM token")
    }
    #expect(stored.allSatisfy { !$0.contains(secret.dropFirst(3)) })
  }

  @Test func `count until they end or are revoked`() async throws {
    let world = try await World()
    let ledger = world.ledger
    let short = try await issue("short", lasts: Duration(seconds: 10), in: world)
    let long = try await issue("long", in: world)
    let last = World.noon + Duration(seconds: 9)
    let end = World.noon + Duration(seconds: 10)
    #expect(try await ledger.principal(ofToken: short, at: last) != nil)
    #expect(try await ledger.principal(ofToken: short, at: end) == nil)
    #expect(try await ledger.principal(ofToken: long, at: end) != nil)
    #expect(try await ledger.revokeToken("long", at: end).principal == "person:bob")
    #expect(try await ledger.principal(ofToken: long, at: end) == nil)
    #expect(try await ledger.principal(ofToken: "hf_" + long, at: end) == nil)
  }

  @Test func `end by log time, whatever the clock says`() async throws {
    let world = try await World()
    let short = try await issue("short", lasts: Duration(seconds: 10), in: world)
    let late = World.noon + Duration(seconds: 12)
    let cho = Registration(id: "person:cho")
    try await world.ledger.add(cho, keys: [World.key("cho").publicKey], at: late)
    let slow = World.noon + Duration(seconds: 9)
    #expect(try await world.ledger.principal(ofToken: short, at: slow) == nil)
    await #expect(throws: Refusal.clockUntrusted(behind: 12)) {
      try await world.ledger.principal(ofToken: short, at: World.noon)
    }
  }

  @Test func `that count no longer are told from those never issued`() async throws {
    let world = try await World()
    let secret = try await issue("laptop", in: world)
    #expect(try await world.ledger.token(secret)?.revokedAt == nil)
    try await world.ledger.revokeToken("laptop", at: world.now)
    #expect(try await world.ledger.token(secret)?.revokedAt == world.now)
    #expect(try await world.ledger.token(secret + "x") == nil)
  }

  @Test func `have names of their owner's`() async throws {
    let world = try await World()
    _ = try await issue("laptop", in: world)
    await #expect(throws: Refusal.unfit("person:bob has a token called laptop")) {
      try await issue("laptop", in: world)
    }
    await #expect(throws: Refusal.unfit("person:eve is not registered")) {
      try await world.ledger.issueToken(for: "person:eve", name: "x", lasts: nil, at: world.now)
    }
    try await world.ledger.revokeToken("laptop", at: world.now)
    _ = try await issue("laptop", in: world)
    await #expect(throws: Refusal.unfit("no live token is called phone")) {
      try await world.ledger.revokeToken("phone", at: world.now)
    }
  }

  @Test func `are revoked by their id where a name is not enough`() async throws {
    let world = try await World()
    try await world.ledger.add(Registration(id: "person:cho"), at: world.now)
    for principal in ["person:bob", "person:cho"] as [Principal.ID] {
      _ = try await world.ledger.issueToken(
        for: principal,
        name: "laptop",
        lasts: nil,
        at: world.now
      )
    }
    await #expect(
      throws: Refusal.unfit("2 live tokens are called laptop: name one by its id")
    ) { try await world.ledger.revokeToken("laptop", at: world.now) }
    let meant = try #require(try await world.ledger.tokens(of: "person:cho").first)
    try await world.ledger.revokeToken(meant.id, at: world.now)
    #expect(try await world.ledger.tokens().filter { $0.revokedAt == nil }.count == 1)
  }

  private func issue(
    _ name: String,
    lasts: Duration? = nil,
    in world: World
  ) async throws -> String {
    try await world.ledger.issueToken(for: "person:bob", name: name, lasts: lasts, at: world.now)
  }
}
