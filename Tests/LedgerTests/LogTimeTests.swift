import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Log time")
struct LogTimeTests {
  @Test(arguments: [0, 1, 5])
  func `never runs backwards`(behind: Int) async throws {
    var world = try await World.opened()
    world.now = Instant(seconds: World.noon.seconds - behind)
    try await world.say(.accept, about: world.use, by: "person:bob")
    let times = try await world.times()
    #expect(times.last == World.noon.seconds)
    #expect(times == times.sorted())
  }

  @Test func `goes on with the clock`() async throws {
    var world = try await World.opened()
    world.now = Instant(seconds: World.noon.seconds + 9)
    try await world.say(.accept, about: world.use, by: "person:bob")
    #expect(try await world.times().last == world.now.seconds)
  }

  @Test func `is not trusted when the clock is further behind`() async throws {
    var world = try await World.opened()
    let statement = try await world.statement(.accept, about: world.use, by: "person:bob")
    let (ledger, submission) = (world.ledger, try world.signed(statement))
    let slow = Instant(seconds: World.noon.seconds - 6)
    let before = try await ledger.head()
    await #expect(throws: Refusal.clockUntrusted(behind: 6)) {
      try await ledger.perform([submission], at: slow)
    }
    await #expect(throws: Refusal.clockUntrusted(behind: 6)) { try await ledger.settle(at: slow) }
    #expect(try await ledger.head() == before)
  }
}
