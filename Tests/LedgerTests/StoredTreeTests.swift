import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// What is kept of the tree so that opening a ledger costs what its logarithm costs.
///
/// Opening trusts the hashes of complete subtrees as far as they make the root of the frontier and of
/// the last checkpoint; an audit makes each of them anew.
@Suite("What is kept of the tree")
struct StoredTreeTests {
  /// Something that is wrong with it, and which row an audit names.
  struct Fault: Sendable, CustomTestStringConvertible {
    let sql: String
    let table: String
    let key: String
    var isFoundAtOpening = true

    var testDescription: String { sql }
  }

  static let faults = [
    Fault(sql: "UPDATE subtree SET hash = zeroblob(32) WHERE position = 1", "subtree", "1/1"),
    Fault(sql: "DELETE FROM subtree WHERE position = 0", "subtree", "1/0"),
    Fault(
      sql: "UPDATE frontier SET bytes = x'0000000000000208\(String(repeating: "0", count: 128))'",
      "frontier",
      "0"
    ),
    Fault(
      sql: "UPDATE frontier SET bytes = x'0000000000000200\(String(repeating: "0", count: 64))'",
      "frontier",
      "0"
    ),
    // Nothing was made of a subtree beyond the log yet.
    Fault(
      sql: "INSERT INTO subtree VALUES (1, 2, zeroblob(32))",
      "subtree",
      "1/2",
      isFoundAtOpening: false
    ),
  ]

  @Test(arguments: faults)
  func `is compared when a ledger is opened, and made anew by an audit`(fault: Fault) async throws {
    let folder = try Folder()
    let ledger = try await Self.ledger(in: folder)
    try await ledger.database.write { db in try db.execute(sql: fault.sql) }
    let place = AuditFault.Place.row(table: fault.table, key: fault.key)
    #expect(try await ledger.verify(at: World.noon).faults.map(\.place).contains(place))
    try ledger.close()
    guard fault.isFoundAtOpening else { return }
    let refusal = await #expect(throws: Refusal.self) { try await Ledger.open(folder.home) }
    #expect(refusal?.code == "log.corrupt")
  }

  /// Whoever makes frontier and subtrees agree with each other meets the last checkpoint.
  @Test func `is compared with the last checkpoint too`() async throws {
    let folder = try Folder()
    let ledger = try await Self.ledger(in: folder)
    _ = try await ledger.checkpoint(at: World.noon)
    try await ledger.database.write { db in
      var hashes = try ledger.frontier(in: db).hashes
      hashes[0] = MerkleHash.node(SHA256Digest(of: []), SHA256Digest(of: []))
      try db.execute(
        sql: "UPDATE subtree SET hash = ?",
        arguments: [Data(SHA256Digest(of: []).bytes)]
      )
      let size = try ledger.frontier(in: db).size
      let head = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(size) >> (56 - 8 * $0)) }
      let bytes = head + hashes.flatMap(\.bytes)
      try ledger.save(Frontier(bytes: bytes), in: db)
    }
    try ledger.close()
    let size = 520
    await #expect(
      throws: Refusal.logCorrupt("another root at \(size) entries than was signed")
    ) { try await Ledger.open(folder.home) }
  }

  /// A ledger of 520 entries: two complete subtrees of 256, and eight leaves.
  private static func ledger(in folder: Folder) async throws -> Ledger {
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    try await ledger.database.write { db in
      while try ledger.frontier(in: db).size < 520 {
        try ledger.append(Event(kind: .suspend, members: [:]), at: World.noon, in: db)
      }
    }
    return ledger
  }
}

extension StoredTreeTests.Fault {
  fileprivate init(sql: String, _ table: String, _ key: String, isFoundAtOpening: Bool = true) {
    self.init(sql: sql, table: table, key: key, isFoundAtOpening: isFoundAtOpening)
  }
}
