import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Explanations here")
struct LocalExplanationTests {
  @Test func `of a decided case are what was stored with the decision`() async throws {
    let deployed = try await Deployed.granted()
    let page = try await deployed.local("bob").explanation(of: "4", at: nil)
    let id = try await deployed.local("bob").case("4").case.id
    let stored = try #require(try await deployed.ledger.explanation(ofDecided: id))
    #expect(page.explanation.canonical == stored)
    #expect(page.text.hasPrefix("case 4: bob asks for weights (stage gated)  approved"))
  }

  @Test func `of an open case name the head of the log they are made from`() async throws {
    let deployed = try await Deployed.asked()
    let page = try await deployed.local("ana").explanation(of: "4", at: nil)
    let head = try await deployed.ledger.head()
    #expect(page.explanation.objectValue?["log"]?.objectValue?["size"] == .integer(head.size))
    #expect(page.explanation.objectValue?["result"] == "open")
  }

  @Test func `of an instant that has passed are made from the log as it was then`() async throws {
    var deployed = try await Deployed.asked()
    let before = try await deployed.local("ana").explanation(of: "4", at: nil)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.grant()
    let ana = try await deployed.local("ana")
    #expect(try await ana.explanation(of: "4", at: Deployed.noon) == before)
    #expect(try await ana.explanation(of: "4", at: deployed.now) != before)
    await #expect(throws: Refusal.self) {
      try await ana.explanation(of: "4", at: Deployed.noon - 1)
    }
  }

  @Test func `of a denied case do not change with what the requester does later`() async throws {
    var deployed = try await Deployed.opened()
    let (statements, _) = try await deployed.request("bob")
    try await deployed.say([statements[0]], as: "bob")
    let page = try await deployed.local("ana").case("4")
    let denial = try await deployed.draft("ana").deny(page, .purpose, reason: "Too vague.")
    try await deployed.say([denial], as: "ana")
    let before = try await deployed.local("bob").explanation(of: "4", at: nil)
    #expect(before.text.contains("denied by ana (purpose): Too vague."))
    deployed.now = Deployed.noon + Duration(seconds: 60)
    let agreement = try Asking(
      for: ["weights"],
      on: await deployed.local("bob").release(Deployed.release)
    ).terms[0]
    let accept = try await deployed.draft("bob").accept(agreement, text: Deployed.terms)
    try await deployed.say([accept], as: "bob")
    #expect(try await deployed.local("bob").explanation(of: "4", at: nil) == before)
  }
}

extension Instant {
  fileprivate static func - (instant: Instant, seconds: Int) -> Instant {
    Instant(seconds: instant.seconds - seconds)
  }
}
