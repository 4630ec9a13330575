import GRDB
import SluiceLedger
import SluiceServer
import Testing

@Suite("The progress of a transfer")
struct ProgressTests {
  @Test func `is recorded again after a write that failed`() async throws {
    let hosted = try await Hosted.granted(shard: 32 << 20)
    let ledger = hosted.deployed.ledger
    var limits = ServerLimits.patient
    limits.progress = .milliseconds(5)
    // The daemon begins by writing; only what it writes of progress is in the way.
    try await ledger.database.write { db in
      try db.execute(
        sql: """
          CREATE TEMP TRIGGER busy BEFORE INSERT ON main.progress
          BEGIN SELECT RAISE(ABORT, 'busy'); END
          """
      )
    }
    try await hosted.serve(limits) { visitor in
      let (connection, head) = try await visitor.open(
        ResolveRoutesTests.weights,
        as: "bob",
        receiveBuffer: 8_192
      )
      #expect(head.hasPrefix("HTTP/1.1 200 "))
      try await Task.sleep(for: .milliseconds(300))
      #expect(try await ledger.progress() == 0)
      try await ledger.database.write { db in try db.execute(sql: "DROP TRIGGER temp.busy") }
      var rounds = 0
      while try await ledger.progress() == 0, rounds < 1_000 {
        try await Task.sleep(for: .milliseconds(10))
        rounds += 1
      }
      #expect(try await ledger.progress() > 0)
      connection.leave()
    }
  }
}

extension Ledger {
  /// How many ranges of deliveries under way are recorded.
  fileprivate func progress() async throws -> Int {
    try await database.read { db in
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM progress") ?? 0
    }
  }
}
