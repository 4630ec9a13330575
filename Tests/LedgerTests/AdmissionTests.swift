import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("An admission")
struct AdmissionTests {
  @Test func `names the grant, the tier and the file`() async throws {
    let depot = try await Depot()
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    let admission = try await depot.log.admit(depot.query(), at: depot.world.now)
    #expect(admission.grant == grant.id)
    #expect(admission.tier == "weights")
    #expect(admission.path == "model.bin")
    #expect(admission.size == 1_000)
    #expect(admission.isRecorded)
    let event = try await depot.world.lastEvent()
    #expect(event.kind == "deliver")
    #expect(event.body.contains(#""agent":"test/1""#))
    #expect(event.body.contains(#""peer":"192.0.2.7""#))
    #expect(event.body.contains(#""credential":"key:SHA256:bob""#))
    #expect(!event.body.contains("bob@") && !event.body.contains("person:"))
    #expect(event.entry.hasPrefix("sluice/v1 sealed\n"))
  }

  @Test func `is refused to strangers, and says which case is open`() async throws {
    var depot = try await Depot()
    try await depot.add("person:eve")
    let query = try depot.query(by: "person:eve")
    await #expect(throws: Refusal.noGrant(pending: nil)) {
      try await depot.log.admit(query, at: depot.world.now)
    }
    await #expect(throws: Refusal.noGrant(pending: nil)) {
      try await depot.log.admit(depot.query(by: nil), at: depot.world.now)
    }
    let asked = try await depot.world.file(depot.world.request(for: "person:eve"), by: "person:eve")
    await #expect(throws: Refusal.noGrant(pending: asked.number)) {
      try await depot.ledger.clearance(for: query, at: depot.world.now)
    }
  }

  @Test func `ends with the grant`() async throws {
    var depot = try await Depot()
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    let end = try #require(grant.terms.notAfter)
    #expect(try await depot.ledger.clearance(for: depot.query(), at: end - 1).grant == grant.id)
    await #expect(throws: Refusal.grantExpired(grant.id, at: end)) {
      try await depot.ledger.clearance(for: depot.query(), at: end)
    }
    try await depot.revoke(grant.id)
    let revoked = Refusal.grantRevoked(
      grant.id,
      at: depot.world.now,
      code: .leak,
      text: "It was passed on."
    )
    await #expect(throws: revoked) {
      try await depot.log.admit(depot.query(), at: depot.world.now)
    }
    #expect(try await depot.ledger.live([permit(grant)], at: depot.world.now).isEmpty)
  }

  @Test func `counts on the grant that is named, else on the oldest`() async throws {
    var depot = try await Depot()
    let first = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    let second = try await depot.grant(to: "person:bob", purpose: "again")
    let now = depot.world.now
    #expect(try await depot.ledger.clearance(for: depot.query(), at: now).grant == first.id)
    let named = try depot.query(named: second.id)
    #expect(try await depot.ledger.clearance(for: named, at: now).grant == second.id)
    try await depot.revoke(first.id)
    #expect(try await depot.ledger.clearance(for: depot.query(), at: now).grant == second.id)
    #expect(
      try await depot.ledger.live([permit(first), permit(second)], at: now) == [permit(second)]
    )

    try await depot.add("person:eve")
    let borrowed = try depot.query(by: "person:eve", named: second.id)
    await #expect(throws: Refusal.noGrant(pending: nil)) {
      try await depot.ledger.clearance(for: borrowed, at: now)
    }
  }

  @Test func `counts on everyone's grant before one's own`() async throws {
    let depot = try await Depot()
    // The same file is in both tiers.
    let admission = try await depot.ledger.clearance(
      for: depot.query("config.json"),
      at: depot.world.now
    )
    let everyones = try await depot.ledger.grants(of: World.release)
      .filter { $0.terms.audience == .everyone }
    #expect([admission.grant] == everyones.map(\.id))
    #expect(admission.tier == "code")
  }

  @Test func `to what everyone may have is recorded with a name, if it is worth it`() async throws {
    let depot = try await Depot()
    let now = depot.world.now
    let size = try await depot.ledger.head().size
    let anonymous = try await depot.log.admit(
      depot.query("data/big.bin", of: "code", by: nil),
      at: now
    )
    let small = try await depot.log.admit(depot.query("config.json", of: "code"), at: now)
    #expect(!anonymous.isRecorded && anonymous.index == nil)
    #expect(!small.isRecorded && small.index == nil)
    #expect(try await depot.ledger.head().size == size)
    let named = try await depot.log.admit(depot.query("data/big.bin", of: "code"), at: now)
    #expect(named.index == size)
  }

  @Test func `needs a token that counts`() async throws {
    let depot = try await Depot()
    let now = depot.world.now
    let secret = try await depot.ledger.issueToken(
      for: "person:bob",
      name: "laptop",
      lasts: Duration(seconds: 60),
      at: now
    )
    let token = try #require(try await depot.ledger.principal(ofToken: secret, at: now))
    let query = try depot.query(with: "token:\(token.id)")
    _ = try await depot.ledger.clearance(for: query, at: now)
    await #expect(throws: Refusal.badToken) {
      try await depot.ledger.clearance(for: query, at: now + Duration(seconds: 60))
    }
    try await depot.add("person:eve")
    await #expect(throws: Refusal.badToken) {
      let stolen = try depot.query(by: "person:eve", with: "token:\(token.id)")
      return try await depot.ledger.clearance(for: stolen, at: now)
    }
    try await depot.ledger.revokeToken("laptop", at: now)
    await #expect(throws: Refusal.badToken) { try await depot.log.admit(query, at: now) }
  }

  @Test func `finds its grants by index`() async throws {
    let depot = try await Depot()
    let plan = try await depot.ledger.plan(
      "SELECT * FROM grant_row WHERE release = 'a/b' AND audience IS 'person:bob' ORDER BY seq"
    )
    #expect(
      plan.allSatisfy { $0.contains("USING INDEX grant_by_release (release=? AND audience=?)") }
    )
    let files = try await depot.ledger.plan(
      "SELECT path FROM manifest_file WHERE sha256 = 'x' AND manifest = 'y' ORDER BY path"
    )
    #expect(files.first?.contains("manifest_file_by_digest (sha256=? AND manifest=?)") == true)
  }
}

/// What a transfer of bob's rests on.
private func permit(_ grant: Grant) -> Permit {
  Permit(grant: grant.id, principal: "person:bob", credential: "key:SHA256:bob")
}

extension Instant {
  fileprivate static func - (instant: Instant, seconds: Int) -> Instant {
    Instant(seconds: instant.seconds - seconds)
  }
}
