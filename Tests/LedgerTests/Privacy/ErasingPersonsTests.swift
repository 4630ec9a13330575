import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("Erasing a person")
struct ErasingPersonsTests {
  @Test func `leaves nothing of them in the file, and a ledger that verifies`() async throws {
    let folder = try Folder()
    var town = try await Town.onDisk(folder)
    let secrets = try await town.leaveTraces(of: "bob")
    try await town.receive(as: "person:eve")
    for secret in secrets { #expect(try folder.holds(secret), "\(secret)") }

    let erasure = try await town.ledger.erasePerson("person:bob", basis: "Art. 17", at: town.now)
    #expect(erasure.isWiped)
    for secret in secrets { #expect(try !folder.holds(secret), "\(secret)") }
    let rows = try await town.rows()
    #expect(rows.filter { $0.body == nil }.map(\.index) == erasure.erased)
    #expect(erasure.erased.allSatisfy { rows[$0].salt == nil && !rows[$0].isPublic })
    let kinds = Set(erasure.erased.map { rows[$0].kind })
    #expect(
      kinds.isSuperset(of: [
        "file", "approve", "deny", "decide", "issue", "answer", "accept", "deliver", "refuse",
        "credential", "join", "hold", "comment", "report", "keychange", "view",
      ])
    )
    let report = try await town.ledger.verify(at: town.now)
    #expect(report.faults == [])
    #expect(report.counts.erased == erasure.erased.count)
    try town.ledger.close()
  }

  @Test func `takes what was shown before, and nothing that came since`() async throws {
    var town = try await Town.settled(isPublic: true)
    _ = try await town.leaveTraces(of: "bob")
    let ledger = town.ledger
    let before = try await town.rows().count
    let shown = try await ledger.erasable("person:bob")
    #expect(try await town.rows().count == before)
    let rows = try await town.rows()
    let kinds = Dictionary(grouping: shown.entries.map { rows[$0].kind }, by: { $0 })
    let expected = kinds.keys.sorted().map { "\(kinds[$0]?.count ?? 0) \($0)" }
    #expect(shown.counts.map { "\($0.number) \($0.kind)" } == expected)
    #expect(shown.cases.count > 1 && shown.grants == 1 && shown.deliveries > 0)
    #expect(shown.keys.count == 2 && shown.tokens > 0)
    let now = town.now
    try await ledger.record(.holds, of: Town.release, by: "person:bob", at: now)
    await #expect(throws: Refusal.stale("what would go is not what was shown any more")) {
      try await ledger.erasePerson("person:bob", basis: "x", expecting: shown.entries, at: now)
    }
    let again = try await ledger.erasable("person:bob").entries
    let erasure = try await ledger.erasePerson(
      "person:bob",
      basis: "x",
      expecting: again,
      at: now
    )
    #expect(erasure.erased == again)
  }

  @Test(arguments: ["asked by Bob", "bob", "mail of bob@example.org", "(person:bob)"])
  func `is not on a ground that names them, which everybody could read`(basis: String)
    async throws
  {
    let town = try await Town.settled(isPublic: true)
    let (ledger, now) = (town.ledger, town.now)
    let refusal = Refusal.unfit(
      "basis: everybody can read it, so it must not say who it is about"
    )
    await #expect(throws: refusal) {
      try await ledger.erasePerson("person:bob", basis: basis, at: now)
    }
    // A word that begins like the name is none.
    _ = try await ledger.erasePerson("person:bob", basis: "bobsleigh", at: now)
  }

  /// S10: nothing but its lift ends a hold.
  @Test func `is refused while a hold keeps them from something`() async throws {
    var town = try await Town.settled(isPublic: true)
    _ = try await town.hold(town.subject("person:bob"))
    let (ledger, now) = (town.ledger, town.now)
    await #expect(throws: Refusal.self) {
      try await ledger.erasePerson("person:bob", basis: "Art. 17", at: now)
    }
    #expect(try await ledger.registration("person:bob") != nil)
  }

  /// Gates ask how many incidents were confirmed.
  @Test(arguments: [(ReasonCode.misuse, true), (.leak, true), (.terms, false)])
  func `is refused where a grant was revoked for a breach`(
    code: ReasonCode,
    isBreach: Bool
  ) async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    try await town.say(.revoke(code, text: "x"), about: grant.subject, by: "person:hal")
    var refused: Refusal?
    do {
      _ = try await town.ledger.erasePerson("person:bob", basis: "Art. 17", at: town.now)
    } catch let refusal as Refusal { refused = refusal }
    #expect((refused != nil) == isBreach)
  }

  @Test func `keeps what was handed out, without a name`() async throws {
    var town = try await Town.settled(isPublic: true)
    for name in ["person:bob", "person:eve", "person:gus"] as [Principal.ID] {
      try await town.receive(as: name)
    }
    let before = try await town.ledger.possessions(of: Town.release)
    for name in ["person:bob", "person:eve"] as [Principal.ID] {
      _ = try await town.ledger.erasePerson(name, basis: "Art. 17", at: town.now)
    }
    let after = try await town.ledger.possessions(of: Town.release)
    let names: Set<Principal.ID?> = [nil, "person:gus"]
    #expect(Set(after.map(\.principal)) == names)
    #expect(after.count == before.count)
    #expect(after.map(\.bytes).sorted() == before.map(\.bytes).sorted())
    let nameless = after.filter { $0.principal == nil }
    #expect(nameless.filter(\.isComplete).count == 2)
    #expect(nameless.allSatisfy { $0.case == nil && $0.approvers == [] && $0.credential.isEmpty })
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `counts two of them twice, where both received the same under one grant`()
    async throws
  {
    var town = try await Town.settled(isPublic: false)
    try await town.grantReaders()
    for name in ["person:bob", "person:eve"] as [Principal.ID] {
      try await town.say(.accept, about: town.use, by: name)
      try await town.fetch("paper", as: name)
    }
    #expect(try await town.ledger.possessions(of: Town.release).count == 2)
    for name in ["person:bob", "person:eve"] as [Principal.ID] {
      _ = try await town.ledger.erasePerson(name, basis: "Art. 17", at: town.now)
    }
    #expect(try await town.ledger.possessions(of: Town.release).count == 2)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `ends what is under way, as the whole file`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.grant()
    let token = try await town.token(of: "person:bob")
    _ = try await town.log.admit(
      town.query("weights", as: "person:bob", token: token),
      at: town.now
    )
    _ = try await town.ledger.erasePerson("person:bob", basis: "Art. 17", at: town.now)
    let line = try #require(try await town.ledger.possessions(of: Town.release).first)
    #expect(line.bytes == line.size)
    #expect(try await town.table("ongoing") == [])
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test func `gives no number again, and lets the name be registered anew`() async throws {
    var town = try await Town.settled(isPublic: true)
    let last = try await town.ask()
    _ = try await town.ledger.erasePerson("person:bob", basis: "Art. 17", at: town.now)
    #expect(try await town.ledger.registration("person:bob") == nil)
    #expect(try await town.ledger.keys(of: "person:bob") == [])
    let next = try await town.ask(by: "person:eve")
    #expect(next.number == last.number + 1)
    try await town.ledger.add(
      Registration(id: "person:bob"),
      keys: [Town.key("bob").publicKey],
      at: town.now
    )
    let again = try await town.ask()
    #expect(again.number == last.number + 2)
    let faults = try await town.faults()
    #expect(faults == [])
  }

  typealias Part = (name: String, why: String, act: @Sendable (inout Town) async throws -> Void)

  static let parts: [Part] = [
    ("person:ana", "holds a role", { _ in }), ("service:clerk", "is a service", { _ in }),
    ("person:nobody", "is not known", { _ in }),
    (
      "person:bob", "acted for somebody",
      { town in
        try await town.say(
          .delegate(to: "person:bob", from: town.now, until: town.now + Duration(seconds: 60)),
          about: town.subject("role:board"),
          by: "person:ana"
        )
      }
    ),
    ("person:eve", "measured something", { try await $0.measure() }),
    ("person:eve", "warned of a leak", { _ = try await $0.warn() }),
    ("person:bob", "obtained something in an emergency", { _ = try await $0.grantEmergency() }),
    (
      "person:eve", "said something for the record",
      { town in
        try await town.say(
          .comment(text: "x", isPublic: true),
          about: town.subject("tier:paper"),
          by: "person:eve"
        )
      }
    ),
  ]

  @Test(arguments: parts.indices)
  func `is refused where the record or somebody else rests on them`(index: Int) async throws {
    var town = try await Town.settled(isPublic: true)
    let part = Self.parts[index]
    try await part.act(&town)
    let before = try await town.rows().count
    let (ledger, now) = (town.ledger, town.now)
    await #expect(throws: Refusal.self, "\(part.why)") {
      try await ledger.erasePerson(Principal.ID(part.name), basis: "Art. 17", at: now)
    }
    #expect(try await town.rows().count == before)
  }

  @Test func `is refused to whoever once held a role`() async throws {
    var town = try await Town.settled(isPublic: true)
    let filed = try await town.file(try town.nextAmendment, by: "person:ana")
    for head in ["person:ben", "person:cho", "person:dee"] as [Principal.ID] {
      try await town.approve(filed, by: head)
    }
    let (ledger, now) = (town.ledger, town.now)
    #expect(try await ledger.release(Town.release).adoption?.roster.roles(of: "person:hal") == [])
    await #expect(throws: Refusal.self) {
      try await ledger.erasePerson("person:hal", basis: "Art. 17", at: now)
    }
  }

  @Test func `of a few who have said nothing leaves no entry but that of the keys`() async throws {
    let town = try await Town.settled(isPublic: true)
    let before = try await town.rows().count
    let erasure = try await town.ledger.erasePerson("person:gus", basis: "Art. 17", at: town.now)
    #expect(erasure.erased == [] && erasure.entries == [])
    #expect(try await town.rows().dropFirst(before).map(\.kind) == ["signers"])
    let faults = try await town.faults()
    #expect(faults == [])
  }

  @Test(
    arguments: [
      "body = NULL", "body = NULL, salt = NULL", "person = NULL",
    ]
  )
  func `by hand is a fault, because no entry says so`(change: String) async throws {
    var town = try await Town.settled(isPublic: true)
    _ = try await town.ask()
    let index = try #require(try await town.rows().last?.index)
    try await town.ledger.database.write { db in
      try db.execute(sql: "UPDATE event SET \(change) WHERE seq = ?", arguments: [index])
    }
    let faults = try await town.faults()
    #expect(faults.contains { $0.hasPrefix("event \(index): ") })
  }

  @Test(arguments: ["person = 'person:bob'", "salt = zeroblob(32)", "case_id = 'x', release = 'y'"])
  func `leaves no column, which an audit would name`(change: String) async throws {
    var town = try await Town.settled(isPublic: true)
    _ = try await town.ask()
    let erasure = try await town.ledger.erasePerson("person:bob", basis: "Art. 17", at: town.now)
    try await town.ledger.database.write { db in
      try db.execute(
        sql: "UPDATE event SET \(change) WHERE seq = ?",
        arguments: [erasure.erased[0]]
      )
    }
    let faults = try await town.faults()
    #expect(faults == ["event \(erasure.erased[0]): was erased, and a column of its row is not"])
  }
}
