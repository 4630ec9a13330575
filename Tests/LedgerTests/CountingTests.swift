import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("What is only counted")
struct CountingTests {
  let hour = Duration(seconds: 3_600)

  @Test func `is counted when it begins, whole, so that a process that dies loses none`()
    async throws
  {
    let depot = try await Depot.onDisk()
    let (log, now) = (depot.log, depot.world.now)
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    _ = try await log.admit(free, at: now)
    _ = try await log.admit(free, bytes: 1_000, at: now)
    // It is on the disk by then, and another process goes on with it.
    let home = try #require(depot.ledger.home)
    let other = try await Ledger.open(home)
    let next = DeliveryLog(other)
    try await next.closeAbandoned(at: now)
    try await next.settle(at: now + hour)
    #expect(try await depot.counts() == [[2, 71_000]])
    try other.close()
    try depot.remove()
  }

  @Test func `is a number by tier, file and content, before it enters the log and after`()
    async throws
  {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    func counted(_ filter: PossessionFilter = .init(), at instant: Instant? = nil) async throws
      -> [Int]
    {
      let found = try await depot.ledger.countedHandOuts(of: World.release, filter, at: instant)
      return [found.served, found.bytes]
    }
    _ = try await log.admit(free, at: now)
    #expect(try await counted() == [1, 70_000])
    #expect(try await counted(at: now) == [0, 0])
    try await log.settle(at: now + hour)
    _ = try await log.admit(free, bytes: 500, at: now + hour)
    #expect(try await counted(at: now + hour) == [1, 70_000])
    let release = try await depot.ledger.release(World.release)
    let files = try await depot.ledger.files(of: try #require(release.bindings["code"]))
    let digest = try #require(files.first { $0.path == "data/big.bin" }?.sha256)
    for filter in [
      .init(), .init(tier: "code"), .init(file: "data/big.bin"), .init(sha256: digest),
    ] as [PossessionFilter] {
      #expect(try await counted(filter) == [2, 70_500])
    }
    for filter in [
      .init(tier: "weights"), .init(file: "big.bin"), .init(sha256: SHA256Digest(of: [1])),
      .init(principal: "person:bob"),
    ] as [PossessionFilter] {
      #expect(try await counted(filter) == [0, 0])
    }
  }

  @Test func `is corrected by what did not leave`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    for (asked, handed) in [(70_000, 70_000), (70_000, 1), (500, 500), (500, 0)] {
      let admission = try await log.admit(free, bytes: asked, at: now)
      #expect(admission.index == nil)
      try await log.end(
        admission,
        as: .partial,
        handed: 100..<100 + handed,
        acked: 100..<100,
        evidence: .tcp,
        at: now
      )
    }
    try await log.settle(at: now + hour)
    #expect(try await depot.counts() == [[4, 70_501]])
    #expect(try await depot.ledger.verify(at: now).faults == [])
  }

  @Test func `stays an upper bound when its end comes after its entry`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    let long = try await log.admit(free, at: now)
    try await log.settle(at: now + hour)
    let later = try await log.admit(free, at: now + hour)
    try await log.end(
      long,
      as: .partial,
      handed: 0..<5,
      acked: 0..<5,
      evidence: .tcp,
      at: now + hour
    )
    try await log.end(
      later,
      as: .complete,
      handed: 0..<70_000,
      acked: 0..<70_000,
      evidence: .tcp,
      at: now + hour
    )
    try await log.settle(at: now + hour + hour)
    #expect(try await depot.counts() == [[1, 70_000], [1, 70_000]])
  }

  @Test func `needs no second write where all of it left`() async throws {
    let depot = try await Depot()
    let (log, now) = (depot.log, depot.world.now)
    let free = try depot.query("config.json", of: "code")
    let admission = try await log.admit(free, at: now)
    try await depot.ledger.database.write { db in
      try db.execute(
        sql: """
          CREATE TEMP TRIGGER armed BEFORE UPDATE ON main.tally
          BEGIN SELECT RAISE(ABORT, 'armed'); END
          """
      )
    }
    let whole = 0..<100
    try await log.end(
      admission,
      as: .complete,
      handed: whole,
      acked: whole,
      evidence: .tcp,
      at: now
    )
    await #expect(throws: DatabaseError.self) {
      try await log.end(
        admission,
        as: .partial,
        handed: 0..<99,
        acked: 0..<0,
        evidence: .tcp,
        at: now
      )
    }
  }

  @Test func `does not begin where it cannot be counted`() async throws {
    let depot = try await Depot()
    try await depot.ledger.database.write { db in
      try db.execute(
        sql: """
          CREATE TEMP TRIGGER armed BEFORE INSERT ON main.tally
          BEGIN SELECT RAISE(ABORT, 'armed'); END
          """
      )
    }
    let (log, now) = (depot.log, depot.world.now)
    for principal in [nil, "person:bob"] as [Principal.ID?] {
      let free = try depot.query("config.json", of: "code", by: principal)
      await #expect(throws: DatabaseError.self) { try await log.admit(free, at: now) }
    }
  }
}

extension Depot {
  /// What each `count` entry says of hand-outs: how many, and how many bytes.
  func counts() async throws -> [[Int]] {
    try await ledger.database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT json_extract(CAST(body AS TEXT), '$.served') AS served,
            json_extract(CAST(body AS TEXT), '$.bytes') AS bytes
          FROM event WHERE kind = 'count' ORDER BY seq
          """
      ).map { [$0["served"], $0["bytes"]] }
    }
  }
}
