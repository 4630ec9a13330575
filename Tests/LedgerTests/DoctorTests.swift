import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("The doctor")
struct DoctorTests {
  @Test func `finds nothing in a sound deployment`() async throws {
    let world = try await World.lived()
    #expect(try await world.ledger.examine(at: world.now) == [])
    let forgetful = try await World.forgetful()
    #expect(try await forgetful.ledger.examine(at: forgetful.now) == [])
    let depot = try await Depot.busy()
    #expect(try await depot.ledger.examine(at: depot.world.now) == [])
    try depot.remove()
  }

  @Test(arguments: [false, true])
  func `names the invariant and the row, after an erasure too`(isForgetful: Bool) async throws {
    let sound = isForgetful ? try await World.forgetful() : try await World.lived()
    let copy = try sound.copy()
    for malady in Malady.allCases {
      var world = sound
      let (invariant, place) = try await malady.strike(&world)
      let findings = try await world.ledger.examine(at: world.now)
      #expect(
        findings.contains { $0.invariant == invariant && $0.place == place },
        "\(malady): \(findings.map(\.description).joined(separator: "\n"))"
      )
      try copy.backup(to: sound.ledger.database)
    }
    #expect(try await sound.ledger.examine(at: sound.now) == [])
  }

  /// What the log says nothing of: where a read took up the file, what is under way and not recorded
  /// yet, files on disk; and checkpoints, which whoever has seen one keeps.
  static let unsaid: Set<String> = [
    "blob", "checkpoint", "confirmation", "ongoing", "progress",
    "registrant", "subtree", "tally", "token",
  ]

  @Test(arguments: [false, true])
  func `misses whatever a table has no more, and knows every table`(
    isForgetful: Bool
  ) async throws {
    let world = isForgetful ? try await World.forgetful() : try await World.lived()
    let copy = try world.copy()
    let tables = try await world.tables()
    #expect(Self.unsaid.isSubset(of: tables))
    for table in tables where !Self.unsaid.contains(table) {
      let count = try await world.empty(table)
      #expect(count > 0, "\(table)")
      let findings = try await world.ledger.examine(at: world.now)
      #expect(!findings.isEmpty, "\(table)")
      try copy.backup(to: world.ledger.database)
    }
  }

  @Test(arguments: [false, true])
  func `compares with tables that the log alone makes`(isForgetful: Bool) async throws {
    let world = isForgetful ? try await World.forgetful() : try await World.lived()
    let names = [
      "acceptance", "affiliation", "case_file", "figure", "grant_row", "grant_tier", "hold",
      "membership", "received", "request_total", "request_wait",
    ]
    let before = try await world.dump(names)
    #expect(before.values.allSatisfy { !$0.isEmpty })
    try await world.ledger.database.write { [world] db in try world.ledger.rebuild(in: db) }
    #expect(try await world.dump(names) == before)
  }

  @Test func `has a word for every invariant, and a malady`() {
    #expect(Invariant.allCases.map(\.rawValue) == (1...16).map { "I\($0)" })
    #expect(Set(Invariant.allCases.map(\.words)).count == 16)
    #expect(Set(Malady.allCases.map(\.breaks)) == Set(Invariant.allCases))
  }

  @Test func `says where in one line`() {
    let finding = Finding(.holds, .row(table: "hold", key: "ab"), "is gone, and nothing ended it")
    #expect(finding.description == "I12 hold ab: is gone, and nothing ended it")
  }
}

extension World {
  /// A world in which there were a grant with a delivery, a refusal, a denial, a hold, a member of a
  /// group, an emergency that was ratified, and one that was not.
  static func lived() async throws -> World {
    var world = try await council()
    try await world.join("person:cho")
    _ = try await world.granted()
    let log = DeliveryLog(world.ledger)
    _ = try await log.admit(world.query(by: "person:bob"), at: world.now)
    try await log.closeAbandoned(at: world.now)
    let (other, now) = (try world.query(by: "person:hal"), world.now)
    await #expect(throws: Refusal.self) { try await log.admit(other, at: now) }
    let denied = try await world.asked(for: "person:cho", purpose: "more", salt: 9)
    try await world.deny(denied, by: "person:ben")
    _ = try await world.hold(.named("tier:query"))
    let first = try await world.emergency(for: "person:cho")
    try await world.approve(first, by: "person:cleo")
    try await world.approve(try await world.review(of: first), by: "person:ben")
    let second = try await world.emergency(for: "person:eve", by: "person:fay")
    try await world.approve(second, by: "person:ana")
    try await world.wait(seconds: 60)
    try await world.deny(try await world.review(of: second), by: "person:ben")
    _ = try await world.ledger.checkpoint(at: world.now)
    return world
  }

  /// The same, after the answers of the denied case were erased, and somebody who had asked, been
  /// granted and received.
  static func forgetful() async throws -> World {
    var world = try await lived()
    let gil = Registration(id: "person:gil", name: "Gilbert", organisation: "org:press")
    try await world.ledger.add(gil, keys: [key("gil").publicKey], at: world.now)
    _ = try await world.granted(to: "person:gil", salt: 21)
    let log = DeliveryLog(world.ledger)
    _ = try await log.admit(world.query(by: "person:gil"), at: world.now)
    let denied = try #require(try await world.ledger.cases(state: .denied, kind: .access).first)
    _ = try await world.ledger.eraseAnswers(of: denied.id, basis: "Art. 17", at: world.now)
    let erasure = try await world.ledger.erasePerson("person:gil", basis: "Art. 17", at: world.now)
    #expect(erasure.erased.count > 5)
    return world
  }

  /// What the file is now, to go back to.
  func copy() throws -> DatabaseQueue {
    let copy = try DatabaseQueue()
    try ledger.database.backup(to: copy)
    return copy
  }

  fileprivate func tables() async throws -> Set<String> {
    try await ledger.database.read { db in
      try Set(
        String.fetchAll(
          db,
          sql: """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'
              ESCAPE '\\'
            """
        )
      )
    }
  }

  /// Takes every row of a table away, and answers how many there were.
  fileprivate func empty(_ table: String) async throws -> Int {
    try await ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: "DELETE FROM \(table)")
      let count = db.changesCount
      try db.execute(sql: "PRAGMA foreign_keys = ON")
      return count
    }
  }

  /// The rows of tables, but for when a case is looked at next, which may be sooner than needed.
  fileprivate func dump(_ tables: [String]) async throws -> [String: [String]] {
    try await ledger.database.read { db in
      try tables.reduce(into: [:]) { dump, table in
        dump[table] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { row in
          row.filter { $0.0 != "next_due" }.map { "\($0)=\($1)" }.joined(separator: "|")
        }.sorted()
      }
    }
  }
}
