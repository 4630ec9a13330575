import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Release routes")
struct ReleaseRoutesTests {
  /// Everything that can be asked about a release by its name.
  static let questions = [
    "/releases/OWNER/NAME", "/releases/OWNER/NAME/policy", "/releases/OWNER/NAME/terms/use",
    "/releases/OWNER/NAME/documents/\(SHA256Digest(of: Deployed.terms).hex)",
    "/access?release=OWNER%2FNAME&tier=weights",
    "/access?release=OWNER%2FNAME&tier=weights&person=person%3Aana",
    "/cases?release=OWNER%2FNAME", "/grants?release=OWNER%2FNAME",
    "/audit/deliveries?release=OWNER%2FNAME",
  ]

  @Test(arguments: questions)
  func `answer the same bytes for a release that is not public and one that is not`(
    question: String
  ) async throws {
    let path = Self.path(question, of: "tiny")
    let other = Self.path(question, of: "tidy")
    let deployed = try await Deployed.adopted()
    for name in [nil, "eve", "nobody"] {
      try await deployed.serving { served async throws in
        let hidden = try await served.reply(path, as: name).essence
        let absent = try await served.reply(other, as: name).essence
        #expect((400..<500).contains(hidden.status))
        #expect(hidden.status == absent.status)
        #expect(hidden.headers == absent.headers)
        let text = String(decoding: absent.body, as: UTF8.self)
        #expect(hidden.body == Array(text.replacing("ana/tidy", with: "ana/tiny").utf8))
      }
    }
  }

  @Test(arguments: questions)
  func `answer as before the release was thought of`(question: String) async throws {
    let path = Self.path(question, of: "tiny")
    let later = try await Deployed.adopted()
    let before = try await Deployed()
    for name in [nil, "eve", "nobody"] {
      let hidden = try await later.serving { try await $0.reply(path, as: name).essence }
      let absent = try await before.serving { try await $0.reply(path, as: name).essence }
      #expect(hidden == absent)
    }
  }

  @Test func `give out policy and terms as they were written`() async throws {
    try await Deployed.opened().serving { served async throws in
      let root = "/sluice/v1/releases/ana/tiny"
      let policy = try await served.reply("\(root)/policy")
      #expect(policy.body == Array(Deployed.policy.utf8))
      #expect(policy.header("content-type") == "text/plain; charset=utf-8")
      #expect(policy.header("x-content-type-options") == "nosniff")
      #expect(try await served.reply("\(root)/terms/use").body == Deployed.terms)
      #expect(try await served.reply("\(root)/terms/none").status == 409)
      let digest = SHA256Digest(of: Deployed.terms)
      let remote = served.remote(nil)
      #expect(try await remote.document(digest, of: Deployed.release) == Deployed.terms)
    }
  }

  @Test func `take an unknown token for none where everybody may read, and say so`() async throws {
    try await Deployed.opened().serving { served async throws in
      let page = "/sluice/v1/releases/ana/tiny"
      let open = try await served.reply(page, as: "nobody")
      #expect(open.status == 200)
      #expect(open.header("x-hf-warning")?.hasPrefix("Token; ") == true)
      #expect(try await served.reply(page, as: "eve").header("x-hf-warning") == nil)
      #expect(try await served.reply(page).body == open.body)
      let closed = try await served.reply("/sluice/v1/releases/ana/none", as: "nobody")
      #expect(closed.status == 401)
      #expect(try closed.code == "auth.bad-key")
      #expect(closed.header("www-authenticate") == "Bearer")
    }
  }

  @Test(arguments: ["ana/ti%2Fny", "ana/tiny?full=1", "ana/%C3%A9", "ana/%FF"])
  func `refuse names and queries that cannot be`(path: String) async throws {
    try await Deployed.opened().serving { served async throws in
      let reply = try await served.reply("/sluice/v1/releases/\(path)")
      #expect(reply.status == 400)
      #expect(try reply.code == "statement.malformed")
    }
  }

  private static func path(_ question: String, of name: String) -> String {
    "/sluice/v1" + question.replacing("OWNER", with: "ana").replacing("NAME", with: name)
  }
}
