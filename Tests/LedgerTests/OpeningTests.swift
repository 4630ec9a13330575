import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("A home")
struct OpeningTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `is made whole, with secrets for the owner alone`() async throws {
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    #expect(ledger.origin == "a.example/log")
    let names = try Folder.names(in: folder.home.folder)
    let wanted = [
      "blobs", "keys", "keys/clerk", "keys/log", "keys/release.pem", "keys/release.pub.pem",
      "sluice.db",
    ]
    #expect(Set(names).isSuperset(of: wanted))
    for name in ["keys/clerk", "keys/log", "keys/release.pem"] {
      let path = folder.home.folder.appending(path: name).path(percentEncoded: false)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o600)
    }
    #expect(try Folder.names(in: folder.url).filter { !$0.hasPrefix("home") }.isEmpty)
    let key = try ReleaseKey(pem: String(contentsOf: folder.home.releaseKey, encoding: .utf8))
    let pem = try String(contentsOf: folder.home.releasePublicKey, encoding: .utf8)
    #expect(key.publicKey.pem == pem)
    #expect(try folder.home.clerk().publicKey == ledger.keys.clerk.publicKey)
    try ledger.close()
  }

  @Test func `remembers what was said in it`() async throws {
    let first = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    var world = try await World(first)
    let filed = try await world.file(world.amendment, by: "service:clerk")
    try await world.approve(filed, by: "person:ana")
    let head = try await first.head()
    try first.close()
    let second = try await Ledger.open(folder.home)
    #expect(try await second.head() == head)
    #expect(try await second.release(World.release).cases[filed.id]?.verdicts.count == 1)
    #expect(try await second.cases().map(\.state) == [.open])
    try second.close()
  }

  @Test func `is never made where something is`() async throws {
    let path = folder.home.folder.path(percentEncoded: false)
    try FileManager.default.createDirectory(
      at: folder.home.folder,
      withIntermediateDirectories: false
    )
    try Data("x".utf8).write(to: folder.home.folder.appending(path: "x"))
    await #expect(throws: HomeFault.exists(path)) {
      try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    }
    #expect(try Folder.names(in: folder.url) == ["home", "home/x"])
  }

  @Test func `may be an empty folder that was there`() async throws {
    try FileManager.default.createDirectory(
      at: folder.home.folder,
      withIntermediateDirectories: false
    )
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    try ledger.close()
  }

  @Test func `is not made under a name that no key can have`() async throws {
    await #expect(throws: Malformed.self) {
      try await Ledger.create(in: folder.home, origin: "two words", at: World.noon)
    }
    #expect(try Folder.names(in: folder.url).isEmpty)
  }

  @Test func `is not made anew when it is missing`() async throws {
    let path = folder.home.folder.path(percentEncoded: false)
    await #expect(throws: HomeFault.noLedger(path)) { try await Ledger.open(folder.home) }
    #expect(try Folder.names(in: folder.url).isEmpty)
  }

  @Test(arguments: ["log", "clerk"])
  func `is not opened with a key that is missing, too open or none`(name: String) async throws {
    try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon).close()
    let file = folder.home.folder.appending(path: "keys/\(name)")
    let path = file.path(percentEncoded: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    await #expect(throws: HomeFault.tooOpen(path, mode: 0o640)) {
      try await Ledger.open(folder.home)
    }
    try Data("nonsense\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    do {
      _ = try await Ledger.open(folder.home)
      Issue.record("opened with a key that is none")
    } catch HomeFault.unreadable(let found, _) {
      #expect(found == path)
    }
    try FileManager.default.removeItem(at: file)
    await #expect(throws: HomeFault.missing(path)) { try await Ledger.open(folder.home) }
  }

  @Test func `commits so that a power cut takes nothing back`() async throws {
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    #expect(try await ledger.synchronous() == 2)
    let mode = try await ledger.database.read { db in
      try String.fetchOne(db, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "wal")
    try ledger.close()
    let again = try await Ledger.open(folder.home)
    #expect(try await again.synchronous() == 2)
    try again.close()
  }

  @Test(
    arguments: [
      "UPDATE frontier SET bytes = x'0000000000000002\(String(repeating: "0", count: 64))'",
      "UPDATE event SET leaf = zeroblob(32) WHERE seq = 1",
      "DELETE FROM event WHERE seq = (SELECT MAX(seq) FROM event)",
      "DELETE FROM frontier",
      """
      INSERT INTO event (seq, kind, at, entry, leaf, folds)
      SELECT MAX(seq) + 1, kind, at, entry, leaf, 0 FROM event
      """,
      "UPDATE checkpoint SET note = CAST(replace(note, 'a.example', 'b.example') AS BLOB)",
    ]
  )
  func `is not opened when its log does not agree with itself`(damage: String) async throws {
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    _ = try await ledger.checkpoint(at: World.noon)
    try await ledger.database.write { db in try db.execute(sql: damage) }
    try ledger.close()
    do {
      _ = try await Ledger.open(folder.home)
      Issue.record("opened")
    } catch let refusal as Refusal {
      #expect(refusal.code == "log.corrupt")
    }
  }

  @Test func `is not opened after an older copy was put back`() async throws {
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    try await ledger.reserve(World.release, at: World.noon)
    let old = folder.url.appending(path: "old.db").path(percentEncoded: false)
    let copy = try DatabaseQueue(path: old)
    try ledger.database.backup(to: copy)
    try await ledger.add(
      Registration(id: "person:bob"),
      keys: [try World.key("bob").publicKey],
      at: World.noon
    )
    let note = try await ledger.checkpoint(at: World.noon)
    try ledger.close()
    try await copy.write { db in
      try db.execute(
        sql: "INSERT INTO checkpoint (size, note) VALUES (3, ?)",
        arguments: [Data(note.utf8)]
      )
    }
    try copy.close()
    try FileManager.default.removeItem(at: folder.home.database)
    try FileManager.default.moveItem(atPath: old, toPath: folder.home.database.path())
    await #expect(throws: Refusal.logCorrupt("2 entries, but 3 were signed")) {
      try await Ledger.open(folder.home)
    }
  }

  @Test func `is not opened when a later version wrote it`() async throws {
    let ledger = try await Ledger.create(in: folder.home, origin: "a.example/log", at: World.noon)
    try await ledger.database.write { db in
      try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999 later')")
    }
    try ledger.close()
    let path = folder.home.database.path(percentEncoded: false)
    await #expect(throws: HomeFault.newer(path)) { try await Ledger.open(folder.home) }
  }
}
