import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Answers that were erased")
struct ErasureTests {
  @Test func `are no fault once an entry names theirs, and says so in public`() async throws {
    let (world, _) = try await World.asked()
    let answer = try #require(try await world.kinds().firstIndex(of: "answer"))
    try await world.ledger.database.write { db in
      try db.execute(sql: "UPDATE answer SET salt = NULL, body = NULL")
    }
    let faults = try await world.ledger.verify(at: world.now).faults
    #expect(faults.count == 1)
    #expect(faults.first?.what.contains("no entry says that it was erased") == true)

    try await world.append(["basis": "Art. 17", "indexes": [.integer(answer)]])
    #expect(try await world.ledger.verify(at: world.now).faults == [])
    #expect(try await world.lastEvent().entry.hasPrefix("sluice/v1 public\n"))
  }

  @Test func `are a fault where an entry names others, which are still there`() async throws {
    let (world, _) = try await World.asked()
    let answer = try #require(try await world.kinds().firstIndex(of: "answer"))
    try await world.ledger.database.write { db in
      try db.execute(sql: "UPDATE answer SET salt = NULL, body = NULL")
    }
    try await world.append(["basis": "Art. 17", "indexes": [.integer(answer - 1)]])
    let faults = try await world.ledger.verify(at: world.now).faults
    #expect(faults.first?.place == .event(answer - 1))
    #expect(faults.first?.what.contains("is still there") == true)
    #expect(faults.last?.what.contains("no entry says that it was erased") == true)
  }

  @Test(
    arguments: [
      ["basis": "", "indexes": [1]], ["basis": "x", "indexes": []],
      ["basis": "x", "indexes": [2, 1]], ["basis": "x", "indexes": [1, 1]],
      ["basis": "x", "indexes": [9_999]], ["basis": "x", "indexes": ["1"]], ["basis": "x"],
      ["basis": "x", "indexes": [1], "release": "ana/tiny"],
    ] as [JSONObject]
  )
  func `are named in one form only`(members: JSONObject) async throws {
    let world = try await World()
    let index = try await world.append(members)
    let faults = try await world.ledger.verify(at: world.now).faults
    #expect(faults.map(\.place) == [.event(index)])
  }
}

extension World {
  @discardableResult
  fileprivate func append(_ members: JSONObject) async throws -> Int {
    try await ledger.database.write { [ledger, now] db in
      try ledger.append(Event(kind: .erase, members: members), at: now, in: db)
    }
  }
}
