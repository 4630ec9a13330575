import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("The link that confirms an address")
struct ConfirmingTests {
  private static let dora: Principal.ID = "person:dora"
  private static let week = Duration(seconds: 7 * 86_400)

  @Test func `works once`() async throws {
    var world = try await World()
    let (_, secret) = try await world.register("dora")
    #expect(try await world.ledger.confirmation(of: secret).confirmedAt == nil)
    #expect(try await world.ledger.registrant(Self.dora)?.confirmedAt == nil)
    let registered = world.now
    world.now = world.now + Duration(seconds: 60)
    let confirmed = try await world.ledger.confirm(secret, at: world.now)
    #expect(confirmed.confirmedAt == world.now)
    #expect(confirmed.endsAt == registered + Self.week)
    #expect(try await world.ledger.registrant(Self.dora)?.confirmedAt == world.now)
    let first = world.now
    world.now = world.now + Duration(seconds: 60)
    await #expect(throws: RegistrationFault.usedLink(at: first)) {
      try await world.ledger.confirm(secret, at: world.now)
    }
    #expect(try await world.ledger.registrant(Self.dora)?.confirmedAt == first)
  }

  @Test func `counts for seven days`() async throws {
    let world = try await World()
    let (registered, secret) = try await world.register("dora")
    let (_, other) = try await world.register("dan")
    let end = world.now + Self.week
    #expect(registered.confirmableUntil == end)
    _ = try await world.ledger.confirm(other, at: world.now + Duration(seconds: 7 * 86_400 - 1))
    await #expect(throws: RegistrationFault.endedLink(at: end)) {
      try await world.ledger.confirm(secret, at: end)
    }
    #expect(try await world.ledger.registrant(Self.dora)?.confirmedAt == nil)
  }

  @Test func `is unknown with any other secret`() async throws {
    let world = try await World()
    let (_, secret) = try await world.register("dora")
    for wrong in ["", "x", secret.lowercased(), secret + "x"] {
      await #expect(throws: RegistrationFault.unknownLink) {
        try await world.ledger.confirm(wrong, at: world.now)
      }
    }
  }

  @Test func `lies in the spool, in a mail that only the owner can read`() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.create(
      in: folder.home,
      origin: "models.example.org/log",
      at: World.noon
    )
    let world = try await World(ledger)
    let (registered, secret) = try await world.register("dora")
    let spool = folder.home.mail
    #expect(try Folder.names(in: spool) == ["new", "new/\(registered.mail.id).eml", "tmp"])
    let file = spool.appending(path: "new/\(registered.mail.id).eml")
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path())
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == registered.mail.text)
    let halves = text.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
    let head = try #require(halves.first?.split(separator: "\r\n").map(String.init))
    #expect(
      head == [
        "From: Sluice <no-reply@models.example.org>", "To: <dora@b.example>",
        "Subject: Confirm your address for models.example.org/log",
        "Date: Thu, 14 Feb 2019 12:00:00 +0000",
        "Message-ID: <\(registered.mail.id)@models.example.org>", "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
      ]
    )
    #expect(halves.last?.contains("\r\nhttps://a.example/\(secret)\r\n") == true)
    #expect(!text.replacing("\r\n", with: "").contains { "\r\n".contains($0) })
    try ledger.close()
  }

  @Test func `is not sent for a name that is taken`() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.create(in: folder.home, origin: "localhost/log", at: World.noon)
    let world = try await World(ledger)
    await #expect(throws: RegistrationFault.taken(name: "bob")) { try await world.register("bob") }
    #expect(try Folder.names(in: folder.home.mail) == ["new", "tmp"])
    try ledger.close()
  }

  @Test func `goes with the address when its owner is erased`() async throws {
    let folder = try Folder()
    let ledger = try await Ledger.create(in: folder.home, origin: "localhost/log", at: World.noon)
    let world = try await World(ledger)
    let (registered, secret) = try await world.register("dora", hasKey: true)
    _ = try await ledger.erasePerson(Self.dora, basis: "Art. 17", at: world.now)
    #expect(try await ledger.registrant(Self.dora) == nil)
    #expect(try await ledger.principal(ofToken: registered.token, at: world.now) == nil)
    await #expect(throws: RegistrationFault.unknownLink) {
      try await ledger.confirmation(of: secret)
    }
    #expect(try Folder.names(in: folder.home.mail) == ["new", "tmp"])
    let rows = try await ledger.database.read { db in
      try ["registrant", "confirmation"].compactMap {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \($0)")
      }
    }
    #expect(rows == [0, 0])
    #expect(try await ledger.verify(at: world.now).faults == [])
    try ledger.close()
    let bytes = try Data(contentsOf: folder.home.database)
    #expect(bytes.range(of: Data("dora@b.example".utf8)) == nil)
  }
}
