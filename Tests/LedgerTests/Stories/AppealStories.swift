import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Another look")
struct AppealStories {
  @Test func `opens a denied case again, without those who denied it`() async throws {
    try await play { world in
      let asked = try await world.asked()
      try await world.deny(asked, by: "person:ben")
      await #expect(throws: Refusal.unknownCase(asked.id)) {
        try await world.appeal(asked, by: "person:cho")
      }
      let appeal = try await world.appeal(asked, by: "person:bob")
      await #expect(throws: Refusal.recused(appeal.number, why: .decider)) {
        try await world.approve(appeal, by: "person:ben")
      }
      try await world.approve(appeal, by: ["person:ana", "person:dan"])
      let anew = try await world.state(of: asked)
      #expect(anew.state == .open && anew.revision.id != asked.revision.id)
      #expect(try await world.ledger.case("\(asked.number)")?.state == .open)
      await #expect(throws: Refusal.recused(asked.number, why: .decider)) {
        try await world.approve(anew, by: "person:ben")
      }
      try await world.approve(anew, by: ["person:ana", "person:dan"])
      #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
      let decisions = try await world.ledger.history(of: asked.id).filter { $0.kind == "decide" }
      #expect(decisions.map(\.reason) == ["denied", "reopened by an appeal", "approved"])
    }
  }

  @Test func `is taken once a revision, and may be denied`() async throws {
    try await play { world in
      let asked = try await world.asked()
      try await world.deny(asked, by: "person:ana")
      let appeal = try await world.appeal(asked, by: "person:bob")
      try await world.deny(appeal, by: "person:dan")
      #expect(try await world.state(of: asked).state == .denied)
      let number = asked.number
      await #expect(
        throws: Refusal.stale("the denial of this revision was appealed against before")
      ) { try await world.appeal(asked, by: "person:bob") }
      await #expect(
        throws: Refusal.unfit("a case of kind appeal cannot be appealed against")
      ) { try await world.appeal(appeal, by: "person:bob") }
      #expect(try await world.ledger.case("\(number)")?.endedAt == world.now)
    }
  }

  @Test func `gives a case that had been open for long its time again`() async throws {
    try await play { world in
      let asked = try await world.asked()
      try await world.wait(days: 59)
      try await world.deny(asked, by: "person:ben")
      try await world.wait(days: 10)
      let appeal = try await world.appeal(asked, by: "person:bob")
      try await world.approve(appeal, by: ["person:ana", "person:dan"])
      try await world.wait(days: 1)
      let anew = try await world.state(of: asked)
      try await world.approve(anew, by: ["person:ana", "person:dan"])
      #expect(try await world.state(of: asked).state == .approved)
    }
  }
}

@Suite("An emergency")
struct EmergencyStories {
  @Test func `gives one person a day, and is looked at afterwards`() async throws {
    try await play { world in
      let asked = try await world.emergency()
      let verdict = try await world.verdict(on: asked)
      let receipt = try await world.say(.approve(verdict), by: "person:cleo")
      #expect(receipt.events.map(\.kind) == ["approve", "decide", "issue"])
      let review = try await world.review(of: asked)
      #expect(review.number == asked.number + 1)
      #expect(review.deadline == world.now + Duration(seconds: 3 * 86_400))
      let grant = try #require(receipt.grants.first)
      #expect(grant.terms.stage == nil)
      #expect(grant.terms.notAfter == world.now + Duration(seconds: 86_400))
      let query = try world.query(by: "person:bob")
      #expect(try await world.ledger.clearance(for: query, at: world.now).grant == grant.id)
      try await world.approve(review, by: "person:ben")
      #expect(try await world.state(of: review).state == .approved)
      #expect(try await world.state(of: grant).ending == nil)
      #expect(
        try await world.file(world.request("x"), by: "person:bob").number == review.number + 1
      )
      _ = try await world.emergency(for: "person:cho")
    }
  }

  @Test func `that is not ratified ends, and its people take part in no other`() async throws {
    try await play { world in
      let asked = try await world.emergency()
      try await world.approve(asked, by: "person:cleo")
      let grant = try #require(try await world.ledger.grants(heldBy: "person:bob").first)
      try await world.wait(seconds: 60)
      try await world.deny(try await world.review(of: asked), by: "person:dan")
      #expect(try await world.state(of: grant).ending?.at == world.now)
      #expect(try await world.ledger.grant(grant.id)?.ending?.statement == nil)
      await #expect(
        throws: Refusal.grantRevoked(
          grant.id,
          at: world.now,
          code: .other,
          text: "the emergency was not ratified"
        )
      ) { try await world.ledger.clearance(for: world.query(by: "person:bob"), at: world.now) }
      await #expect(throws: Refusal.notEligible("person:ana")) {
        _ = try await world.emergency(for: "person:cho")
      }
      let other = try await world.emergency(for: "person:cho", by: "person:fay")
      await #expect(throws: Refusal.recused(other.number, why: .decider)) {
        try await world.approve(other, by: "person:cleo")
      }
    }
  }

  @Test func `that nobody looks at in time ends at the deadline`() async throws {
    try await play { world in
      let asked = try await world.emergency()
      try await world.approve(asked, by: "person:cleo")
      let grant = try #require(try await world.ledger.grants(heldBy: "person:bob").first)
      #expect(try await world.ledger.nextDue() == world.now + Duration(seconds: 3 * 86_400))
      try await world.wait(days: 3)
      #expect(try await world.state(of: try await world.review(of: asked)).state == .lapsed)
      #expect(try await world.kinds().last == "lapse")
      #expect(try await world.ledger.grant(grant.id)?.ending?.text.hasSuffix("in time") == true)
      await #expect(throws: Refusal.notEligible("person:ana")) {
        _ = try await world.emergency(for: "person:cho")
      }
    }
  }
}

extension World {
  mutating func appeal(_ denied: Case, by person: Principal.ID) async throws -> Case {
    try await file(
      .appeal(denied.id, revision: denied.revision.id, purpose: "Look again."),
      by: person
    )
  }

  /// An emergency that somebody asks for.
  mutating func emergency(
    for person: Principal.ID = "person:bob",
    by filer: Principal.ID = "person:ana"
  ) async throws -> Case {
    let weights = try manifest("weights")
    let statement = try await statement(
      .file(.emergency(["weights": weights], beneficiary: person, purpose: "An outage.")),
      about: .init(name: "policy", digest: try Policy(text: charter.policy).digest),
      by: filer
    )
    return try await perform([signed(statement)]).case(filedBy: statement)
  }

  /// The review that began with an emergency's decision.
  func review(of emergency: Case) async throws -> Case {
    let cases = try await ledger.release(Self.release).cases.values
    guard let review = cases.first(where: { $0.filing == .review(emergency.id) }) else {
      throw Surprise.noCase
    }
    return review
  }
}
