import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

/// Nobody can forget a column: each is changed, and an audit finds it or says that it cannot.
@Suite("A column")
struct ColumnTests {
  /// Whether an audit says of a column that it cannot find a change in it.
  private static func isDeclared(_ column: Column) -> Bool {
    AuditReport.uncovered.contains(column.table)
      || AuditReport.uncovered.contains(column.description)
  }

  /// What has no row in a depot, or only with nothing in it, and has in a world that has lived.
  private static let elsewhere: Set<String> = [
    "acceptance", "affiliation", "hold", "membership", "grant_row", "case_file", "event",
    "statement",
  ]

  @Test func `is recomputed by an audit, or declared to be covered by nothing`() async throws {
    let depot = try await Depot.busy()
    var unfound = try await Self.unfound(in: depot.world) { $0.table != "subtree" }
    try depot.remove()
    let world = try await World.lived()
    let lived = try await Self.unfound(in: world) { Self.elsewhere.contains($0.table) }
    let long = try await Self.unfound(in: Self.long()) { $0.table == "subtree" }
    unfound.silent += long.silent + long.empty.map(\.description)
    unfound.silent += lived.silent
    #expect(unfound.silent == [], "an audit finds nothing, and does not say so")
    #expect(
      unfound.empty.filter { !lived.tried.contains($0) } == [],
      "no row of which a value could be changed"
    )
  }

  @Test func `is declared by a name that there is, and with what a change of it can do`()
    async throws
  {
    let ledger = try Ledger.inMemory()
    let columns = try await ledger.database.read { db in try Column.all(in: db) }
    #expect(columns.count > 150)
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Docs/Decisions/0021-what-the-log-covers-of-the-registry.md"),
      encoding: .utf8
    )
    for name in AuditReport.uncovered {
      #expect(page.contains("`\(name)`"), "\(name)")
      guard !name.contains(" ") else { continue }
      #expect(columns.contains { $0.table == name || $0.description == name }, "\(name)")
    }
  }

  /// What somebody changed, and the place that an audit names; `WEIGHTS` is the manifest of that tier,
  /// `TERMS` the digest of the text.
  static let changes = [
    ("UPDATE principal SET handle = 'rob' WHERE id = 'person:bob'", "principal person:bob"),
    ("UPDATE release SET awaits = 1", "release ana/tiny"),
    ("INSERT INTO release VALUES ('ana/other', 0, 0)", "release ana/other"),
    ("UPDATE manifest SET kept_at = kept_at + 1 WHERE tier = 'weights'", "manifest WEIGHTS"),
    ("UPDATE frontier SET id = 1", "frontier 0"),
    ("INSERT INTO frontier SELECT 1, bytes FROM frontier", "frontier 0"),
    ("UPDATE legacy SET sealed = 100000", "legacy 0"),
    ("UPDATE legacy SET is_projected = 0", "legacy 0"), ("UPDATE legacy SET id = 1", "legacy 0"),
    ("DELETE FROM legacy", "legacy 0"),
    ("UPDATE document SET kind = 'attachment' WHERE kind = 'terms'", "document TERMS"),
    ("DELETE FROM grdb_migrations WHERE identifier LIKE '0009%'", "database"),
    ("UPDATE event SET is_about_release = 1 WHERE kind = 'log.opened'", "event 0"),
    ("UPDATE event SET release = 'ana/tiny' WHERE kind = 'log.opened'", "event 0"),
  ]

  @Test func `beside the log is named when it is changed`() async throws {
    let world = try await World.lived()
    let copy = try world.copy()
    let places = ["WEIGHTS": try world.manifest("weights").hex, "TERMS": world.use.digest.hex]
    for (sql, place) in Self.changes {
      try await Self.write(in: world) { db in
        try db.execute(sql: sql)
        #expect(db.changesCount > 0, "\(sql)")
      }
      let expected = places.reduce(place) { $0.replacing($1.key, with: $1.value) }
      let faults = try await world.ledger.verify(at: world.now).faults
      #expect(faults.map(\.place.description).contains(expected), "\(sql): \(faults)")
      try copy.backup(to: world.ledger.database)
    }
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  @Test(arguments: ["signers", "deliver", "delivered", "refuse", "count", "view", "erase"])
  func `that says of an entry of the service that it is about a release is named`(
    kind: String
  ) async throws {
    let depot = try await Depot.busy()
    let (ledger, now) = (depot.ledger, depot.world.now)
    try await ledger.record(.cases, of: World.release, by: nil, at: now)
    let denied = try #require(try await ledger.cases(state: .denied, kind: .access).first)
    _ = try await ledger.eraseAnswers(of: denied.id, basis: "Art. 17", at: now)
    var index: Int?
    try await depot.write { db in
      index = try Int.fetchOne(
        db,
        sql: "SELECT MAX(seq) FROM event WHERE kind = ?",
        arguments: [kind]
      )
      try db.execute(
        sql: "UPDATE event SET is_about_release = 1 WHERE seq = ?",
        arguments: [index]
      )
    }
    let place = AuditFault.Place.event(try #require(index, "no \(kind)"))
    #expect(try await ledger.verify(at: now).faults.map(\.place).contains(place))
    try depot.remove()
  }

  @Test(arguments: [
    "UPDATE case_file SET number = -number WHERE number = 4",
    "UPDATE coverage SET upper = lower WHERE lower = 300",
    "UPDATE statement SET nonce = x'00' WHERE sha256 = (SELECT MAX(sha256) FROM statement)",
    "UPDATE token SET sha256 = 'short'", "UPDATE key SET how = 'other'",
    "UPDATE principal SET is_auditor = 2 WHERE id = 'person:bob'",
    "UPDATE tally SET bytes = -1",
  ])
  func `with a value that the schema forbids is found, covered or not`(sql: String) async throws {
    let depot = try await Depot.busy()
    let now = depot.world.now
    _ = try await depot.ledger.issueToken(for: "person:bob", name: "t", lasts: nil, at: now)
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    let counted = try await depot.log.admit(free, at: now)
    try await depot.log.end(
      counted,
      as: .partial,
      handed: 0..<50,
      acked: 0..<50,
      evidence: .tcp,
      at: now
    )
    try await depot.write { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try db.execute(sql: sql)
      #expect(db.changesCount > 0)
    }
    let faults = try await depot.ledger.verify(at: now).faults
    #expect(faults.contains { $0.place == .database && $0.what.contains("CHECK") }, "\(faults)")
    try depot.remove()
  }

  /// A world whose log is so long that hashes of subtrees are kept.
  private static func long() async throws -> World {
    let world = try await World()
    let members: JSONObject = [
      "bytes": 1, "file": "config.json", "refused": 0, "release": "ana/tiny", "served": 1,
      "tier": "code",
    ]
    let count = Event(kind: .count, members: members, release: World.release)
    for _ in 0..<260 { _ = try await world.append(count) }
    return world
  }

  /// The columns of which a change is not found and not declared, those without a row, and the others.
  private static func unfound(
    in world: World,
    _ isTried: (Column) -> Bool = { _ in true }
  ) async throws -> (silent: [String], empty: [Column], tried: Set<Column>) {
    var found: (silent: [String], empty: [Column], tried: Set<Column>) = ([], [], [])
    let columns = try await world.ledger.database.read { db in try Column.all(in: db) }
    for column in columns where !isDeclared(column) && isTried(column) {
      let change = try await world.ledger.database.read { db in try column.change(in: db) }
      guard let change else {
        found.empty.append(column)
        continue
      }
      found.tried.insert(column)
      try await write(in: world) { db in try change.make(in: db) }
      let faults = try await world.ledger.verify(at: world.now, blobs: false).faults
      // That the schema forbids a value says nothing of another one, but where there is none at all.
      let told = faults.filter { change.old.isNull || !$0.what.contains("CHECK") }
      if told.isEmpty {
        found.silent.append("\(column): \(change.old), now \(change.new); \(faults)")
      }
      try await write(in: world) { db in
        try change.undo(in: db)
        // What was counted under a name for a moment leaves a nought.
        try db.execute(sql: "DELETE FROM figure WHERE n = 0")
      }
    }
    #expect(try await world.ledger.verify(at: world.now, blobs: false).faults == [])
    return found
  }

  private static func write(
    in world: World,
    _ change: @escaping @Sendable (Database) throws -> Void
  ) async throws {
    try await world.ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      try change(db)
      try db.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF")
    }
  }
}
