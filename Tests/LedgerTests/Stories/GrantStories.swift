import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("The life of a grant")
struct GrantStories {
  @Test func `goes on by a renewal, once, from its old end`() async throws {
    try await play { world in
      let old = try await world.granted()
      let end = world.now + Duration(seconds: 30 * 86_400)
      try await world.wait(days: 15)
      let opens = world.now + Duration(seconds: 5 * 86_400)
      await #expect(throws: Refusal.tooSoon(until: opens)) {
        try await world.file(.renew(old.id, purpose: ""), by: "person:bob")
      }
      try await world.wait(days: 7)
      await #expect(throws: Refusal.unknownGrant(old.id)) {
        try await world.file(.renew(old.id, purpose: ""), by: "person:cho")
      }
      let asked = try await world.file(.renew(old.id, purpose: "more time"), by: "person:bob")
      await #expect(throws: Refusal.duplicate(asked.number)) {
        try await world.file(.renew(old.id, purpose: "again"), by: "person:bob")
      }
      try await world.approve(asked, by: "person:ben")
      let new = try #require(try await world.ledger.grants(heldBy: "person:bob").last)
      #expect(new.terms.successorOf == old.id)
      #expect(new.terms.notBefore == end)
      #expect(new.terms.notAfter == end + Duration(seconds: 30 * 86_400))
      await #expect(throws: Refusal.stale("the grant was renewed before")) {
        try await world.file(.renew(old.id, purpose: ""), by: "person:bob")
      }
      let query = try world.query(by: "person:bob")
      #expect(try await world.ledger.clearance(for: query, at: world.now).grant == old.id)
      try await world.wait(days: 8)
      #expect(try await world.ledger.clearance(for: query, at: world.now).grant == new.id)
    }
  }

  @Test(arguments: ["surrendered", "revoked"], [true, false])
  func `takes its open renewal with it when it is ended`(
    ending: String,
    isReturned: Bool
  ) async throws {
    try await play { world in
      let grant = try await world.granted()
      try await world.wait(days: 22)
      let asked = try await world.file(.renew(grant.id, purpose: ""), by: "person:bob")
      if isReturned {
        try await world.say(
          .return(case: asked.id, revision: asked.revision.id, reason: "Say more."),
          by: "person:ben"
        )
      }
      let isGivenBack = ending == "surrendered"
      try await world.say(
        isGivenBack ? .surrender : .revoke(.leak, text: "Seen."),
        about: try grant.subject,
        by: isGivenBack ? "person:bob" : "person:hal"
      )
      #expect(try await world.state(of: asked).state == .lapsed)
      let last = try await world.ledger.history(of: asked.id).last
      #expect(last?.kind == "lapse" && last?.reason == "the grant was \(ending)")
      await #expect(throws: Refusal.caseClosed(asked.number, .lapsed)) {
        try await world.approve(asked, by: "person:ben")
      }
    }
  }

  @Test func `can be renewed in grace, in which it serves nothing, and no later`() async throws {
    try await play { world in
      let old = try await world.granted()
      let end = world.now + Duration(seconds: 30 * 86_400)
      let late = try await world.granted(to: "person:cho", salt: 8)
      try await world.wait(days: 32)
      await #expect(
        throws: Refusal.grantGrace(old.id, at: end, until: end + Duration(seconds: 5 * 86_400))
      ) { try await world.ledger.clearance(for: world.query(by: "person:bob"), at: world.now) }
      let asked = try await world.file(.renew(old.id, purpose: ""), by: "person:bob")
      try await world.approve(asked, by: "person:dan")
      let new = try #require(try await world.ledger.grants(heldBy: "person:bob").last)
      #expect(new.terms.notBefore == end)
      try await world.wait(days: 3)
      await #expect(throws: Refusal.grantExpired(late.id, at: end)) {
        try await world.file(.renew(late.id, purpose: ""), by: "person:cho")
      }
    }
  }

  @Test func `ends when it is given back, and what is owed then is given`() async throws {
    try await play { world in
      let grant = try await world.granted()
      let findings = try await world.finding(after: grant)
      await #expect(throws: Refusal.stale("nothing is owed before the grant has ended")) {
        try await world.perform([world.signed(findings.statement)], documents: findings.documents)
      }
      try await world.wait(days: 1)
      await #expect(throws: Refusal.unknownGrant(grant.id)) {
        try await world.say(.surrender, about: try grant.subject, by: "person:cho")
      }
      try await world.say(.surrender, about: try grant.subject, by: "person:bob")
      await #expect(throws: Refusal.grantSurrendered(grant.id, at: world.now)) {
        try await world.ledger.clearance(for: world.query(by: "person:bob"), at: world.now)
      }
      await #expect(throws: Refusal.stale("the grant was surrendered before")) {
        try await world.say(
          .revoke(.other, text: "x"),
          about: try grant.subject,
          by: "person:hal"
        )
      }
      #expect(try await world.ledger.nextDue() == world.now + Duration(seconds: 3 * 86_400))
      try await world.say(.accept, about: world.use, by: "person:bob")
      let anew = try await world.finding(after: grant)
      try await world.perform([world.signed(anew.statement)], documents: anew.documents)
      #expect(try await world.ledger.nextDue() == nil)
      try await world.wait(days: 30)
      #expect(try await !world.kinds().contains("overdue"))
    }
  }

  @Test func `is followed by a hold when what was owed is not given`() async throws {
    try await play { world in
      let grant = try await world.granted()
      try await world.wait(days: 33)
      #expect(try await world.kinds().last == "overdue")
      #expect(try await world.ledger.release(World.release).holds.isEmpty)
      try await world.wait(days: 4)
      let hold = try #require(try await world.ledger.release(World.release).holds.first)
      #expect(hold.subject == .principal("person:bob") && hold.placedBy == nil)
      await #expect(throws: Refusal.held(hold.id, .terms)) {
        try await world.file(world.request("more"), by: "person:bob")
      }
      let lift = try await world.file(.lift(hold.id, purpose: "It is here."), by: "person:ana")
      try await world.approve(lift, by: "person:hal")
      #expect(try await world.ledger.release(World.release).holds.first?.liftedAt == world.now)
      _ = try await world.file(world.request("more"), by: "person:bob")
      #expect(try await world.state(of: grant).status(at: world.now, holds: []) == .expired)
      try await world.wait(days: 100)
      let unpaid = try await world.ledger.release(World.release).unpaid
      #expect(unpaid.values.map(\.count) == [2])
    }
  }

  @Test func `ends by a steward's word, and owes from then on`() async throws {
    try await play { world in
      let grant = try await world.granted()
      try await world.wait(seconds: 1)
      await #expect(throws: Refusal.notEligible("person:ana")) {
        try await world.say(.revoke(.leak, text: "x"), about: try grant.subject, by: "person:ana")
      }
      try await world.say(.revoke(.leak, text: "Seen."), about: try grant.subject, by: "person:ida")
      #expect(try await world.ledger.nextDue() == world.now + Duration(seconds: 3 * 86_400))
      try await world.wait(days: 7)
      #expect(try await world.kinds().suffix(2) == ["overdue", "overdue"])
      await #expect(throws: Refusal.self) {
        try await world.file(.renew(grant.id, purpose: ""), by: "person:bob")
      }
    }
  }
}

extension World {
  /// What is owed after a grant, with the answers behind it.
  mutating func finding(
    after grant: Grant
  ) async throws -> (statement: Statement, documents: [SHA256Digest: [UInt8]]) {
    let documents = Self.answers(["found": "Nothing."], salt: 77)
    guard let commitment = documents.keys.first,
      let form = try Policy(text: charter.policy).form("findings")
    else { throw Surprise.noCase }
    let statement = try await statement(
      .answer(.grant(grant.id), commitment: commitment),
      about: .init(name: "form:findings", digest: form.digest),
      by: "person:bob"
    )
    return (statement, documents)
  }
}
