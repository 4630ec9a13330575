import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

/// Every table that a delivery writes refuses once, and the ledger is what it was before.
@Suite("A delivery that cannot be recorded")
struct DeliveryFaultTests {
  static let acts: [Act] = [.admit, .continue, .cover, .complete, .settle, .refuse, .count]

  enum Act: String, CaseIterable, Sendable {
    case admit, `continue`, cover, complete, settle, refuse, count

    /// The writes that the act makes, as `EVENT ON table`.
    var writes: Set<String> {
      let append: Set = ["INSERT ON event", "INSERT ON frontier"]
      let close = append.union([
        "INSERT ON coverage", "UPDATE ON delivery", "DELETE ON ongoing", "DELETE ON progress",
      ])
      return switch self {
      case .admit: append.union(["INSERT ON delivery", "INSERT ON ongoing"])
      case .continue: ["UPDATE ON ongoing"]
      case .cover: ["UPDATE ON ongoing", "INSERT ON progress", "DELETE ON progress"]
      case .complete: close.union(["UPDATE ON ongoing", "INSERT ON progress"])
      case .settle: close
      case .refuse: append.union(["INSERT ON refusal", "INSERT ON pseudonym"])
      case .count: ["INSERT ON tally"]
      }
    }
  }

  @Test(arguments: acts)
  func `leaves nothing`(act: Act) async throws {
    let depot = try await Depot()
    try await depot.add("person:eve")
    let (log, ledger) = (depot.log, depot.ledger)
    let now = depot.world.now + Duration(seconds: 1_000)
    let open = try await log.admit(depot.query(), at: depot.world.now)
    try await log.cover(open, handed: 0..<10, acked: 0..<10, at: depot.world.now)

    for write in act.writes.sorted() {
      try await ledger.database.write { db in
        let name = write.split(separator: " ").last ?? ""
        try db.execute(
          sql: "CREATE TEMP TRIGGER armed BEFORE \(write.replacing("ON ", with: "ON main."))"
            + " BEGIN SELECT RAISE(ABORT, 'armed \(name)'); END"
        )
      }
      let before = try await Self.state(of: ledger)
      let error = await #expect(throws: DatabaseError.self, "\(write)") {
        try await perform(act, in: depot, open, at: act == .continue ? depot.world.now : now)
      }
      #expect(error?.message?.hasPrefix("armed") == true)
      #expect(try await Self.state(of: ledger) == before, "\(write)")
      try await ledger.database.write { db in try db.execute(sql: "DROP TRIGGER temp.armed") }
    }
    // Nothing but the trigger was in the way.
    do { try await perform(act, in: depot, open, at: now) } catch Refusal.noGrant {}
    #expect(try await ledger.verify(at: now).faults == [])
  }

  private func perform(
    _ act: Act,
    in depot: Depot,
    _ open: Admission,
    at now: Instant
  ) async throws {
    let log = depot.log
    switch act {
    case .admit: _ = try await log.admit(depot.query(with: "key:SHA256:new"), at: now)
    case .continue: _ = try await log.admit(depot.query(), at: now)
    case .cover: try await log.cover(open, handed: 0..<20, acked: 0..<20, at: now)
    case .complete:
      try await log.end(
        open,
        as: .complete,
        handed: 0..<1_000,
        acked: 0..<1_000,
        evidence: .tcp,
        at: now
      )
    case .settle: try await log.settle(at: now)
    case .refuse: _ = try await log.admit(depot.query(by: "person:eve"), at: now)
    case .count:
      let free = try await log.admit(depot.query("config.json", of: "code"), at: now)
      try await log.end(free, as: .complete, handed: 0..<100, acked: 0..<1, evidence: .tcp, at: now)
    }
  }

  /// Everything that the tables of the log and of deliveries hold.
  private static func state(of ledger: Ledger) async throws -> [String: [String]] {
    let tables = [
      "event", "frontier", "delivery", "coverage", "ongoing", "progress", "refusal", "tally",
      "pseudonym",
    ]
    return try await ledger.database.read { db in
      try tables.reduce(into: [:]) { state, table in
        state[table] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map(\.description)
      }
    }
  }
}
