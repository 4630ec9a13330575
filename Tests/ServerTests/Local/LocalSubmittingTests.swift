import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Submitting here")
struct LocalSubmittingTests {
  @Test func `answers the events, and the new state of what they touched`() async throws {
    let deployed = try await Deployed.asked()
    try await deployed.approve(4, as: "cho")
    let first = try await deployed.approve(4, as: "ana")
    #expect(first.events.map(\.kind) == ["approve"])
    #expect(first.cases.map(\.state) == [.open])
    let second = try await deployed.approve(4, as: "ben")
    #expect(second.events.map(\.kind) == ["approve", "decide", "issue"])
    #expect(second.cases.map(\.state) == [.approved])
    #expect(second.grants.map(\.audience) == [.principal("person:bob")])
    #expect(second.grants.map(\.number) == [4])
  }

  @Test func `takes a token for a signature only where that suffices`() async throws {
    let deployed = try await Deployed.asked()
    let page = try await deployed.local("ana").case("4")
    let verdict = Envelope(statement: try await deployed.draft("ana").approve(page).canonical)
    let bob = try await deployed.local("bob")
    let refused = await #expect(throws: Explained.self) {
      try await bob.submit([verdict], documents: [:])
    }
    #expect(refused?.refusal == .wrongPerson(said: "person:ana"))
    let (statements, documents) = try await deployed.request("bob", purpose: "again")
    let asked = statements.map { Envelope(statement: $0.canonical) }
    #expect(try await bob.submit(asked, documents: documents).cases.last?.number == 5)
    for (reader, refusal): (LocalDeployment.Reader, Refusal) in [
      (.operator, .unsigned), (.stranger, .noToken), (.unknownToken, .badToken),
    ] {
      await #expect(throws: refusal) {
        try await bob.acting(as: reader).submit(asked, documents: documents)
      }
    }
  }

  @Test func `refuses with the explanation of the case`() async throws {
    let deployed = try await Deployed.asked()
    let page = try await deployed.local("ana").case("4")
    try await deployed.grant()
    let late = try await deployed.draft("ana").approve(page)
    let refused = await #expect(throws: Explained.self) {
      try await deployed.say([late], as: "ana")
    }
    #expect(refused?.refusal == .caseClosed(4, .approved))
    #expect(refused?.explanation?.objectValue?["result"] == "met")
    #expect(refused?.problem.next == ["What led to it: sluice explain case 4"])
  }
}
