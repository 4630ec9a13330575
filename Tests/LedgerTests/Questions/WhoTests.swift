import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Who may obtain what")
struct WhoTests {
  @Test func `is everyone, holders, and members who have agreed`() async throws {
    var world = try await World.council()
    let own = try await world.granted(to: "person:cho")
    let group = try await world.file(
      .access("club", tiers: ["weights"], beneficiary: .group("readers"), purpose: ""),
      by: "person:fay"
    )
    try await world.say(.accept, about: world.use, by: "person:fay")
    try await world.approve(group, by: "person:ana")
    try await world.join("person:bob")
    try await world.join("person:eve")
    let joined = world.now
    try await world.wait(days: 1)
    try await world.say(.accept, about: world.use, by: "person:bob")
    let agreed = world.now
    try await world.wait(days: 1)
    try await world.say(.accept, about: world.use, by: "person:bob")

    let now = try await world.who()
    #expect(now == ["code: everyone", "weights: person:cho", "weights: person:bob"])
    #expect(try await world.who(at: joined) == ["code: everyone", "weights: person:cho"])
    #expect(try await world.who(at: agreed) == now)
    #expect(try await world.who(of: "code") == ["code: everyone"])
    #expect(try await world.who(at: Instant(seconds: World.noon.seconds - 1)) == [])

    let hold = try await world.hold(.named("org:press"))
    #expect(try await world.who() == ["code: everyone", "weights: person:bob"])
    let lift = try await world.file(.lift(hold, purpose: ""), by: "person:ana")
    try await world.wait(seconds: 60)
    try await world.approve(lift, by: "person:ida")
    #expect(try await world.who() == now)
    try await world.say(.leave("person:bob"), about: .named("group:readers"), by: "person:fay")
    try await world.say(.revoke(.leak, text: "x"), about: try own.subject, by: "person:hal")
    #expect(try await world.who() == ["code: everyone"])
    #expect(try await world.who(at: agreed) == now)
  }

  @Test func `is the same page by page`() async throws {
    var world = try await World.council()
    for (salt, person) in ["person:bob", "person:cho", "person:eve"].enumerated() {
      _ = try await world.granted(to: Principal.ID(person), salt: UInt8(20 + salt))
    }
    let whole = try await world.ledger.entitlements(to: World.release)
    #expect(whole.lines.count == 4 && whole.next == nil)
    for limit in 1...4 {
      var lines: [Entitlement] = []
      var place: Int? = -1
      while let after = place {
        let page = try await world.ledger.entitlements(
          to: World.release,
          after: after,
          limit: limit
        )
        lines += page.lines
        place = page.next
      }
      #expect(lines == whole.lines)
    }
  }
}

extension World {
  fileprivate func who(of tier: Tier.ID? = nil, at instant: Instant? = nil) async throws -> [String]
  {
    try await ledger.entitlements(to: Self.release, tier: tier, at: instant).lines
      .map { "\($0.tier): \($0.principal?.rawValue ?? "everyone")" }
  }
}
