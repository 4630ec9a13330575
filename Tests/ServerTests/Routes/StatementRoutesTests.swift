import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("The statements route")
struct StatementRoutesTests {
  static let path = "/sluice/v1/statements"

  @Test func `carries a request from a session to a grant`() async throws {
    let deployed = try await Deployed.opened()
    try await deployed.serving { served async throws in
      let bob = served.remote("bob")
      #expect(try await bob.standing().principal == "person:bob")
      let (statements, documents) = try await deployed.request("bob")
      let asked = statements.map { Envelope(statement: $0.canonical) }
      let filed = try await bob.submit(asked, documents: documents)
      #expect(filed.events.map(\.kind) == ["file", "answer", "accept"])
      for name in ["ana", "ben", "cho"] {
        // An approver without a token: the signature says who it is.
        let page = try await deployed.local(name).case("4")
        let verdict = try await deployed.draft(name).approve(page)
        let envelope = try deployed.envelope(verdict, as: name)
        _ = try await served.remote(nil).submit([envelope], documents: [:])
      }
      #expect(try await bob.grants(GrantFilter(isMine: true)).map(\.status) == [.live])
    }
  }

  @Test func `takes in all of a body or nothing`() async throws {
    let deployed = try await Deployed.opened()
    let size = try await deployed.ledger.head().size
    let (statements, documents) = try await deployed.request("bob")
    let asked = statements.map { Envelope(statement: $0.canonical) }
    let verdict = Envelope(
      statement: try await deployed.draft("bob", 9).bind("x", to: .none).canonical
    )
    try await deployed.serving { served async throws in
      let bob = served.remote("bob")
      for (bodies, documents) in [
        (asked + [asked[0]], documents),  // the same nonce twice
        (asked + [verdict], documents),  // no business of bob's
        (asked, [:]),  // answers that did not come along
        (asked, documents.merging([SHA256Digest(of: [1]): [1]]) { $1 }),  // named by nobody
      ] {
        await #expect(throws: RemoteRefusal.self) {
          try await bob.submit(bodies, documents: documents)
        }
        #expect(try await deployed.ledger.head().size == size)
        #expect(try await bob.cases(CaseFilter()) == [])
      }
      #expect(try await bob.submit(asked, documents: documents).events.count == 3)
    }
  }

  @Test func `refuses with code, detail, next and the explanation`() async throws {
    let deployed = try await Deployed.asked()
    let (statements, documents) = try await deployed.request("bob")
    let again = Parcel(statements.map { Envelope(statement: $0.canonical) }, documents: documents)
    try await deployed.serving { served async throws in
      let reply = try await served.reply(Self.path, as: "bob", posting: again.json.canonical)
      #expect(reply.status == 409)
      #expect(reply.header("content-type") == "application/problem+json")
      let members = try #require(try reply.json.objectValue)
      #expect(members["code"] == "case.duplicate")
      #expect(members["detail"] == "The same is asked already, in case 4.")
      #expect(members["next"] == ["How it stands: sluice explain case 4"])
      #expect(members["status"] == 409)
      #expect(members["explanation"]?.objectValue?["format"] == "sluice/explanation/1")
      #expect(members["explanation"]?.objectValue?["result"] == "open")
    }
  }

  @Test func `tells a missing token, a bad one and a missing signature apart`() async throws {
    let deployed = try await Deployed.opened(gated: false)
    let page = try await deployed.local("hal").release(Deployed.release)
    let opening = try await deployed.draft("bob").opening("gated", on: page)
    let body = Parcel([Envelope(statement: opening.canonical)]).json.canonical
    try await deployed.serving { served async throws in
      for (name, status, code) in [
        (nil, 401, "auth.missing"), ("nobody", 401, "auth.bad-key"), ("bob", 403, "signature.none"),
        ("eve", 403, "signature.wrong-person"),
      ] {
        let reply = try await served.reply(Self.path, as: name, posting: body)
        #expect(reply.status == status)
        #expect(try reply.code == code)
      }
    }
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"statements":[]}"#, #"{"statements":[{}]}"#,
    #"{"statements":[{"statement":"e30="}],"more":1}"#,
    #"{"statements":[{"statement":"e30="}],"statements":[{"statement":"e30="}]}"#,
    #"{"statements":[{"statement":"e30"}]}"#, #"{"statements":[{"statement":"e30=","by":"ana"}]}"#,
    #"{"statements":[{"statement":"e30="}],"documents":{"00":"e30="}}"#,
    #"{"statements":[{"statement":"e30="}]} x"#, "\u{FEFF}{}", #"{"statements":1.5}"#,
    #"{"statements":[{"statement":"e30="}]}"#,
  ])
  func `refuses a body that is not one`(body: String) async throws {
    try await Deployed().serving { served async throws in
      let reply = try await served.reply(Self.path, as: "bob", posting: Array(body.utf8))
      #expect(reply.status == 400)
      #expect(try reply.code == "statement.malformed")
      #expect(try reply.json.objectValue?["next"]?.arrayValue?.isEmpty == false)
    }
  }

  /// Whoever has a live token may send more than somebody who may be anybody.
  @Test(arguments: [
    ("bob", Parcel.maximumBytes), (nil, Parcel.maximumBytesWithoutToken),
    ("nobody", Parcel.maximumBytesWithoutToken),
  ])
  func `refuses a body that is too large`(name: String?, limit: Int) async throws {
    try await Deployed().serving { served async throws in
      for (count, status, code) in [
        (limit, 400, "statement.malformed"), (limit + 1, 413, "request.too-large"),
      ] {
        let body = [UInt8](repeating: 0x20, count: count)
        let reply = try await served.reply(Self.path, as: name, posting: body)
        #expect(reply.status == status)
        #expect(try reply.code == code)
        #expect(reply.header("connection") == (status == 413 ? "close" : nil))
      }
    }
  }
}

extension SHA256Digest {
  /// The digest of nothing.
  fileprivate static let none = SHA256Digest(of: [])
}
