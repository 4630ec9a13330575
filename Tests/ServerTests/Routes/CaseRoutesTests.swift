import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Case routes")
struct CaseRoutesTests {
  @Test(arguments: [
    "/cases", "/cases/4", "/cases/4/explanation", "/grants",
    "/audit/deliveries?release=ana%2Ftiny",
  ])
  func `tell a missing token from one that counts for nobody`(path: String) async throws {
    try await Deployed.asked().serving { served async throws in
      let missing = try await served.reply("/sluice/v1\(path)")
      #expect(missing.status == 401)
      #expect(try missing.code == "auth.missing")
      let bad = try await served.reply("/sluice/v1\(path)", as: "nobody")
      #expect(bad.status == 401)
      #expect(try bad.code == "auth.bad-key")
    }
  }

  @Test func `say why a token counts for nobody`() async throws {
    let deployed = try await Deployed.asked()
    try await deployed.ledger.revokeToken(
      try #require(try await deployed.ledger.tokens(of: "person:eve").first).id,
      at: Deployed.noon
    )
    try await deployed.serving { served async throws in
      let never = try await served.reply("/sluice/v1/cases", as: "nobody").json
      #expect(never.objectValue?["detail"] == "The token was never issued here.")
      let revoked = try await served.reply("/sluice/v1/cases", as: "eve").json
      #expect(
        revoked.objectValue?["detail"] == .string("The token was revoked at \(Deployed.noon).")
      )
    }
  }

  @Test func `answer the same bytes for a case that is not and one that is not the reader's`()
    async throws
  {
    let deployed = try await Deployed.asked()
    let before = try await Deployed()
    for path in ["/sluice/v1/cases/4", "/sluice/v1/cases/4/explanation"] {
      let hidden = try await deployed.serving { try await $0.reply(path, as: "eve").essence }
      let absent = try await before.serving { try await $0.reply(path, as: "eve").essence }
      #expect(hidden == absent)
      #expect(try hidden.code == "case.unknown")
      #expect(hidden.status == 404)
    }
  }

  @Test func `answer over HTTP as here`() async throws {
    let deployed = try await Deployed.granted()
    let local = try await deployed.local("bob")
    let page = try await local.case("4")
    let lines = try await local.cases(CaseFilter(kind: .access))
    let grants = try await local.grants(GrantFilter())
    let release = try await local.release(Deployed.release)
    let explanation = try await local.explanation(of: "4", at: Deployed.noon)
    let access = try await local.access(of: nil, to: Deployed.release, tier: "weights", at: nil)
    try await deployed.serving { served async throws in
      let remote = served.remote("bob")
      #expect(try await remote.case("4") == page)
      #expect(try await remote.cases(CaseFilter(kind: .access)) == lines)
      #expect(try await remote.grants(GrantFilter()) == grants)
      #expect(try await remote.release(Deployed.release) == release)
      #expect(try await remote.explanation(of: "4", at: Deployed.noon) == explanation)
      #expect(
        try await remote.access(of: nil, to: Deployed.release, tier: "weights", at: nil) == access
      )
    }
  }

  @Test(arguments: [
    "/cases?status=open", "/cases?state=Open", "/cases?mine=true&mine=true", "/cases/4?at=now",
    "/cases/4/explanation?at=yesterday", "/access?release=ana%2Ftiny", "/grants?at=1",
    "/audit/deliveries", "/audit/deliveries?release=ana%2Ftiny&digest=00", "/keys?full=1",
  ])
  func `refuse a query that they do not know`(path: String) async throws {
    try await Deployed.asked().serving { served async throws in
      let reply = try await served.reply("/sluice/v1\(path)", as: "bob")
      #expect(reply.status == 400)
      #expect(try reply.code == "statement.malformed")
    }
  }

  @Test func `number every answer, also where there is nothing`() async throws {
    try await Deployed.asked().serving { served async throws in
      var seen: Set<String> = []
      for path in ["/sluice/v1/keys", "/sluice/v1/cases", "/sluice/v1/none", "/"] {
        let reply = try await served.reply(path)
        seen.insert(try #require(reply.header("x-request-id")))
      }
      #expect(seen.count == 4)
      let nothing = try await served.reply("/sluice/v1/none")
      #expect(nothing.status == 404)
      #expect(try nothing.code == "route.unknown")
    }
  }
}
