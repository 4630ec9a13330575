import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Checkpoints")
struct CheckpointTests {
  @Test func `are signed heads that a reader can verify`() async throws {
    let world = try await World.adopted()
    let note = try await world.ledger.checkpoint(at: world.now)
    let verifier = try LogVerifier(vkey: world.ledger.verifierKey)
    let checkpoint = try verifier.verify(try SignedNote(bytes: Array(note.utf8)))
    let head = try await world.ledger.head()
    #expect(checkpoint.size == head.size)
    #expect(checkpoint.root == head.root)
    #expect(checkpoint.origin == world.ledger.origin)
  }

  @Test func `are the same until the log grows`() async throws {
    var world = try await World.opened()
    let first = try await world.ledger.checkpoint(at: world.now)
    #expect(try await world.ledger.checkpoint(at: world.now) == first)
    try await world.say(.accept, about: world.use, by: "person:bob")
    #expect(try await world.ledger.checkpoint(at: world.now) != first)
    #expect(try await world.count()["checkpoint"] == 2)
  }

  @Test func `never show two roots of one size`() async throws {
    let ledger = try await forked(byAppending: 1)
    await #expect(throws: Refusal.self) { try await ledger.checkpoint(at: World.noon) }
    #expect(try await notes(of: ledger) == 1)
  }

  @Test func `never show a smaller log after a larger one`() async throws {
    let ledger = try await forked(byAppending: 0)
    await #expect(throws: Refusal.logCorrupt("2 entries, but 3 were signed")) {
      try await ledger.checkpoint(at: World.noon)
    }
    #expect(try await notes(of: ledger) == 1)
  }

  @Test func `never go on from another history`() async throws {
    let ledger = try await forked(byAppending: 5)
    await #expect(throws: Refusal.logCorrupt("another root at 3 entries than was signed")) {
      try await ledger.checkpoint(at: World.noon)
    }
  }

  @Test func `stand under their own size`() async throws {
    let ledger = try Ledger.inMemory()
    _ = try await ledger.checkpoint(at: World.noon)
    try await ledger.database.write { db in
      try db.execute(sql: "UPDATE checkpoint SET size = 1")
    }
    await #expect(throws: Refusal.logCorrupt("checkpoint of size 1: says 2")) {
      try await ledger.checkpoint(at: World.noon)
    }
  }

  @Test func `are nobody else's`() async throws {
    let ledger = try Ledger.inMemory()
    let other = try Ledger.inMemory()
    let note = try await other.checkpoint(at: World.noon)
    try await ledger.database.write { db in
      try db.execute(
        sql: "INSERT INTO checkpoint (size, note) VALUES (2, ?)",
        arguments: [Data(note.utf8)]
      )
    }
    await #expect(throws: Refusal.self) { try await ledger.checkpoint(at: World.noon) }
  }

  /// A log of three entries that was signed, taken back to two, and continued differently.
  private func forked(byAppending count: Int) async throws -> Ledger {
    let ledger = try Ledger.inMemory()
    _ = try await ledger.database.write { db in
      try ledger.append(Event(kind: .suspend, members: [:]), at: World.noon, in: db)
    }
    _ = try await ledger.checkpoint(at: World.noon)
    try await ledger.database.write { db in
      try db.execute(sql: "DELETE FROM event WHERE seq = 2")
      let leaves = try Data.fetchAll(db, sql: "SELECT leaf FROM event ORDER BY seq")
      try ledger.save(Frontier(try leaves.map { try SHA256Digest(bytes: Array($0)) }), in: db)
      for _ in 0..<count {
        let later = World.noon + Duration(seconds: 1)
        try ledger.append(Event(kind: .suspend, members: [:]), at: later, in: db)
      }
    }
    return ledger
  }

  private func notes(of ledger: Ledger) async throws -> Int? {
    try await ledger.database.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM checkpoint")
    }
  }
}
