import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Approvals that rest on a doubtful key")
struct DoubtingTests {
  @Test func `are those that would not be met without what it signed since`() async throws {
    var (world, asked) = try await World.asked()
    let before = world.now
    try await world.wait(seconds: 60)
    let doubt = world.now
    try await world.approve(asked, by: ["person:ana", "person:ben"])
    let (ana, dan) = (try World.key("ana"), try World.key("dan"))
    let ledger = world.ledger
    let found = try await ledger.undermined(
      by: ana.publicKey.fingerprint,
      since: doubt,
      in: World.release
    )
    #expect(found.map(\.number) == [asked.number])
    #expect(found.map(\.kind) == [.access])
    let grants = try await ledger.grants(heldBy: "person:bob").map(\.id)
    #expect(found.map(\.grants) == [grants])
    // Since before, the policy itself and what it opened rest on her; since after, nothing does.
    let all = try await ledger.undermined(
      by: ana.publicKey.fingerprint,
      since: before,
      in: World.release
    )
    #expect(all.map(\.kind) == [.amend, .open, .open, .access])
    let late = try await ledger.undermined(
      by: ana.publicKey.fingerprint,
      since: doubt + Duration(seconds: 1),
      in: World.release
    )
    #expect(late == [])
    let other = try await ledger.undermined(
      by: dan.publicKey.fingerprint,
      since: before,
      in: World.release
    )
    #expect(other == [])
  }

  @Test func `are counted in the log after the hold, and stand`() async throws {
    var (world, asked) = try await World.asked()
    try await world.wait(seconds: 60)
    try await world.approve(asked, by: ["person:ana", "person:ben"])
    let key = try World.key("ana").publicKey.fingerprint
    _ = try await world.hold(.named("key:\(key)"), since: world.now)
    #expect(try await world.kinds().suffix(2) == ["hold", "suspend"])
    #expect(try await world.lastEvent().body.contains(#""count":1"#))
    #expect(try await world.lastEvent().entry.hasPrefix("sluice/v1 public\n"))
    #expect(try await world.state(of: asked).state == .approved)
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  @Test func `are not counted where there are none, or no doubt about the past`() async throws {
    var (world, asked) = try await World.asked()
    try await world.approve(asked, by: ["person:ana", "person:ben"])
    try await world.wait(seconds: 60)
    let (ana, bob) = (try World.key("ana"), try World.key("bob"))
    _ = try await world.hold(.named("key:\(ana.publicKey.fingerprint)"))
    #expect(try await world.kinds().last == "hold")
    _ = try await world.hold(
      .named("key:\(bob.publicKey.fingerprint)"),
      since: world.now
    )
    #expect(try await world.kinds().last == "hold")
  }

  @Test(arguments: [0, 2])
  func `are counted again by an audit`(count: Int) async throws {
    var (world, asked) = try await World.asked()
    try await world.wait(seconds: 60)
    try await world.approve(asked, by: ["person:ana", "person:ben"])
    let key = try World.key("ana").publicKey.fingerprint
    _ = try await world.hold(.named("key:\(key)"), since: world.now)
    let place = try await world.append(
      Event(kind: .suspend, members: ["count": .integer(count)])
    )
    let faults = try await world.ledger.verify(at: world.now).faults
    #expect(faults.map(\.place) == [place])
    #expect(faults.first?.what == "event: count: 1 approvals rest on the key, not \(count)")
  }

  @Test func `are counted of no key without a hold`() async throws {
    let world = try await World.adopted()
    let place = try await world.append(Event(kind: .suspend, members: ["count": 1]))
    let faults = try await world.ledger.verify(at: world.now).faults
    #expect(faults.map(\.place) == [place])
  }
}
