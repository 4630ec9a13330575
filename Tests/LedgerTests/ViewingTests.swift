import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Readings on record")
struct ViewingTests {
  @Test func `name the reader by pseudonym, in a sealed entry`() async throws {
    let world = try await World()
    try await world.ledger.record(.deliveries, of: World.release, by: "person:bob", at: world.now)
    let event = try await world.lastEvent()
    #expect(event.kind == "view")
    #expect(event.entry.hasPrefix("sluice/v1 sealed\n"))
    let members = /\{"actor":"p_[A-Z2-7]{10}","at":"[^"]+","kind":"view","release":"ana\/tiny",/
    #expect(try members.prefixMatch(in: event.body) != nil)
    #expect(event.body.hasSuffix(#","v":1,"what":"deliveries"}"#))
    try await world.ledger.record(.deliveries, of: World.release, by: nil, at: world.now)
    #expect(try await world.lastEvent().body.hasPrefix(#"{"actor":"operator","at":"#))
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  @Test func `are one an hour for each reader, release and kind`() async throws {
    let ledger = try await World().ledger
    func views(
      _ viewing: Viewing,
      of release: Release.ID = World.release,
      by viewer: Principal.ID?,
      after seconds: Int
    ) async throws -> Int? {
      let clock = World.noon + Duration(seconds: seconds)
      try await ledger.record(viewing, of: release, by: viewer, at: clock)
      return try await ledger.database.read { db in
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM event WHERE kind = 'view'")
      }
    }
    #expect(try await views(.grants, by: "person:bob", after: 0) == 1)
    #expect(try await views(.grants, by: "person:bob", after: 3_599) == 1)
    #expect(try await views(.access, by: "person:bob", after: 3_599) == 2)
    #expect(try await views(.grants, by: "person:ana", after: 3_599) == 3)
    #expect(try await views(.grants, by: nil, after: 3_599) == 4)
    #expect(try await views(.grants, of: "ana/other", by: "person:bob", after: 3_599) == 5)
    #expect(try await views(.grants, by: "person:bob", after: 3_600) == 6)
    #expect(try await views(.grants, by: "person:bob", after: 7_199) == 6)
    #expect(try await ledger.verify(at: World.noon).faults == [])
  }

  /// Each is an entry that this version never makes.
  @Test(
    arguments: [
      ["actor": "person:bob", "release": "ana/tiny", "what": "grants"],
      ["actor": "p_abcdefghij", "release": "ana/tiny", "what": "grants"],
      ["actor": "operator", "release": "ana/tiny", "what": "everything"],
      ["actor": "operator", "release": "ana/tiny", "what": "grants", "why": "x"],
      ["actor": "operator", "what": "grants"],
      ["actor": "operator", "release": "ana/other", "what": "grants"],
    ] as [JSONObject]
  )
  func `are judged by an audit, member by member`(members: JSONObject) async throws {
    let ledger = try await World().ledger
    let index = try await ledger.database.write { db in
      let event = Event(kind: .view, members: members, release: World.release)
      return try ledger.append(event, at: World.noon, in: db)
    }
    let faults = try await ledger.verify(at: World.noon).faults
    #expect(faults.map(\.place) == [.event(index)])
  }

  @Test func `are found by an audit when there are two within the hour`() async throws {
    let ledger = try await World().ledger
    try await ledger.record(.grants, of: World.release, by: nil, at: World.noon)
    let index = try await ledger.database.write { db in
      let members: JSONObject = ["actor": "operator", "release": "ana/tiny", "what": "grants"]
      let event = Event(kind: .view, members: members, release: World.release)
      return try ledger.append(event, at: World.noon + Duration(seconds: 3_599), in: db)
    }
    let faults = try await ledger.verify(at: World.noon).faults
    #expect(faults.map(\.place) == [.event(index)])
  }
}
