import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Entries of the log")
struct EntryTests {
  @Test func `begin with the log's name and the first signers`() async throws {
    let ledger = try Ledger.inMemory(origin: "models.example.org/log")
    let bodies = try await bodies(of: ledger)
    #expect(bodies.count == 2)
    let opened = try JSONValue(canonical: bodies[0], format: "event").objectValue
    #expect(opened?["kind"] == "log.opened")
    #expect(opened?["origin"] == "models.example.org/log")
    #expect(opened?["vkey"]?.stringValue == ledger.verifierKey)
    let signers = try JSONValue(canonical: bodies[1], format: "event").objectValue
    let file = try await ledger.allowedSigners().text
    #expect(
      signers?["allowed_signers_sha256"]?.stringValue == SHA256Digest(of: Array(file.utf8)).hex
    )
  }

  @Test func `say their place, time and kind, and open with their salt alone`() async throws {
    let (world, _) = try await World.asked()
    try await world.ledger.database.read { db in
      for row in try Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY seq") {
        let index: Int = row["seq"]
        let (body, bytes): (Data, Data) = (row["body"], row["entry"])
        let salt: Data? = row["salt"]
        let entry = try SealedEntry(bytes: Array(bytes))
        #expect(entry.opens(event: Array(body), salt: salt.map { Array($0) }))
        let event = try JSONValue(canonical: Array(body), format: "event").objectValue
        #expect(event?["seq"]?.integerValue == index)
        #expect(event?["v"]?.integerValue == 1)
        #expect(event?["at"]?.stringValue == Instant(seconds: row["at"]).description)
        #expect(event?["kind"]?.stringValue == row["kind"])
        #expect(row["leaf"] == Data(entry.leaf.bytes))
      }
    }
  }

  @Test func `are sealed until the record begins, and of persons for good`() async throws {
    let (world, _) = try await World.asked()
    let open = try await world.ledger.database.read { db in
      try String.fetchAll(db, sql: "SELECT kind FROM event WHERE salt IS NULL ORDER BY seq")
    }
    let own = ["log.opened", "signers", "signers", "signers"]
    // The opening of `public` is the last that is sealed; bob's case is his own.
    #expect(open == own + ["issue", "bind", "file", "approve", "approve", "decide"])
    let repeated = try await world.ledger.database.read { db in
      try Int.fetchOne(db, sql: "SELECT count(salt) - count(DISTINCT salt) FROM event")
    }
    #expect(repeated == 0)
  }

  @Test func `name persons by pseudonyms that stay`() async throws {
    let (world, _) = try await World.asked()
    let names = try await world.ledger.database.read { db in
      try Row.fetchAll(db, sql: "SELECT pseudonym, principal FROM pseudonym")
        .reduce(into: [String: String]()) { $0[$1["principal"]] = $1["pseudonym"] }
    }
    #expect(Set(names.keys) == ["service:clerk", "person:ana", "person:ben", "person:bob"])
    let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    for name in names.values {
      #expect(name.hasPrefix("p_") && name.utf8.count == 12)
      #expect(name.utf8.dropFirst(2).allSatisfy(letters.contains))
    }
    let bodies = try await bodies(of: world.ledger).map { String(decoding: $0, as: UTF8.self) }
    #expect(bodies.allSatisfy { !$0.contains("person:") && !$0.contains("service:") })
    let bob = try #require(names["person:bob"])
    #expect(bodies.filter { $0.contains("\"actor\":\"\(bob)\"") }.count == 3)
  }

  private func bodies(of ledger: Ledger) async throws -> [[UInt8]] {
    try await ledger.database.read { db in
      try Data.fetchAll(db, sql: "SELECT body FROM event ORDER BY seq").map { Array($0) }
    }
  }
}
