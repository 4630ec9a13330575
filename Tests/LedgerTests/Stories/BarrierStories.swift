import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

/// README join 6: whoever is turned away is on record, once for each tier, code and hour.
@Suite("Somebody who is turned away")
struct BarrierStories {
  /// What can stand between a person and a file.
  enum Barrier: CaseIterable {
    case none, pending, grace, surrendered, expired, revoked, unaccepted, held

    var code: String {
      switch self {
      case .none: "grant.none"
      case .pending: "grant.pending"
      case .grace: "grant.grace"
      case .surrendered, .expired: "grant.expired"
      case .revoked: "grant.revoked"
      case .unaccepted: "terms.unaccepted"
      case .held: "held"
      }
    }
  }

  @Test(arguments: Barrier.allCases)
  func `is on record`(barrier: Barrier) async throws {
    try await play { world in
      let named = try await world.raise(barrier)
      let log = DeliveryLog(world.ledger)
      let query = try world.query(by: "person:bob", named: named)
      let before = try await world.kinds().count { $0 == "refuse" }
      for seconds in [0, 3_599] {
        let refused = await #expect(throws: Refusal.self) {
          try await log.admit(query, at: world.now + Duration(seconds: seconds))
        }
        #expect(refused?.code == barrier.code)
        await #expect(throws: Refusal.self) {
          try await log.clear(query, at: world.now + Duration(seconds: seconds))
        }
      }
      #expect(try await world.kinds().count { $0 == "refuse" } == before + 1)
      let event = try await world.lastEvent()
      #expect(event.kind == "refuse")
      #expect(event.body.contains("\"code\":\"\(barrier.code)\""))
    }
  }

  @Test func `without a name is counted, whatever stands in the way`() async throws {
    var depot = try await Depot()
    try await depot.world.say(
      .hold(.init(code: .safety, text: "A defect.")),
      about: .init(name: "tier:code", in: World.release),
      by: "person:hal"
    )
    let query = try depot.query("data/big.bin", of: "code", by: nil)
    let refused = await #expect(throws: Refusal.self) {
      try await depot.log.admit(query, at: depot.world.now)
    }
    #expect(refused?.code == "held")
    try await depot.log.settle(at: depot.world.now + Duration(seconds: 3_600))
    let event = try await depot.world.lastEvent()
    #expect(event.kind == "count")
    #expect(event.body.contains(#""refused":1"#))
  }
}

extension World {
  /// Brings it about that bob may not have the weights, and answers the grant to insist on.
  fileprivate mutating func raise(_ barrier: BarrierStories.Barrier) async throws -> Grant.ID? {
    switch barrier {
    case .none: return nil
    case .unaccepted:
      let asked = try await file(
        .access("club", tiers: ["weights"], beneficiary: .group("readers"), purpose: "news"),
        by: "person:fay"
      )
      try await join("person:bob")
      try await approve(asked, by: "person:ana")
      try await say(.accept, about: use, by: "person:fay")
      return nil
    case .pending, .grace, .surrendered, .expired, .revoked, .held: break
    }
    let grant = try await granted()
    switch barrier {
    case .pending:
      try await wait(days: 22)
      let asked = try await file(.renew(grant.id, purpose: ""), by: "person:bob")
      try await approve(asked, by: "person:ben")
      return try await ledger.grants(heldBy: "person:bob").last?.id
    case .grace: try await wait(days: 32)
    case .expired: try await wait(days: 36)
    case .surrendered: try await say(.surrender, about: try grant.subject, by: "person:bob")
    case .revoked:
      try await say(.revoke(.leak, text: "x"), about: try grant.subject, by: "person:hal")
    case .held: _ = try await hold(.named("tier:weights"))
    case .none, .unaccepted: break
    }
    return nil
  }
}
