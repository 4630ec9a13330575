import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("A hold")
struct HoldStories {
  @Test func `on a person keeps what was asked from being approved, until it is lifted`()
    async throws
  {
    try await play { world in
      let asked = try await world.asked()
      let hold = try await world.hold(.named("person:bob"))
      await #expect(throws: Refusal.held(hold, .misuse)) {
        try await world.file(world.request("more"), by: "person:bob")
      }
      try await world.approve(asked, by: ["person:ana", "person:ben"])
      #expect(try await world.state(of: asked).state == .open)
      let lift = try await world.file(.lift(hold, purpose: "It was nothing."), by: "person:ana")
      await #expect(throws: Refusal.duplicate(lift.number)) {
        try await world.file(.lift(hold, purpose: "Again."), by: "person:ben")
      }
      await #expect(throws: Refusal.recused(lift.number, why: .placedHold)) {
        try await world.approve(lift, by: "person:hal")
      }
      let verdict = try await world.verdict(on: lift)
      let receipt = try await world.say(.approve(verdict), by: "person:ida")
      #expect(receipt.events.map(\.kind) == ["approve", "decide", "decide", "issue"])
      #expect(receipt.cases.map(\.id) == [asked.id, lift.id])
      #expect(try await world.ledger.grants(heldBy: "person:bob").count == 1)
    }
  }

  @Test(arguments: ["stage:gated", "tier:weights", "org:press", "case"])
  func `on what a case touches withholds its approval`(name: String) async throws {
    try await play { world in
      let asked = try await world.asked(for: "person:cho")
      let hold = try await world.hold(name == "case" ? asked.subject : .named(name))
      try await world.approve(asked, by: ["person:ana", "person:ben"])
      #expect(try await world.state(of: asked).state == .open)
      let lift = try await world.file(.lift(hold, purpose: ""), by: "person:ana")
      try await world.approve(lift, by: "person:ida")
      #expect(try await world.state(of: asked).state == .approved)
    }
  }

  @Test(arguments: ["stage:gated", "tier:weights", "person:cho", "org:press", "grant", "key"])
  func `on what a delivery touches keeps it back`(name: String) async throws {
    try await play { world in
      let grant = try await world.granted(to: "person:cho")
      let log = DeliveryLog(world.ledger)
      _ = try await log.admit(world.query(by: "person:cho"), at: world.now)
      let fingerprint = try World.key("cho").publicKey.fingerprint
      let subject: Statement.Subject =
        switch name {
        case "grant": try grant.subject
        case "key": .named("key:\(fingerprint)")
        default: .named(name)
        }
      let hold = try await world.hold(subject, until: world.now + Duration(seconds: 3_600))
      await #expect(throws: Refusal.held(hold, .misuse)) {
        try await log.admit(world.query(by: "person:cho"), at: world.now)
      }
      try await world.wait(seconds: 3_599)
      await #expect(throws: Refusal.held(hold, .misuse)) {
        try await log.admit(world.query(by: "person:cho"), at: world.now)
      }
      try await world.wait(seconds: 1)
      _ = try await log.admit(world.query(by: "person:cho"), at: world.now)
      try await log.closeAbandoned(at: world.now)
    }
  }

  @Test func `decides what it kept back at the instant at which it ends`() async throws {
    try await play { world in
      let asked = try await world.asked()
      let end = world.now + Duration(seconds: 3_600)
      _ = try await world.hold(.named("person:bob"), until: end)
      try await world.approve(asked, by: ["person:ana", "person:ben"])
      #expect(try await world.ledger.nextDue() == end)
      try await world.wait(seconds: 3_599)
      #expect(try await world.state(of: asked).state == .open)
      try await world.wait(seconds: 1)
      #expect(try await world.state(of: asked).state == .approved)
      await #expect(throws: Refusal.stale("the hold has ended")) {
        let hold = try #require(try await world.ledger.release(World.release).holds.first)
        try await world.file(.lift(hold.id, purpose: ""), by: "person:ana")
      }
    }
  }

  @Test func `on a key takes back what it signed since it became doubtful, and no decision`()
    async throws
  {
    try await play { world in
      let decided = try await world.granted(to: "person:cho", salt: 8)
      let asked = try await world.asked()
      try await world.approve(asked, by: "person:ana")
      try await world.wait(seconds: 60)
      let fingerprint = try World.key("ana").publicKey.fingerprint
      let hold = try await world.hold(.named("key:\(fingerprint)"), since: World.noon)
      await #expect(throws: Refusal.held(hold, .misuse)) {
        try await world.approve(asked, by: "person:ana")
      }
      try await world.approve(asked, by: "person:ben")
      #expect(try await world.state(of: asked).state == .open)
      #expect(try await world.state(of: decided).ending == nil)
      let lift = try await world.file(.lift(hold, purpose: "It was not."), by: "person:ben")
      try await world.approve(lift, by: "person:ida")
      #expect(try await world.state(of: asked).state == .approved)
    }
  }

  @Test func `on a key takes back a denial too, unless it came before the doubt`() async throws {
    try await play { world in
      let opening = try await world.file(try world.opening("freed"), by: "service:clerk")
      try await world.approve(opening, by: "person:cleo")
      try await world.wait(seconds: 60)
      let fingerprint = try World.key("cleo").publicKey.fingerprint
      _ = try await world.hold(.named("key:\(fingerprint)"))
      #expect(try await world.state(of: opening).state == .open)
      try await world.wait(days: 200)
      #expect(try await world.state(of: opening).state == .approved)
    }
  }
}

extension World {
  /// Places a hold, and answers its id.
  mutating func hold(
    _ subject: Statement.Subject,
    until: Instant? = nil,
    since: Instant? = nil,
    by steward: Principal.ID = "person:hal"
  ) async throws -> Hold.ID {
    let order = Statement.Order(code: .misuse, text: "Under doubt.", until: until, since: since)
    try await say(.hold(order), about: subject, by: steward)
    return Hold.ID(try await lastStatement().rawValue)
  }
}
