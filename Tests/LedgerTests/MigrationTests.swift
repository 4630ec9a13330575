import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("A ledger of an earlier version")
struct MigrationTests {
  @Test func `is opened with all that is read off its log, once, and audits clean`() async throws {
    let depot = try await Depot.busy(seeing: .init(size: 0, root: MerkleHash.empty))
    let home = try #require(depot.ledger.home)
    let before = try await Self.rows(of: depot.ledger)
    try depot.ledger.close()
    try Antique.age(home.database.path(percentEncoded: false))

    let ledger = try await Ledger.open(home)
    #expect(try await Self.rows(of: ledger) == before)
    let (sealed, isProjected) = try await Self.legacy(of: ledger)
    #expect(try await sealed == ledger.head().size && isProjected)
    #expect(try await ledger.verify(at: depot.world.now).faults == [])

    // What happens from here on is public where it is about the release.
    let revoked = try #require(
      try await ledger.grants(of: World.release).first { $0.terms.audience == .everyone }
    )
    var world = World(continuing: depot.world, with: ledger)
    try await world.say(
      .revoke(.other, text: "x"),
      about: .init(name: "grant", digest: try SHA256Digest(hex: revoked.id.rawValue)),
      by: "person:hal"
    )
    #expect(try await world.lastEvent().entry.hasPrefix("sluice/v1 public\n"))
    #expect(try await ledger.verify(at: depot.world.now).faults == [])
    try ledger.close()
    try FileManager.default.removeItem(at: home.folder)
  }

  @Test func `has its tables written once the power is back`() async throws {
    let depot = try await Depot.busy()
    let home = try #require(depot.ledger.home)
    let before = try await Self.rows(of: depot.ledger)
    try await depot.write { db in
      try db.execute(
        sql: """
          PRAGMA foreign_keys = OFF;
          DELETE FROM grant_tier; DELETE FROM case_file;
          UPDATE grant_row SET next_due = 7;
          UPDATE legacy SET is_projected = 0;
          """
      )
    }
    try depot.ledger.close()
    let ledger = try await Ledger.open(home)
    #expect(try await Self.rows(of: ledger) == before)
    try ledger.close()
    try FileManager.default.removeItem(at: home.folder)
  }

  private static func legacy(of ledger: Ledger) async throws -> (sealed: Int, isProjected: Bool) {
    try await ledger.database.read { db in
      let row = try Row.fetchOne(db, sql: "SELECT * FROM legacy")
      return (row?["sealed"] ?? -1, row?["is_projected"] ?? false)
    }
  }

  /// Every table that is read off the folded log, but when a case is looked at next.
  private static func rows(of ledger: Ledger) async throws -> [String: [String]] {
    try await ledger.database.read { db in
      let tables = [
        "case_file", "grant_row", "grant_tier", "hold", "membership", "acceptance", "affiliation",
      ]
      return try tables.reduce(into: [:]) { found, table in
        let columns = try db.columns(in: table).map(\.name).filter { $0 != "next_due" }
          .map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
        found[table] = try String.fetchAll(db, sql: "SELECT \(columns) FROM \(table) ORDER BY 1")
      }
    }
  }
}

extension World {
  /// The same world after its file was opened again.
  init(continuing other: World, with ledger: Ledger) {
    self.ledger = ledger
    manifests = other.manifests
    charter = other.charter
    now = other.now
    nonces = other.nonces
  }
}
