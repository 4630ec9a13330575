import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

/// An admission finds its grant by look-ups in tables; the rule asked of the whole fold must say the same,
/// whatever was said before and at whichever second.
@Suite("Admissions after whatever was said")
struct AdmissionPropertyTests {
  /// `SLUICE_SEED`, else a new one; each failure tells its own.
  static let seed: UInt64 =
    ProcessInfo.processInfo.environment["SLUICE_SEED"].flatMap { UInt64($0) }
    ?? UInt64.random(in: 0..<1_000_000_000)

  @Test(arguments: (0..<12).map { seed &+ $0 })
  func `go by the delivery rule`(seed: UInt64) async throws {
    var chance = Chance(seed: seed)
    var world = try await World.council()
    _ = try await world.granted()
    _ = try await world.granted(to: "person:cho", salt: 8)
    for act in 0..<24 {
      world.now = world.now + Duration(seconds: chance.pick([0, 1, 86_399, 5 * 86_400]))
      do { try await Self.act(&world, &chance) } catch is Refusal {}
      let release = try await world.ledger.release(World.release)
      for _ in 0..<4 {
        try await Self.ask(world, release, &chance, "SLUICE_SEED=\(seed) after \(act + 1) acts")
      }
    }
    try await world.expectClean()
  }

  private static let people: [Principal.ID] = ["person:bob", "person:cho", "person:eve"]

  /// Somebody does something on which a delivery can depend.
  private static func act(_ world: inout World, _ chance: inout Chance) async throws {
    let who = chance.pick(people)
    let grants = try await world.ledger.release(World.release).grants.values
      .sorted { $0.index < $1.index }
    switch Int.random(in: 0..<9, using: &chance) {
    case 0: try await world.join(who)
    case 1: try await world.say(.leave(who), about: .named("group:readers"), by: "person:fay")
    case 2: try await world.say(.accept, about: world.use, by: who)
    case 3:
      let asked = try await world.file(
        .access("club", tiers: ["weights"], beneficiary: .group("readers"), purpose: ""),
        by: "person:fay"
      )
      try await world.say(.accept, about: world.use, by: "person:fay")
      try await world.approve(asked, by: "person:ana")
    case 4:
      let filing = Statement.Filing.access(
        "early",
        tiers: ["weights"],
        beneficiary: .principal(who),
        purpose: "\(grants.count)"
      )
      try await world.file(filing, by: who)
    case 5:
      let subject = try chance.pick(grants).subject
      try await world.say(.revoke(.misuse, text: "sold"), about: subject, by: "person:hal")
    case 6, 7:
      let key = try World.key(who.name).publicKey.fingerprint
      let names = ["tier:weights", "stage:gated", "stage:early", "org:press", "key:\(key)"]
      let until = chance.pick([3_600, 6 * 86_400])
      let order = Statement.Order(
        code: .safety,
        text: "wait",
        until: world.now + Duration(seconds: until)
      )
      let name = chance.pick(names + [who.rawValue])
      try await world.say(.hold(order), about: .named(name), by: "person:hal")
    default:
      let holder = chance.pick(grants)
      guard case .principal(let principal) = holder.terms.audience else { return }
      try await world.file(.renew(holder.id, purpose: ""), by: principal)
    }
  }

  private static func ask(
    _ world: World,
    _ release: Release,
    _ chance: inout Chance,
    _ seed: String
  ) async throws {
    let who = chance.pick(people)
    let grants = release.grants.values.sorted { $0.index < $1.index }
    let turns = (grants.compactMap(\.notAfter) + release.holds.compactMap(\.until))
      .flatMap { [$0, Instant(seconds: $0.seconds - 1)] }.filter { $0 >= world.now }
    let at = chance.pick([world.now] + turns.sorted())
    let named = chance.pick([nil, nil, chance.pick(grants).id])
    let query = try world.query(by: who, named: named)
    let found = try await answer { try await world.ledger.clearance(for: query, at: at).grant }
    let key = try World.key(who.name).publicKey.fingerprint
    let manifest = try world.manifest("weights")
    let expected = try await answer {
      try DeliveryRule.grant(
        among: grants,
        for: release.asker(who, key: key),
        manifest: manifest,
        named: named,
        holds: release.holds,
        at: at
      ).id
    }
    #expect(found == expected, "\(seed): \(who) at \(at)")
  }

  /// The grant, or the code of the refusal.
  private static func answer(_ act: () async throws -> Grant.ID) async throws -> String {
    do { return try await act().rawValue } catch let refusal as Refusal { return refusal.code }
  }
}

/// Random numbers that can be had again: of one seed always the same.
private struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ things: [Element]) -> Element {
    things[Int.random(in: 0..<things.count, using: &self)]
  }
}
