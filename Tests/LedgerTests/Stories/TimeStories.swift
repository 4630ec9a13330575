import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Time")
struct TimeStories {
  @Test func `decides a case that waits for an instant, not a second sooner`() async throws {
    try await play { world in
      let asked = try await world.file(try world.opening("freed"), by: "service:clerk")
      try await world.approve(asked, by: "person:ana")
      let instant = try #require(try await world.ledger.nextDue())
      #expect(instant.description == "2019-06-01T00:00:00Z")
      world.now = Instant(seconds: instant.seconds - 1)
      try await world.settle()
      #expect(try await world.state(of: asked).state == .open)
      try await world.wait(seconds: 1)
      #expect(try await world.ledger.case("\(asked.number)")?.endedAt == instant)
      #expect(try await world.ledger.release(World.release).openings["freed"]?.at == instant)
    }
  }

  @Test func `decides a case that waits so long after its filing`() async throws {
    try await play { world in
      let asked = try await world.file(world.seat("desk"), by: "person:bob")
      try await world.say(world.vouching(), about: .named("person:bob"), by: "org:registrar")
      #expect(try await world.ledger.nextDue() == world.now + Duration(seconds: 2 * 86_400))
      try await world.wait(days: 1, seconds: 86_399)
      #expect(try await world.state(of: asked).state == .open)
      try await world.wait(seconds: 1)
      #expect(try await world.state(of: asked).state == .approved)
      #expect(try await world.kinds().suffix(2) == ["decide", "issue"])
    }
  }

  @Test func `of an opening lets the next stage open with it`() async throws {
    try await play { world in
      let later = try await world.file(try world.opening("later"), by: "service:clerk")
      try await world.approve(later, by: "person:ana")
      #expect(try await world.state(of: later).state == .open)
      let evidence = try await world.measure("0.95", by: "person:dan")
      let asked = try await world.file(try world.opening("proven"), by: "service:clerk")
      try await world.approve(asked, by: "person:cleo")
      let receipt = try await world.say(
        .confirm(reason: ""),
        about: try .statement(evidence),
        by: "person:ben"
      )
      #expect(receipt.events.map(\.kind) == ["confirm", "decide", "decide", "issue"])
      #expect(receipt.cases.map(\.id) == [later.id, asked.id])
      let openings = try await world.ledger.release(World.release).openings
      #expect(openings["proven"]?.order == 6 && openings["later"]?.order == 7)
    }
  }
}
