import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Two ledgers on one file")
struct ConcurrencyTests {
  @Test func `append one after the other, and lose nothing`() async throws {
    let folder = try Folder()
    let first = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    let second = try await Ledger.open(folder.home)
    let start = try await first.head().size
    try await withThrowingTaskGroup(of: Void.self) { group in
      for ledger in [first, second] {
        for _ in 0..<2 {
          group.addTask {
            for _ in 0..<25 {
              try await ledger.database.write { db in
                let now = try ledger.logTime(World.noon, in: db)
                try ledger.append(Event(kind: .suspend, members: [:]), at: now, in: db)
              }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let head = try await second.head()
    #expect(head.size == start + 100)
    #expect(try await first.head() == head)
    let leaves = try await first.database.read { db in
      try Data.fetchAll(db, sql: "SELECT leaf FROM event ORDER BY seq")
    }
    #expect(Frontier(try leaves.map { try SHA256Digest(bytes: Array($0)) }).root == head.root)
    try first.close()
    try second.close()
    try await Ledger.open(folder.home).close()
  }

  @Test func `see each other's statements`() async throws {
    let folder = try Folder()
    let first = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    let second = try await Ledger.open(folder.home)
    var world = try await World(first)
    let filed = try await world.file(world.amendment, by: "service:clerk")
    let verdict = try await world.verdict(on: filed)
    let approval = try await world.signed(world.statement(.approve(verdict), by: "person:ana"))
    _ = try await second.perform([approval], at: World.noon)
    await #expect(throws: Refusal.replayed) { try await first.perform([approval], at: World.noon) }
    try first.close()
    try second.close()
  }
}
