import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Roots of the past")
struct RootTests {
  @Test func `are those that the log had, at every size across a tile`() async throws {
    let ledger = try Ledger.inMemory()
    let roots = try await ledger.database.write { db in
      var roots: [SHA256Digest] = []
      for _ in 0..<600 {
        roots.append(try ledger.head(in: db).root)
        try ledger.append(Event(kind: .suspend, members: [:]), at: World.noon, in: db)
      }
      return roots
    }
    let start = try await ledger.head().size - 600
    let found = try await ledger.database.read { db in
      try roots.indices.map { try ledger.root(at: start + $0, in: db) }
    }
    #expect(found == roots)
    #expect(
      try await ledger.database.read { db in try ledger.root(at: 0, in: db) } == MerkleHash.empty
    )
  }

  @Test func `are read off the hashes of tiles, not off all leaves`() async throws {
    let ledger = try Ledger.inMemory()
    let (size, root) = try await ledger.database.write { db in
      while try ledger.frontier(in: db).size < 520 {
        try ledger.append(Event(kind: .suspend, members: [:]), at: World.noon, in: db)
      }
      let root = try ledger.head(in: db).root
      try db.execute(sql: "UPDATE event SET leaf = zeroblob(32) WHERE seq < 512")
      return (520, root)
    }
    #expect(try await ledger.database.read { db in try ledger.root(at: size, in: db) } == root)
  }

  @Test func `are refused when a hash is missing`() async throws {
    let ledger = try Ledger.inMemory()
    try await ledger.database.write { db in
      while try ledger.frontier(in: db).size < 300 {
        try ledger.append(Event(kind: .suspend, members: [:]), at: World.noon, in: db)
      }
      try db.execute(sql: "DELETE FROM subtree")
    }
    await #expect(throws: Refusal.logCorrupt("hashes of the entries 0..<256 are missing")) {
      try await ledger.database.read { db in try ledger.root(at: 300, in: db) }
    }
  }
}
