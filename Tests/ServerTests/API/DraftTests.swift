import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A draft")
struct DraftTests {
  let draft = Samples.draft()

  @Test func `names in an opening what the tiers stand for, services left out`() throws {
    let statement = try draft.opening("gated", on: Samples.page(opened: ["public"]))
    #expect(
      statement.body
        == .file(.open("gated", manifests: ["weights": Samples.digest("weights")]))
    )
    #expect(statement.seen == Samples.standing.head)
    #expect(statement.audience == "localhost/test")
    #expect(try Statement(canonical: statement.canonical) == statement)
  }

  @Test func `opens nothing that is unbound, open or unknown`() throws {
    let unbound = try Samples.page(opened: [], bound: ["code"])
    #expect(throws: Refusal.tierUnbound("weights")) { try draft.opening("gated", on: unbound) }
    #expect(throws: Refusal.stale("stage gated is open")) {
      try draft.opening("gated", on: Samples.page())
    }
    #expect(throws: Refusal.self) { try draft.opening("none", on: unbound) }
  }

  @Test func `trusts no policy whose digest is another`() throws {
    let page = try Samples.page(opened: [])
    let forged = ReleasePage(
      release: page.release,
      isPublic: page.isPublic,
      policy: page.policy.replacing("count: 2", with: "").replacing("P7D", with: "P1D"),
      policySHA256: page.policySHA256,
      rosterSHA256: page.rosterSHA256,
      version: 1,
      adoptedAt: page.adoptedAt,
      terms: page.terms,
      stages: page.stages,
      tiers: page.tiers,
      forms: page.forms,
      groups: page.groups,
      next: []
    )
    #expect(throws: Refusal.self) { try draft.opening("gated", on: forged) }
    #expect(throws: Refusal.self) { try Asking(for: ["weights"], on: forged) }
  }

  @Test func `asks through the one open gated stage, with its forms and terms`() throws {
    let asking = try Asking(for: ["weights", "weights"], on: Samples.page())
    #expect(asking.stage == "gated")
    #expect(asking.tiers == ["weights"])
    #expect(asking.forms.map(\.id) == ["request"])
    #expect(asking.terms.map(\.sha256) == [SHA256Digest(of: Samples.terms)])
    let statement = try draft.access(asking, purpose: "To measure.")
    #expect(
      statement.body
        == .file(
          .access(
            "gated",
            tiers: ["weights"],
            beneficiary: .principal("person:ana"),
            purpose: "To measure."
          )
        )
    )
  }

  @Test func `asks for nothing that no open gated stage offers`() throws {
    #expect(throws: Refusal.stageClosed("gated")) {
      try Asking(for: ["weights"], on: Samples.page(opened: ["public"]))
    }
    for tiers: [Tier.ID] in [["code"], ["code", "weights"], ["none"], []] {
      #expect(throws: Refusal.self) { try Asking(for: tiers, on: Samples.page()) }
    }
    #expect(throws: Refusal.self) {
      try Asking(for: ["weights"], through: "public", on: Samples.page())
    }
  }

  @Test func `commits to answers with their salt`() throws {
    let form = try #require(try Samples.policy().form("request"))
    let salt = [UInt8](repeating: 9, count: 32)
    let answers: JSONObject = ["name": "Bob", "purpose": "To measure."]
    let document = try AnswerDocument(answers, to: form, salt: salt)
    #expect(document.document == salt + Array(#"{"name":"Bob","purpose":"To measure."}"#.utf8))
    let id = Case.ID(Samples.digest("case").hex)
    let statement = try draft.answer(document, for: id)
    #expect(statement.body == .answer(.case(id), commitment: SHA256Digest(of: document.document)))
    #expect(statement.subject == .init(name: "form:request", digest: form.digest))
    #expect(throws: Refusal.self) { try AnswerDocument(["name": "Bob"], to: form, salt: salt) }
  }

  @Test func `agrees to a text only if it is the one that is asked for`() throws {
    let agreement = try #require(try Asking(for: ["weights"], on: Samples.page()).terms.first)
    let statement = try draft.accept(agreement, text: Samples.terms)
    #expect(statement.subject.digest == SHA256Digest(of: Samples.terms))
    #expect(throws: Refusal.termsChanged("terms:use")) {
      try draft.accept(agreement, text: Array("Do harm.".utf8))
    }
  }

  @Test func `agrees to the text that a case asks for, which keeps its own`() throws {
    let page = try Samples.casePage()
    let statement = try Samples.draft(by: "person:bob").accept("use", on: page)
    #expect(statement.subject == .init(name: "terms:use", digest: Samples.digest("use")))
    #expect(throws: Refusal.self) {
      try Samples.draft(by: "person:bob").accept("other", on: page)
    }
    #expect(throws: Refusal.unknownCase(page.case.id)) {
      try Samples.draft(by: "person:eve").accept("use", on: page)
    }
  }

  @Test func `proposes a policy with exactly its texts`() throws {
    let policy = try Samples.policy()
    let roster = try Roster(text: Self.roster)
    let statement = try draft.amendment(
      policy: policy,
      roster: roster,
      terms: ["use": Samples.terms]
    )
    #expect(statement.subject.digest == policy.digest)
    let documents = Draft.documents(policy: policy, roster: roster, terms: ["use": Samples.terms])
    #expect(documents[policy.digest] == Array(Samples.policyText.utf8))
    #expect(documents.count == 3)
    #expect(throws: Refusal.self) {
      try draft.amendment(policy: policy, roster: roster, terms: [:])
    }
    #expect(throws: Refusal.self) {
      try draft.amendment(policy: policy, roster: roster, terms: ["use": [1], "other": [2]])
    }
  }

  @Test func `revokes a grant of its release that has not ended`() throws {
    let statement = try draft.revoke(Samples.grant(), .misuse, text: "Shared.")
    #expect(statement.body == .revoke(.misuse, text: "Shared."))
    #expect(statement.subject.digest.hex == Samples.grant().id.rawValue)
    #expect(throws: Refusal.self) { try draft.revoke(Samples.grant(), .misuse, text: " ") }
  }

  static let roster = """
    sluice: roster/1
    id: single-steward
    version: 1
    principals:
      person:ana: {keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]}
    roles:
      maintainers: [person:ana]
      stewards: [person:ana]
    """
}
