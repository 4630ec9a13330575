import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("What time alone makes happen")
struct DueTests {
  static let day = 86_400

  @Test func `is recorded when it is due, once, and not before`() async throws {
    let (world, asked) = try await World.asked()
    let ledger = world.ledger
    #expect(try await ledger.nextDue() == after(7 * Self.day))

    try await ledger.settle(at: after(7 * Self.day - 1))
    #expect(try await ledger.case("4")?.isOverdue == false)
    try await ledger.settle(at: after(7 * Self.day))
    try await ledger.settle(at: after(8 * Self.day))
    #expect(try await ledger.case("4")?.isOverdue == true)
    #expect(try await ledger.cases(isOverdue: true).map(\.id) == [asked.id])
    #expect(try await ledger.nextDue() == after(60 * Self.day))

    try await ledger.settle(at: after(60 * Self.day))
    #expect(try await ledger.case("4")?.state == .lapsed)
    #expect(try await ledger.cases(isOverdue: true).isEmpty)
    #expect(try await ledger.nextDue() == nil)
    #expect(try await world.kinds().suffix(2) == ["overdue", "lapse"])
    let history = try await ledger.history(of: asked.id)
    #expect(history.suffix(2).map(\.at) == [after(7 * Self.day), after(60 * Self.day)])
  }

  @Test func `comes before a statement, and stays when the statement is refused`() async throws {
    var (world, asked) = try await World.asked()
    world.now = after(61 * Self.day)
    await #expect(throws: Refusal.caseClosed(4, .lapsed)) {
      try await world.approve(asked, by: "person:ana")
    }
    #expect(try await world.kinds().last == "lapse")
    #expect(try await world.ledger.case("4")?.endedAt == world.now)
  }

  @Test func `ends the pause after a denial`() async throws {
    var (world, asked) = try await World.asked()
    try await world.deny(asked, by: "person:ana")
    let end = after(30 * Self.day)
    world.now = after(30 * Self.day - 1)
    await #expect(throws: Refusal.tooSoon(until: end)) {
      try await world.file(world.request(), by: "person:bob")
    }
    world.now = end
    #expect(try await world.file(world.request(), by: "person:bob").number == 5)
  }

  @Test func `is nothing for a case that was decided`() async throws {
    var (world, asked) = try await World.asked()
    try await world.deny(asked, by: "person:ana")
    #expect(try await world.ledger.nextDue() == nil)
    let before = try await world.ledger.head()
    try await world.ledger.settle(at: after(90 * Self.day))
    #expect(try await world.ledger.head() == before)
  }

  private func after(_ seconds: Int) -> Instant { World.noon + Duration(seconds: seconds) }
}
