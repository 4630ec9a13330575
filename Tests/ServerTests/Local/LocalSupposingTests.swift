import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Suppositions here")
struct LocalSupposingTests {
  @Test(
    arguments: [
      ("", "open"), ("approve:ana", "met"), ("approve:edi", "open"), ("deny:cho", "dead"),
      ("recuse:ana,approve:ana", "open"), ("approve:clerk", "open"),
    ]
  )
  func `judge a case with what is assumed`(assumed: String, result: String) async throws {
    let deployed = try await Town.deployed(.public)
    let size = try await deployed.ledger.head().size
    let page = try await explanation(deployed, "bob", assumed)
    #expect(page.explanation.objectValue?["result"]?.stringValue == result)
    // Nothing was written.
    #expect(try await deployed.ledger.head().size == size)
    #expect(try await deployed.local("bob").case(String(Town.bob)).case.state == .open)
  }

  @Test func `take what the beneficiary is to give as given`() async throws {
    let deployed = try await Town.deployed(.public)
    let asking = try Asking(
      for: ["weights"],
      on: await deployed.local("eve").release(Deployed.release)
    )
    let filed = try await deployed.draft("eve").access(asking, purpose: "")
    let number = try await deployed.say([filed], as: "eve").cases[0].number
    let open = try await explanation(deployed, "eve", "approve:ana", of: number)
    #expect(open.text.contains("answers to form request"))
    #expect(open.explanation.objectValue?["result"] == "open")
    let given = "approve:ana,answer:request,accept:use"
    let met = try await explanation(deployed, "eve", given, of: number)
    #expect(met.explanation.objectValue?["result"] == "met")
  }

  @Test(arguments: ["accept:none", "answer:none", "join:none", "open:none", "confirm:abcdef"])
  func `refuse what there is not`(assumed: String) async throws {
    let deployed = try await Town.deployed(.public)
    await #expect(throws: Refusal.self) { try await explanation(deployed, "bob", assumed) }
  }

  @Test func `judge a case by another policy`() async throws {
    let deployed = try await Town.deployed(.public)
    let stricter = Town.policy.replacing(
      "approve: {role: managers, signature: session}\n    due: P7D",
      with: "approve: {role: managers, signature: session, count: 2}\n    due: P7D"
    )
    let both = Supposition(policy: stricter, assumed: [.init(.approve, "ana")])
    let local = try await deployed.local("bob")
    let page = try await local.explanation(
      of: String(Town.bob),
      ExplanationQuestion(supposing: both)
    )
    #expect(page.explanation.objectValue?["result"] == "open")
    await #expect(throws: PolicyFaults.self) {
      try await local.explanation(
        of: String(Town.bob),
        ExplanationQuestion(supposing: Supposition(policy: "sluice: policy/1"))
      )
    }
  }

  @Test func `take somebody else as who asks, for those who see everybody`() async throws {
    let deployed = try await Town.deployed(.public)
    let supposing = Supposition(person: "person:cho", assumed: [.init(.approve, "cho")])
    let question = ExplanationQuestion(supposing: supposing)
    let hal = try await deployed.local("hal")
    let page = try await hal.explanation(of: String(Town.bob), question)
    #expect(page.text.contains("(cho does not count: the requester)"))
    #expect(try await deployed.views().last == "person:hal access ana/tiny")
    for name in ["ana", "bob"] {
      let local = try await deployed.local(name)
      await #expect(throws: Refusal.notForYou) {
        try await local.explanation(of: String(Town.bob), question)
      }
    }
  }

  @Test func `say whether somebody would obtain a tier`() async throws {
    let deployed = try await Town.deployed(.public)
    let size = try await deployed.ledger.head().size
    for (name, tier, assumed, code) in [
      ("bob", "weights", "", "grant.none"), ("bob", "weights", "approve:ana", nil),
      ("eve", "weights", "approve:ana", "grant.none"),
      ("eve", "weights", "answer:request,accept:use,approve:ana", nil),
      ("eve", "extra", "", "stage.closed"), ("eve", "extra", "open:more", "grant.none"),
      ("mia", "extra", "open:more,approve:edi", "grant.none"),
      // A hold withholds what is met.
      ("eve", "extra", "open:more,join:readers,approve:edi", "grant.none"),
    ] as [(String, Tier.ID, String, String?)] {
      let question = AccessQuestion(
        principal: nil,
        release: Deployed.release,
        tier: tier,
        supposing: Supposition(assumed: assumed.isEmpty ? [] : try Assumption.list(assumed))
      )
      let page = try await deployed.local(name).access(question)
      #expect(page.problem?.code == code, "\(name) \(tier) \(assumed)")
    }
    #expect(try await deployed.ledger.head().size == size)
  }

  private func explanation(
    _ deployed: Deployed,
    _ name: String,
    _ assumed: String,
    of number: Int = Town.bob
  ) async throws -> ExplanationPage {
    let acts = assumed.isEmpty ? [] : try Assumption.list(assumed)
    return try await deployed.local(name).explanation(
      of: String(number),
      ExplanationQuestion(supposing: Supposition(assumed: acts))
    )
  }
}
