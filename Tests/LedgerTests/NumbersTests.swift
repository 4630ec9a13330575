import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("A number that is kept")
struct NumbersTests {
  @Test func `of lines and recipients is what a count of deliveries gives`() async throws {
    var depot = try await Depot()
    try await depot.add("person:eve")
    try await depot.grant(to: "person:eve")
    let asked: [(String, Tier.ID, Principal.ID, String)] = [
      ("model.bin", "weights", "person:bob", "key:SHA256:a"),
      ("model.bin", "weights", "person:bob", "key:SHA256:b"),
      ("data/big.bin", "code", "person:bob", "key:SHA256:a"),
      ("model.bin", "weights", "person:eve", "key:SHA256:c"),
      ("data/big.bin", "code", "person:eve", "key:SHA256:c"),
    ]
    for (number, (path, tier, person, credential)) in asked.enumerated() {
      let query = try depot.query(path, of: tier, by: person, with: credential)
      let now = depot.world.now + Duration(seconds: number)
      _ = try await depot.log.admit(query, at: now)
      let kept = try await depot.ledger.possessionTotals(of: World.release)
      #expect(try await depot.ledger.possessionTotals(of: World.release, at: now) == kept)
      #expect(kept.deliveries == number + 1)
    }
    let totals = try await depot.ledger.possessionTotals(of: World.release)
    #expect(totals.lines == 4)
    #expect(totals.recipients == 2)
    #expect(try await depot.ledger.possessionTotals(of: "ana/other").lines == 0)
  }

  @Test func `of recipients goes down once for each person who is erased`() async throws {
    var depot = try await Depot()
    try await depot.add("person:eve")
    try await depot.grant(to: "person:eve")
    for person in ["person:bob", "person:eve"] as [Principal.ID] {
      for credential in ["key:SHA256:a", "key:SHA256:b"] {
        _ = try await depot.log.admit(
          depot.query(by: person, with: credential),
          at: depot.world.now
        )
      }
    }
    try await depot.ledger.database.write { db in
      try db.execute(
        sql: """
          UPDATE delivery SET principal = NULL, credential = '', erased_by = 0
          WHERE principal = 'person:eve'
          """
      )
    }
    let kept = try await depot.ledger.possessionTotals(of: World.release)
    #expect(kept.recipients == 1)
    #expect(kept.lines == 2)
    let counted = try await depot.ledger.possessionTotals(
      of: World.release,
      at: depot.world.now + Duration(seconds: 9)
    )
    #expect(counted == kept)
  }

  /// How long each decision takes in seconds; the statistics must find them by place.
  @Test(arguments: [
    [1], [5, 3_599], [3_600, 3_601, 7_199], [59, 90_061, 90_060, 100_000],
    Array(repeating: 0, count: 7) + [400_000, 86_399, 86_400, 3_599, 12],
  ])
  func `of waits tells the second in the middle, and that of nine in ten`(waits: [Int])
    async throws
  {
    let depot = try await Depot()
    try await depot.ledger.database.write { db in
      try db.execute(sql: "DELETE FROM case_file")
      for (number, wait) in waits.enumerated() {
        try db.execute(
          sql: """
            INSERT INTO case_file (id, number, release, kind, state, tiers, requester, purpose,
              revision, policy, gate, filed_at, is_overdue, ended_at)
            VALUES (printf('%064d', :number), :number, 'ana/tiny', 'access', :state, '["weights"]',
              'person:bob', '', '', '', '', 1000, :number % 2, 1000 + :wait)
            """,
          arguments: [
            "number": number + 1, "wait": wait,
            "state": number.isMultiple(of: 3) ? "denied" : "approved",
          ]
        )
      }
    }
    let sorted = waits.sorted()
    let found = try await depot.ledger.statistics(of: World.release)
    let middle = (sorted[(waits.count - 1) / 2] + sorted[waits.count / 2]) / 2
    #expect(found.median == Duration(seconds: middle))
    #expect(found.ninetieth == Duration(seconds: sorted[(9 * waits.count + 9) / 10 - 1]))
    #expect(found.requests == waits.count)
    #expect(found.decided == waits.count)
    #expect(found.overdue == (waits.count + 1) / 2)
  }
}
