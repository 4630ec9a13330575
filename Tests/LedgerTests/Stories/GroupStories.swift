import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("A group")
struct GroupStories {
  @Test func `lets its members in, and nobody who has left it`() async throws {
    try await play { world in
      let early = try await world.file(world.seat("early"), by: "person:bob")
      try await world.say(.accept, about: world.use, by: "person:bob")
      #expect(try await world.state(of: early).state == .open)
      await #expect(throws: Refusal.notEligible("person:hal")) {
        try await world.join("person:bob", by: "person:hal")
      }
      let receipt = try await world.join("person:bob")
      #expect(receipt.events.map(\.kind) == ["join", "decide", "issue"])

      try await world.join("person:cho")
      try await world.say(
        .leave("person:cho"),
        about: .named("group:readers"),
        by: "person:cho"
      )
      let late = try await world.file(world.seat("early", for: "person:cho"), by: "person:cho")
      try await world.say(.accept, about: world.use, by: "person:cho")
      #expect(try await world.state(of: late).state == .open)
      await #expect(throws: Refusal.stale("person:cho is not in group readers")) {
        try await world.say(
          .leave("person:cho"),
          about: .named("group:readers"),
          by: "person:fay"
        )
      }
      try await world.join("person:cho")
      #expect(try await world.state(of: late).state == .approved)
      let places = try await world.ledger.release(World.release).memberships["readers"] ?? []
      #expect(places.map(\.member) == ["person:bob", "person:cho", "person:cho"])
      #expect(places.map(\.isCurrent) == [true, false, true])
    }
  }

  @Test func `receives together, each member after agreeing`() async throws {
    try await play { world in
      let asked = try await world.file(
        .access("club", tiers: ["weights"], beneficiary: .group("readers"), purpose: "news"),
        by: "person:fay"
      )
      await #expect(throws: Refusal.notEligible("person:bob")) {
        try await world.file(
          .access("club", tiers: ["weights"], beneficiary: .group("readers"), purpose: "x"),
          by: "person:bob"
        )
      }
      try await world.join("person:bob")
      try await world.approve(asked, by: "person:ana")
      let receipt = try await world.say(.accept, about: world.use, by: "person:fay")
      #expect(receipt.events.map(\.kind) == ["accept", "decide", "issue"])
      #expect(receipt.grants.map(\.terms.audience) == [.group("readers")])

      let log = DeliveryLog(world.ledger)
      let query = try world.query(by: "person:bob")
      await #expect(throws: Refusal.termsUnaccepted("use")) {
        try await log.admit(query, at: world.now)
      }
      try await world.say(.accept, about: world.use, by: "person:bob")
      let admission = try await log.admit(query, at: world.now)
      #expect(admission.grant == receipt.grants.first?.id)
      await #expect(throws: Refusal.noGrant(pending: nil)) {
        try await log.admit(world.query(by: "person:cho"), at: world.now)
      }
      try await world.say(
        .leave("person:bob"),
        about: .named("group:readers"),
        by: "person:fay"
      )
      await #expect(throws: Refusal.noGrant(pending: nil)) {
        try await log.admit(query, at: world.now)
      }
    }
  }
}

extension World {
  @discardableResult
  mutating func join(
    _ member: Principal.ID,
    by manager: Principal.ID = "person:fay"
  ) async throws -> Receipt {
    try await say(
      .join(member, fields: ["sector": "press"]),
      about: .named("group:readers"),
      by: manager
    )
  }

  /// The file of the weights, asked for with a key.
  func query(
    by principal: Principal.ID,
    with key: String? = nil,
    named grant: Grant.ID? = nil
  ) throws -> DeliveryQuery {
    let fingerprint = try key ?? Self.key(principal.name).publicKey.fingerprint
    return DeliveryQuery(
      release: Self.release,
      tier: "weights",
      path: "a.bin",
      sha256: SHA256Digest(of: Array("weights".utf8)),
      principal: principal,
      credential: "key:\(fingerprint)",
      named: grant
    )
  }
}
