import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("An audit")
struct AuditTests {
  @Test func `of an honest deployment finds nothing, and looks at everything`() async throws {
    let depot = try await Depot.busy()
    let report = try await depot.ledger.verify(at: depot.world.now)
    #expect(report.faults == [])
    let head = try await depot.ledger.head()
    #expect(report.head == head)
    #expect(report.counts.events == head.size)
    #expect(report.counts.statements > 20)
    #expect(report.counts.decisions == 6)
    #expect(report.counts.grants == 3)
    #expect(report.counts.deliveries == 4)
    #expect(report.counts.checkpoints == 2)
    #expect(report.counts.documents == 3)
    #expect(report.counts.manifests == 2)
    #expect(report.counts.answers == 3)
    #expect(report.counts.blobs == 3)
    #expect(report.counts.bytes == 71_100)
    #expect(report.text.hasSuffix(": no fault"))
    try depot.remove()
  }

  @Test func `says of which columns it can find no change`() async throws {
    let depot = try await Depot.busy()
    let now = depot.world.now
    _ = try await depot.ledger.issueToken(for: "person:bob", name: "old", lasts: nil, at: now)
    try await depot.write { db in
      try db.execute(sql: "UPDATE principal SET email = 'eve@example.org'")
      try db.execute(
        sql: "UPDATE token SET name = 'new', sha256 = ?",
        arguments: [SHA256Digest(of: Array("hf_mine".utf8)).hex]
      )
    }
    let report = try await depot.ledger.verify(at: now)
    #expect(report.faults == [])
    let uncovered = report.json.objectValue?["uncovered"]?.arrayValue?.map(\.stringValue)
    for column in ["principal.email", "token", "registrant"] {
      #expect(report.text.contains(column))
      #expect(uncovered?.contains(column) == true)
    }
    try depot.remove()
  }

  @Test(arguments: Damage.allCases)
  func `finds and names`(damage: Damage) async throws {
    let depot = try await Depot.busy()
    let place = try await damage.done(to: depot)
    let report = try await depot.ledger.verify(at: depot.world.now)
    #expect(report.faults.map(\.place).contains(place), "\(report.text)")
    try depot.remove()
  }

  @Test func `calls one changed byte one fault`() async throws {
    for damage in [Damage.salt, .entry, .leaf, .signature, .answer, .coverage, .blobByte] {
      let depot = try await Depot.busy()
      let place = try await damage.done(to: depot)
      let report = try await depot.ledger.verify(at: depot.world.now)
      #expect(Set(report.faults.map(\.place)) == [place], "\(damage): \(report.text)")
      try depot.remove()
    }
  }

  @Test func `finds a body that was changed with its commitment and its leaf`() async throws {
    let depot = try await Depot.busy()
    try await depot.write { db in
      let row = try #require(
        try Row.fetchOne(db, sql: "SELECT * FROM event WHERE kind = 'count' ORDER BY seq LIMIT 1")
      )
      let old: Data = row["body"]
      let body = String(decoding: old, as: UTF8.self)
        .replacing(/"served":[0-9]+/, with: #""served":7"#)
      let entry = Array("sluice/v1 public\n\(body)\n".utf8)
      try db.execute(
        sql: "UPDATE event SET body = ?, entry = ?, leaf = ? WHERE seq = ?",
        arguments: [
          Data(body.utf8), Data(entry), Data(SHA256Digest(of: [0] + entry).bytes),
          row["seq"] as Int,
        ]
      )
    }
    let places = Set(try await depot.ledger.verify(at: depot.world.now).faults.map(\.place))
    #expect(places.contains(.row(table: "frontier", key: "0")))
    #expect(places.contains { if case .checkpoint = $0 { true } else { false } })
    try depot.remove()
  }

  @Test func `finds a log that was cut`() async throws {
    let depot = try await Depot.busy()
    let size = try await depot.ledger.head().size
    try await depot.write { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: "DELETE FROM event WHERE seq = ?", arguments: [size - 1])
    }
    let places = try await depot.ledger.verify(at: depot.world.now).faults.map(\.place)
    #expect(places.contains(.row(table: "frontier", key: "0")))
    #expect(places.contains(.checkpoint(size)))
    try depot.remove()
  }

  @Test func `finds a decision that nobody recorded, and a delivery that nothing allows`()
    async throws
  {
    var depot = try await Depot.busy()
    try await depot.add("person:eve")
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").last)
    let delivery = try await depot.ledger.head().size
    let now = depot.world.now
    // Whoever holds the file can append what no rule allows; the audit asks the rules.
    try await depot.ledger.database.write { [depot] db in
      try db.execute(
        sql:
          "UPDATE grant_row SET ended_how = NULL, ended_at = NULL, ended_by = NULL, ended_code = NULL, ended_text = NULL"
      )
      let query = try depot.query(named: grant.id)
      let admission = try depot.ledger.clearance(for: query, at: now, in: db)
      _ = try depot.ledger.begin(admission, for: query, at: now, in: db)
      try db.execute(
        sql: """
          UPDATE grant_row SET ended_how = 'revoked', ended_at = e.at, ended_by = e.statement, ended_code = 'leak',
            ended_text = 'It was passed on.'
          FROM event AS e WHERE e.kind = 'revoke' AND grant_row.id = ?
          """,
        arguments: [grant.id.rawValue]
      )
    }
    let third = depot.world.request("third", for: "person:eve")
    let asked = try await depot.world.file(third, by: "person:eve")
    let decide = try await depot.ledger.head().size
    try await depot.ledger.database.write { [depot] db in
      let members: JSONObject = [
        "case": .string(asked.id.rawValue), "counted": .array([]), "dissent": .array([]),
        "explanation_sha256": .string(String(repeating: "0", count: 64)), "outcome": "approved",
        "policy": .string(asked.policy.hex), "release": .string(World.release.rawValue),
        "revision": .string(asked.revision.id.rawValue),
        "roster": .string(String(repeating: "0", count: 64)), "rules": "sluice-rules/1",
      ]
      let event = Event(
        kind: .decide,
        members: members,
        release: World.release,
        place: Place(case: asked.id, person: "person:eve")
      )
      try depot.ledger.append(event, at: now, in: db)
    }
    let faults = try await depot.ledger.verify(at: now).faults
    #expect(faults.map(\.place).contains(.event(delivery)))
    #expect(faults.contains { $0.place == .event(delivery) && $0.what.hasPrefix("grant.revoked") })
    #expect(faults.map(\.place).contains(.event(decide)))
    try depot.remove()
  }

  @Test func `ends with a fault where the file itself is broken`() async throws {
    let depot = try await Depot.busy()
    let home = try #require(depot.ledger.home)
    var page = 0
    try await depot.write { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      page = try #require(
        try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'coverage'")
      )
    }
    try depot.ledger.close()
    let file = try FileHandle(forUpdating: home.database)
    try file.seek(toOffset: UInt64(page - 1) * 4_096)
    try file.write(contentsOf: Data(repeating: 0x5a, count: 4_096))
    try file.close()

    let ledger = try await Ledger.open(home)
    let report = try await ledger.verify(at: depot.world.now)
    #expect(report.faults.first?.place == .database)
    try ledger.close()
    try FileManager.default.removeItem(at: home.folder)
  }

  @Test func `ends with a fault where an instant is none`() async throws {
    let depot = try await Depot.busy()
    try await depot.write { db in
      try db.execute(sql: "UPDATE key SET enrolled_at = \(Int.min) WHERE principal = 'person:bob'")
    }
    let report = try await depot.ledger.verify(at: depot.world.now)
    let key = try World.key("bob").publicKey.fingerprint
    #expect(report.faults.map(\.place) == [.row(table: "key", key: key)])
    try depot.remove()
  }

  @Test func `finds any bit of the log and of what it names`() async throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed)")
    var dice = Dice(state: seed)
    let depot = try await Depot.busy()
    let columns = [
      ("event", "seq", "body"), ("event", "seq", "salt"), ("event", "seq", "entry"),
      ("event", "seq", "leaf"), ("statement", "sha256", "bytes"),
      ("statement", "sha256", "nonce"), ("answer", "commitment", "body"),
      ("answer", "commitment", "salt"), ("decision", "seq", "explanation"),
      ("checkpoint", "size", "note"), ("frontier", "id", "bytes"),
    ]
    for _ in 0..<40 {
      let (table, key, column) = columns[Int.random(in: 0..<columns.count, using: &dice)]
      let roll = UInt.random(in: .min ... .max, using: &dice)
      let change = try await depot.flip(column, of: table, by: key, roll: roll)
      let report = try await depot.ledger.verify(at: depot.world.now, blobs: false)
      #expect(!report.faults.isEmpty, "seed \(seed): \(table).\(column) \(change.rowid)")
      try await depot.write { db in
        try db.execute(
          sql: "UPDATE \(table) SET \(column) = ? WHERE rowid = ?",
          arguments: [change.old, change.rowid]
        )
      }
    }
    #expect(try await depot.ledger.verify(at: depot.world.now).faults == [])
    try depot.remove()
  }
}
