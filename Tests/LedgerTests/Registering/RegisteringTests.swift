import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

@Suite("Somebody who registers")
struct RegisteringTests {
  private typealias Statement = SluiceGovernance.Statement
  private static let dora: Principal.ID = "person:dora"

  @Test func `is known from then on, by a token of which only the digest is kept`() async throws {
    let world = try await World()
    let (registered, secret) = try await world.register("dora")
    #expect(registered.principal == Self.dora)
    let found = try await world.ledger.principal(ofToken: registered.token, at: world.now)
    #expect(found?.principal == Self.dora)
    let known = try #require(try await world.ledger.registrant(Self.dora))
    #expect(known.principal == Self.dora && known.email == "dora@b.example")
    #expect(known.registeredAt == world.now)
    #expect(known.confirmedAt == nil && known.vettedAt == nil)
    let stored = try await world.ledger.database.read { db in
      try String.fetchAll(db, sql: "SELECT sha256 || principal || mail FROM confirmation")
    }
    #expect(stored.count == 1 && stored.allSatisfy { !$0.contains(secret) })
    #expect(try await world.ledger.registrant("person:bob") == nil)
  }

  @Test func `is not told to the log, unless a key comes along`() async throws {
    let world = try await World()
    let size = try await world.ledger.head().size
    try await world.register("dora")
    #expect(try await world.ledger.head().size == size)
    try await world.register("dan", hasKey: true)
    #expect(try await world.ledger.head().size == size + 1)
    #expect(try await world.lastEvent().kind == "signers")
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  /// Of somebody who is registered, of a service, of a role, of whoever is only proposed.
  @Test(arguments: ["bob", "BOB", "clerk", "ana", "Ana", "hal"])
  func `gets the same answer for every name that is somebody's`(name: String) async throws {
    var world = try await World()
    try await world.file(world.amendment, by: "service:clerk")
    #expect(try await world.ledger.registration("person:hal") == nil)
    await #expect(throws: RegistrationFault.taken(name: name)) { try await world.register(name) }
  }

  @Test func `does not get the name of whoever was meant by somebody else`() async throws {
    var world = try await World.opened()
    let term = world.now + Duration(seconds: 86_400)
    try await world.say(
      .delegate(to: "person:dan", from: world.now, until: term),
      about: .named("role:managers"),
      by: "person:ana"
    )
    await #expect(throws: RegistrationFault.taken(name: "dan")) { try await world.register("dan") }
    try await world.say(
      .hold(.init(code: .other, text: "x")),
      about: .named("person:dora"),
      by: "person:hal"
    )
    await #expect(throws: RegistrationFault.taken(name: "dora")) {
      try await world.register("dora")
    }
    // The beginning of a name is not the name.
    try await world.register("an")
  }

  @Test func `does not get a key that is somebody's, or is listed for somebody`() async throws {
    var world = try await World()
    try await world.file(world.amendment, by: "service:clerk")
    for owner in ["bob", "hal"] {
      let key = try World.key(owner).publicKey
      await #expect(throws: RegistrationFault.keyTaken(fingerprint: key.fingerprint)) {
        try await world.ledger.register(
          Applicant(name: "dora", email: "dora@b.example", key: key.line),
          confirmedAt: { $0 },
          at: world.now
        )
      }
    }
    #expect(try await world.ledger.registration(Self.dora) == nil)
  }

  @Test func `may ask, answer, agree and withdraw, by token and by key`() async throws {
    var world = try await World.opened()
    let token = try await world.register("dora", hasKey: true).registered.token
    let receipt = try await world.ask("dora", with: token)
    let asked = try #require(receipt.cases.first)
    try await world.answer(asked, by: Self.dora)
    try await world.say(.accept, about: world.use, by: Self.dora)
    let subject = Statement.Subject(
      name: "case",
      digest: try SHA256Digest(hex: asked.id.rawValue)
    )
    let withdrawn = try await world.statement(
      .withdraw(reason: "x"),
      about: subject,
      by: Self.dora
    )
    try await world.perform([world.session(withdrawn, with: token)])
    #expect(try await world.ledger.verify(at: world.now).faults == [])
  }

  @Test func `may do nothing else, whether a token or a key speaks`() async throws {
    var world = try await World.opened()
    let token = try await world.register("dora", hasKey: true).registered.token
    let asked = try #require(try await world.ask("dora", with: token).cases.first)
    let tier = Statement.Subject.named("tier:weights")
    let said: [(Statement.Body, Statement.Subject?)] = [
      (.comment(text: "x", isPublic: true), tier), (.report(.leak, text: "x"), tier),
      (.approve(try await world.verdict(on: asked)), nil),
      (
        .credential(.init(type: "affiliation", values: [:], assertedAt: world.now, expiresAt: nil)),
        .named("person:bob")
      ),
      (.hold(.init(code: .other, text: "x")), tier),
    ]
    let size = try await world.ledger.head().size
    for (body, subject) in said {
      let statement = try await world.statement(body, about: subject, by: Self.dora)
      for submission in [
        try world.signed(statement), try await world.session(statement, with: token),
      ] {
        await #expect(throws: Refusal.asksOnly(Self.dora), "\(body)") {
          try await world.perform([submission])
        }
      }
    }
    #expect(try await world.ledger.head().size == size)
  }

  @Test func `cannot be given a seat before somebody has vouched for them`() async throws {
    var world = try await World.opened()
    try await world.register("dora")
    let term = world.now + Duration(seconds: 86_400)
    let body = Statement.Body.delegate(to: Self.dora, from: world.now, until: term)
    let seat = Statement.Subject.named("role:managers")
    await #expect(throws: Refusal.self) {
      try await world.say(body, about: seat, by: "person:ana")
    }
    try await world.ledger.vet(Self.dora, at: world.now)
    try await world.say(body, about: seat, by: "person:ana")
    await #expect(throws: Refusal.self) { try await world.ledger.vet(Self.dora, at: world.now) }
    await #expect(throws: Refusal.self) { try await world.ledger.vet("person:bob", at: world.now) }
  }

  @Test func `may say what others say once the operator has vouched for them`() async throws {
    var world = try await World.opened()
    let token = try await world.register("dora", hasKey: true).registered.token
    try await world.ask("dora", with: token)
    try await world.ledger.vet(Self.dora, at: world.now)
    try await world.say(
      .report(.leak, text: "x"),
      about: .named("tier:weights"),
      by: Self.dora
    )
  }

  @Test func `may ask only with a confirmed address where the operator wants that`() async throws {
    let opened = try await World.opened()
    var ledger = opened.ledger
    ledger.registrationRule = .confirmed
    var world = World(continuing: opened, with: ledger)
    let (registered, secret) = try await world.register("dora")
    await #expect(throws: Refusal.unconfirmed) {
      try await world.ask("dora", with: registered.token)
    }
    _ = try await world.ledger.confirm(secret, at: world.now)
    try await world.ask("dora", with: registered.token)
    // Whom the operator knows needs no link.
    try await world.file(world.request(), by: "person:bob")
  }

  @Test func `is refused where the operator has closed it`() async throws {
    var ledger = try Ledger.inMemory()
    ledger.registrationRule = .closed
    let world = try await World(ledger)
    await #expect(throws: RegistrationFault.closed) { try await world.register("dora") }
  }
}
