import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("The registrations route")
struct RegistrationRoutesTests {
  private static let path = "/sluice/v1/registrations"

  private static func form(_ name: String, _ email: String = "dora@b.example") -> [UInt8] {
    RegistrationForm(name: name, email: email).json.canonical
  }

  @Test func `makes somebody known who asks, is granted it and may have it`() async throws {
    let deployed = try await Deployed.opened()
    try await deployed.serving { served async throws in
      let reply = try await served.reply(Self.path, posting: Self.form("dora"))
      #expect(reply.status == 200)
      let page = try RegistrationPage(json: reply.json)
      #expect(page.principal == "person:dora")
      #expect(page.email == "dora@b.example")
      let dora = RemoteDeployment(transport: served.transport, token: page.token)
      #expect(try await dora.standing().principal == "person:dora")
      let (statements, documents) = try await deployed.request("dora")
      let asked = statements.map { Envelope(statement: $0.canonical) }
      _ = try await dora.submit(asked, documents: documents)
      #expect(try await dora.cases(CaseFilter(isMine: true)).map(\.number) == [4])
      try await deployed.grant()
      #expect(try await dora.grants(GrantFilter(isMine: true)).map(\.status) == [.live])
      #expect(try await deployed.ledger.verify(at: deployed.now).faults == [])
    }
  }

  @Test func `shows the address to who decides, and that it is unconfirmed`() async throws {
    let deployed = try await Deployed.opened()
    try await deployed.serving { served async throws in
      let reply = try await served.reply(Self.path, posting: Self.form("dora"))
      let dora = RemoteDeployment(
        transport: served.transport,
        token: try RegistrationPage(json: reply.json).token
      )
      let (statements, documents) = try await deployed.request("dora")
      let asked = statements.map { Envelope(statement: $0.canonical) }
      _ = try await dora.submit(asked, documents: documents)
    }
    let line = RegistrantLine(
      principal: "person:dora",
      email: "dora@b.example",
      registeredAt: deployed.now,
      confirmedAt: nil
    )
    for name in ["ana", "ben", "hal", "ida", nil, "dora"] {
      #expect(try await deployed.local(name).case("4").registrants == [line], "\(name ?? "nil")")
    }
    // Whom the operator enrolled is nobody's registrant.
    let (statements, documents) = try await deployed.request("bob")
    try await deployed.say(statements, as: "bob", documents: documents)
    #expect(try await deployed.local("ana").case("5").registrants == [])
  }

  @Test(arguments: [
    ("{}", "statement.malformed"), (#"{"name":"dora"}"#, "statement.malformed"),
    (#"{"email":"a@b.example","name":"dora","role":"steward"}"#, "statement.malformed"),
    (#"{"email":"a@b.example","name":""}"#, "register.malformed"),
    (#"{"email":"a@b.example","name":"person:dora"}"#, "register.malformed"),
    (#"{"email":"dora","name":"dora"}"#, "register.malformed"),
    (#"{"email":"a@b.example\r\nBcc: x@b.example","name":"dora"}"#, "register.malformed"),
    (#"{"email":"a@b.example","key":"ssh-rsa AAAA","name":"dora"}"#, "register.malformed"),
  ])
  func `says which member cannot be read`(body: String, code: String) async throws {
    let deployed = try await Deployed()
    try await deployed.serving { served async throws in
      let reply = try await served.reply(Self.path, posting: Array(body.utf8))
      #expect(reply.status == 400)
      #expect(try reply.code == code)
      #expect(try reply.json.objectValue?["next"]?.arrayValue?.isEmpty == false)
    }
    #expect(try await deployed.ledger.registrant("person:dora") == nil)
  }

  @Test func `answers the same whoever has a name`() async throws {
    let deployed = try await Deployed.proposed()
    try await deployed.serving { served async throws in
      let said = try await served.reply(Self.path, posting: Self.form("bob")).essence
      #expect(said.status == 409)
      #expect(try said.code == "register.taken")
      for name in ["ana", "ida", "clerk", "Bob"] {
        let other = try await served.reply(Self.path, posting: Self.form(name)).essence
        #expect(other.status == said.status && other.headers.count == said.headers.count)
        #expect(
          String(decoding: other.body, as: UTF8.self)
            == String(decoding: said.body, as: UTF8.self)
            .replacing("name bob ", with: "name \(name) ")
        )
      }
    }
  }

  @Test func `stops after so many from one address, and says for how long`() async throws {
    let deployed = try await Deployed()
    try await deployed.serving(registrations: 3) { served async throws in
      // What cannot be read tells nothing of anybody, and costs nothing.
      for _ in 0..<5 { _ = try await served.reply(Self.path, posting: Self.form("")) }
      for (index, name) in ["bob", "dora", "dan"].enumerated() {
        let body = Self.form(name, "\(name)@b.example")
        let reply = try await served.reply(Self.path, posting: body)
        #expect(reply.status == (index == 0 ? 409 : 200))
      }
      let reply = try await served.reply(Self.path, posting: Self.form("dee", "dee@b.example"))
      #expect(reply.status == 429)
      #expect(try reply.code == "register.limited")
      #expect(reply.header("retry-after") == "3600")
    }
    #expect(try await deployed.ledger.registrant("person:dee") == nil)
  }

  @Test(arguments: RegistrationRule.allCases)
  func `is named to whoever has no token, as long as it is open`(rule: RegistrationRule)
    async throws
  {
    var ledger = try Ledger.inMemory(origin: "localhost/test", at: Deployed.noon)
    ledger.registrationRule = rule
    let deployed = try await Deployed(over: ledger)
    try await deployed.serving { served async throws in
      let cases = try await served.reply("/sluice/v1/cases")
      #expect(cases.status == 401)
      #expect(try cases.code == "auth.missing")
      let acts = try cases.json.objectValue?["next"]?.arrayValue?.compactMap(\.stringValue) ?? []
      let isNamed = acts.contains {
        $0.hasSuffix("sluice register --server URL --name NAME --email E")
      }
      #expect(isNamed == (rule != .closed))
      let reply = try await served.reply(Self.path, posting: Self.form("dora"))
      #expect(reply.status == (rule == .closed ? 403 : 200))
      if rule == .closed { #expect(try reply.code == "register.closed") }
    }
  }

  @Test func `lets nobody ask before their address is confirmed, if so it is set`() async throws {
    var ledger = try Ledger.inMemory(origin: "localhost/test", at: Deployed.noon)
    ledger.registrationRule = .confirmed
    let deployed = try await Deployed.proposed(over: ledger)
    try await deployed.serving { served async throws in
      let reply = try await served.reply(Self.path, posting: Self.form("dora"))
      let token = try RegistrationPage(json: reply.json).token
      let dora = RemoteDeployment(transport: served.transport, token: token)
      let draft = try await deployed.draft("dora")
      let said = Statement(
        by: draft.by,
        at: draft.at,
        audience: draft.standing.origin,
        nonce: draft.nonce,
        release: Deployed.release,
        seen: draft.standing.head,
        subject: .init(name: "terms:use", digest: SHA256Digest(of: Deployed.terms)),
        body: .accept
      )
      do {
        _ = try await dora.submit([Envelope(statement: said.canonical)], documents: [:])
        Issue.record("taken in")
      } catch let refusal as RemoteRefusal {
        #expect(refusal.status == 403)
        #expect(refusal.problem.code == "register.unconfirmed")
      }
    }
  }
}
