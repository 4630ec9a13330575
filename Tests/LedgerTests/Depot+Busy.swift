import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

extension Depot {
  /// A deployment in which much has happened: grants, one of them revoked, a denial, deliveries of
  /// every kind, refusals, counts, checkpoints.
  static func busy(
    seeing head: SluiceGovernance.Statement.Head? = nil
  ) async throws -> Depot {
    var depot = try await onDisk(seeing: head)
    let first = try depot.query()
    let whole = try await depot.log.admit(first, at: depot.world.now)
    try await depot.log.end(
      whole,
      as: .complete,
      handed: 0..<1_000,
      acked: 0..<1_000,
      evidence: .tcp,
      at: depot.world.now
    )
    _ = try await depot.ledger.checkpoint(at: depot.world.now)
    let second = try await depot.grant(to: "person:bob", purpose: "again")
    for (range, credential) in [(0..<300, "key:SHA256:a"), (200..<500, "key:SHA256:b")] {
      let part = try await depot.log.admit(
        depot.query(with: credential, named: second.id),
        at: depot.world.now
      )
      try await depot.log.end(
        part,
        as: .partial,
        handed: range,
        acked: range.prefix(10),
        evidence: .tls,
        at: depot.world.now
      )
    }
    let free = try depot.query("data/big.bin", of: "code", by: nil)
    let counted = try await depot.log.admit(free, at: depot.world.now)
    try await depot.log.end(
      counted,
      as: .partial,
      handed: 0..<50,
      acked: 0..<50,
      evidence: .tcp,
      at: depot.world.now
    )
    depot.world.now = depot.world.now + Duration(seconds: 3_600)
    try await depot.log.settle(at: depot.world.now)
    try await depot.revoke(second.id)
    await #expect(throws: Refusal.self) {
      try await depot.log.admit(depot.query(named: second.id), at: depot.world.now)
    }
    let denied = try await depot.world.file(depot.world.request("deny me"), by: "person:bob")
    let answers = World.answers(["name": "Bob", "purpose": "None."], salt: 99)
    let answer = try await depot.world.answer(denied, answers, by: "person:bob")
    try await depot.world.perform([depot.world.signed(answer)], documents: answers)
    try await depot.world.deny(denied, by: "person:ben")
    _ = try await depot.log.admit(first, at: depot.world.now)
    _ = try await depot.ledger.checkpoint(at: depot.world.now)
    return depot
  }

  /// Changes the file as whoever holds it could, on a connection of its own.
  func write(_ change: (Database) throws -> Void) async throws {
    let home = try #require(ledger.home)
    let other = try DatabaseQueue(path: home.database.path(percentEncoded: false))
    try other.inDatabase { db in try change(db) }
    try other.close()
  }

  /// Flips one bit of one value that is not empty.
  func flip(
    _ column: String,
    of table: String,
    by key: String,
    where condition: String = "TRUE",
    roll: UInt
  ) async throws -> (rowid: Int, key: String, old: Data) {
    var change: (Int, String, Data)?
    try await write { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT rowid AS id, CAST(\(key) AS TEXT) AS key, \(column) AS value FROM \(table)
          WHERE \(column) IS NOT NULL AND \(condition) ORDER BY \(key)
          """
      )
      let row = rows[Int(roll % UInt(rows.count))]
      let old: Data = row["value"]
      var new = old
      new[new.startIndex + Int(roll / 7 % UInt(old.count))] ^= 1 << (roll % 8)
      change = (row["id"], row["key"], old)
      try db.execute(
        sql: "UPDATE \(table) SET \(column) = ? WHERE rowid = ?",
        arguments: [new, row["id"] as Int]
      )
    }
    return try #require(change)
  }
}
