import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("The delivery log")
struct DeliveryLogTests {
  @Test func `is on the disk before it answers`() async throws {
    let depot = try await Depot.onDisk()
    let home = try #require(depot.ledger.home)
    let admission = try await depot.log.admit(depot.query(), at: depot.world.now)
    let other = try DatabaseQueue(path: home.database.path(percentEncoded: false))
    let kind = try await other.read { db in
      try String.fetchOne(
        db,
        sql: "SELECT kind FROM event WHERE seq = ?",
        arguments: [admission.index]
      )
    }
    #expect(kind == "deliver")
    #expect(try await depot.ledger.synchronous() == 2)
    #expect(admission.blob?.size == 1_000)
    try Blobs(in: home.blobs).check(try #require(admission.blob))
    try other.close()
    try depot.remove()
  }

  @Test func `gives many callers at once places in a row`() async throws {
    let depot = try await Depot()
    let first = try await depot.ledger.head().size
    let indexes = try await depot.admitAtOnce(64)
    #expect(indexes.compactMap { try? $0.get().index }.sorted() == Array(first..<first + 64))
    #expect(try await depot.ledger.verify(at: depot.world.now).faults == [])
  }

  @Test func `refuses one caller without the others`() async throws {
    let depot = try await Depot()
    try await depot.add("person:eve")
    let answers = try await depot.admitAtOnce(16, refused: 4)
    #expect(answers.count { (try? $0.get()) != nil } == 12)
    let refusals = answers.compactMap { answer -> Refusal? in
      guard case .failure(let error) = answer else { return nil }
      return error as? Refusal
    }
    #expect(refusals == Array(repeating: .noGrant(pending: nil), count: 4))
    #expect(try await depot.world.kinds().count { $0 == "refuse" } == 1)
  }

  @Test func `fails every caller of a commit that failed, and leaves nothing`() async throws {
    let depot = try await Depot()
    let before = try await depot.ledger.head()
    try await depot.ledger.database.write { db in
      try db.execute(
        sql: """
          CREATE TRIGGER full BEFORE INSERT ON ongoing BEGIN SELECT RAISE(ABORT, 'disk full'); END
          """
      )
    }
    let answers = try await depot.admitAtOnce(16)
    for answer in answers {
      #expect(throws: DatabaseError.self) { try answer.get() }
    }
    #expect(try await depot.ledger.head() == before)
    try await depot.ledger.database.write { db in try db.execute(sql: "DROP TRIGGER full") }
    #expect(try await depot.log.admit(depot.query(), at: depot.world.now).index == before.size)
  }

  @Test func `goes on with a delivery until every byte is acknowledged`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let first = try await log.admit(depot.query(), at: now)
    let second = try await log.admit(depot.query(), at: now)
    let other = try await log.admit(depot.query(with: "key:SHA256:other"), at: now)
    #expect(first.index == second.index)
    #expect(first.index != other.index)

    try await log.end(
      first,
      as: .complete,
      handed: 0..<600,
      acked: 0..<600,
      evidence: .tcp,
      at: now
    )
    #expect(try await depot.outcomes() == [nil, nil])
    try await log.cover(second, handed: 500..<900, acked: 500..<700, at: now)
    try await log.end(
      second,
      as: .complete,
      handed: 500..<1_000,
      acked: 500..<1_000,
      evidence: .tls,
      at: now
    )
    #expect(try await depot.outcomes() == ["complete", nil])
    let event = try await depot.world.lastEvent()
    #expect(event.body.contains(#""acked":1000"#))
    #expect(event.body.contains(#""coverage":[[0,1000]]"#))
    #expect(event.body.contains(#""evidence":"tcp+tls""#))
    #expect(event.body.contains(#""handed":1000"#))
    let third = try await log.admit(depot.query(), at: now)
    #expect(third.index != first.index)
  }

  @Test func `closes a delivery that rests`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let first = try await log.admit(depot.query(), at: now)
    try await log.end(first, as: .stalled, handed: 0..<9, acked: 0..<5, evidence: .tcp, at: now)
    try await log.settle(at: now + Duration(seconds: 599))
    #expect(try await depot.outcomes() == [nil])
    let again = try await log.admit(depot.query(), at: now + Duration(seconds: 599))
    #expect(again.index == first.index)
    try await log.end(
      again,
      as: .partial,
      handed: 9..<20,
      acked: 9..<9,
      evidence: .tcp,
      at: now + Duration(seconds: 600)
    )
    try await log.settle(at: now + Duration(seconds: 1_200))
    #expect(try await depot.outcomes() == ["partial"])
    #expect(try await depot.world.lastEvent().body.contains(#""acked":5,"#))
    #expect(try await depot.world.lastEvent().body.contains(#""coverage":[[0,20]]"#))
  }

  @Test func `begins anew after a rest that nobody noticed`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let first = try await log.admit(depot.query(), at: now)
    try await log.end(first, as: .partial, handed: 0..<9, acked: 0..<9, evidence: .tcp, at: now)
    let second = try await log.admit(depot.query(), at: now + Duration(seconds: 600))
    #expect(second.index != first.index)
    #expect(try await depot.outcomes() == ["partial", nil])
  }

  @Test(arguments: [Delivery.Outcome.revoked, .drained])
  func `closes at once what cannot go on`(outcome: Delivery.Outcome) async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let first = try await log.admit(depot.query(), at: now)
    let second = try await log.admit(depot.query(), at: now)
    try await log.end(first, as: outcome, handed: 0..<9, acked: 0..<9, evidence: .tcp, at: now)
    #expect(try await depot.outcomes() == [nil])
    try await log.end(second, as: outcome, handed: 9..<20, acked: 9..<9, evidence: .tcp, at: now)
    #expect(try await depot.outcomes() == [outcome.rawValue])
  }

  @Test func `closes what has no end as unknown and whole`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let running = try await log.admit(depot.query(), at: now)
    try await log.cover(running, handed: 0..<10, acked: 0..<10, at: now)
    let over = try await log.admit(depot.query(with: "key:SHA256:other"), at: now)
    try await log.end(over, as: .partial, handed: 0..<10, acked: 0..<4, evidence: .tcp, at: now)

    try await DeliveryLog(depot.ledger).closeAbandoned(at: now)
    #expect(try await depot.outcomes() == ["unknown", "partial"])
    let possessions = try await depot.ledger.possessions(of: World.release)
    #expect(possessions.map(\.bytes) == [1_000])
    #expect(possessions.map(\.isComplete) == [false])
    // What the process that died would have said now is too late.
    try await log.end(
      running,
      as: .complete,
      handed: 0..<1_000,
      acked: 0..<1_000,
      evidence: .tcp,
      at: now
    )
    #expect(try await depot.outcomes() == ["unknown", "partial"])
    #expect(try await depot.ledger.verify(at: now).faults == [])
  }

  @Test func `bounds what a scattered client can make it write`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let admission = try await log.admit(depot.query("data/big.bin", of: "code"), at: now)
    try await depot.ledger.database.write { db in
      for start in stride(from: 0, to: 8_000, by: 4) {
        let index = try #require(admission.index)
        let range = start..<start + 2
        try depot.ledger.cover(index, handed: range, acked: range, at: now, in: db)
      }
    }
    try await log.end(admission, as: .partial, handed: 0..<0, acked: 0..<0, evidence: .tcp, at: now)
    try await log.closeAbandoned(at: now)
    let possession = try #require(try await depot.ledger.possessions(of: World.release).first)
    #expect((4_000...8_000).contains(possession.bytes))
    let ranges = try await depot.ledger.database.read { db in
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM coverage")
    }
    #expect(ranges == Delivery.mostRanges)
    #expect(try await depot.ledger.verify(at: now).faults == [])
  }

  @Test func `records a refusal once an hour for each tier`() async throws {
    let depot = try await Depot()
    try await depot.add("person:eve")
    let now = depot.world.now
    func refusals(after seconds: Int, _ path: String, of tier: Tier.ID) async throws -> Int {
      let query = try depot.query(path, of: tier, by: "person:eve", named: "none")
      await #expect(throws: Refusal.self) {
        try await depot.log.admit(query, at: now + Duration(seconds: seconds))
      }
      return try await depot.world.kinds().count { $0 == "refuse" }
    }
    #expect(try await refusals(after: 0, "model.bin", of: "weights") == 1)
    #expect(try await refusals(after: 1, "config.json", of: "weights") == 1)
    #expect(try await refusals(after: 2, "config.json", of: "code") == 2)
    #expect(try await refusals(after: 3_599, "model.bin", of: "weights") == 2)
    #expect(try await refusals(after: 3_600, "model.bin", of: "weights") == 3)
    #expect(try await depot.ledger.verify(at: now).faults == [])
  }

  @Test func `counts what has no name, by file and hour`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    for _ in 0..<3 {
      let admission = try await log.admit(free, at: now)
      try await log.end(
        admission,
        as: .partial,
        handed: 10..<30,
        acked: 10..<10,
        evidence: .tcp,
        at: now
      )
    }
    await #expect(throws: Refusal.noGrant(pending: nil)) {
      try await log.admit(depot.query(by: nil), at: now)
    }
    try await log.settle(at: now + Duration(seconds: 3_599))
    #expect(try await !depot.world.kinds().contains("count"))
    try await log.settle(at: now + Duration(seconds: 3_600))
    #expect(try await depot.world.kinds().suffix(2) == ["count", "count"])
    #expect(try await depot.counts().first == [3, 60])
    let event = try await depot.world.lastEvent()
    #expect(event.entry.hasPrefix("sluice/v1 public\n"))
    #expect(event.body.contains(#""bytes":0,"file":"model.bin","kind":"count","refused":1"#))
    #expect(try await depot.ledger.verify(at: now).faults == [])
  }
}

extension Depot {
  /// What each delivery ended as, in the order in which they began.
  func outcomes() async throws -> [String?] {
    try await ledger.database.read { db in
      try Optional<String>.fetchAll(db, sql: "SELECT outcome FROM delivery ORDER BY seq")
    }
  }

  /// Many callers, each with a credential of its own; the first `refused` of them are eve.
  fileprivate func admitAtOnce(
    _ count: Int,
    refused: Int = 0
  ) async throws -> [Result<Admission, any Error>] {
    let queries = try (0..<count).map { number in
      try query(by: number < refused ? "person:eve" : "person:bob", with: "key:SHA256:\(number)")
    }
    let now = world.now
    return await withTaskGroup(of: Result<Admission, any Error>.self) { group in
      for query in queries {
        group.addTask { [log] in
          do { return .success(try await log.admit(query, at: now)) } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}

extension Ledger {
  /// How SQLite looks something up.
  func plan(_ sql: String) async throws -> [String] {
    try await database.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] }
    }
  }
}
