import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
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

  @Test func `answers holds and evidence as they stand then`() async throws {
    let deployed = try await Deployed.granted()
    let order = Statement.Order(code: .safety, text: "A defect.")
    let placed = try await deployed.act("hal", .hold(.tier("weights"), order))
    #expect(placed.holds.map(\.subject) == [.tier("weights")])
    #expect(placed.holds.map(\.isActive) == [true])
    let hold = try #require(placed.holds.first)
    let lift = try await deployed.act("hal", .lift(hold: hold.id.rawValue, purpose: ""))
    #expect(lift.holds == [])
    let number = try #require(lift.cases.first?.number)
    #expect(try await deployed.approve(number, as: "ana").holds == [])
    let lifted = try await deployed.approve(number, as: "ben")
    #expect(lifted.holds.map(\.id) == [hold.id])
    #expect(lifted.holds.map(\.isActive) == [false])
    let finding = Statement.Finding(kind: "score", metrics: ["accuracy": "0.94"], method: "")
    let recorded = try await deployed.act("ana", .evidence("weights", finding))
    #expect(recorded.evidence.map(\.kind) == ["score"])
    let id = try #require(recorded.evidence.first).id.rawValue
    let confirmed = try await deployed.act("ben", .confirm(statement: id, reason: ""))
    #expect(confirmed.evidence.flatMap(\.confirmations).map(\.by) == ["person:ben"])
    #expect(confirmed.holds == [] && confirmed.evidence.map(\.id.rawValue) == [id])
    let gone = try await deployed.act("ana", .retract(statement: id, reason: "Wrong."))
    #expect(gone.evidence == [])
  }

  @Test func `tells whoever reported a leak of the report, and not who placed a hold`() async throws
  {
    let deployed = try await Deployed.granted()
    let bob = try await deployed.local("bob")
    let drafted = try await bob.drafts(
      Instruction(.flag(.tier("weights"), .leak, text: "Seen."), release: Deployed.release)
    )
    let said = drafted.statements.map { Envelope(statement: $0.canonical) }
    let told = try await bob.submit(said, documents: [:])
    #expect(told.evidence.map(\.isReport) == [true])
    #expect(told.evidence.map(\.by) == ["person:bob"])
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

  @Test func `says whose a key is that does not count here`() async throws {
    let deployed = try await Deployed.asked()
    // A registered key of somebody who is in the roster does not count in the release.
    let page = try await deployed.local("ana").case("4")
    let verdict = try await deployed.draft("ana").approve(page)
    let refused = await #expect(throws: Explained.self) {
      try await deployed.local(nil).submit(
        [try deployed.envelope(verdict, as: "mallory")],
        documents: [:]
      )
    }
    #expect(refused?.refusal.code == "signature.unknown-key")
    #expect(refused?.matter.cause == nil, "nobody learns who is in the roster")
    let fingerprint = try Deployed.key("mallory").publicKey.fingerprint
    let local = try await deployed.local(nil)
    #expect(
      try await local.cause(
        ofUnknownKey: fingerprint,
        in: Deployed.release,
        saidBy: "person:ana"
      ) == .keyNotInRoster("person:ana")
    )
    let unknown = try await local.cause(ofUnknownKey: fingerprint, in: "no/where")
    #expect(unknown == nil)
  }

  @Test func `says that a roster is not in force`() async throws {
    let deployed = try await Deployed.proposed()
    let page = try await deployed.local("ana").case("1")
    try await deployed.say(
      [try await deployed.draft("ben").deny(page, .purpose, reason: "Not yet.")],
      as: "ben"
    )
    let draft = try await deployed.draft("cho")
    let late = try draft.bind("code", to: SHA256Digest(of: []))
    let refused = await #expect(throws: Explained.self) {
      try await deployed.say([late], as: "cho")
    }
    #expect(refused?.refusal.code == "signature.unknown-key")
    #expect(refused?.matter.cause == .keyOfProposal("person:cho", case: 1))
  }

  @Test func `explains nothing to whoever only claims to be somebody`() async throws {
    let deployed = try await Town.deployed(.public)
    let stranger = try await deployed.local(nil).acting(as: .stranger)
    let asking = try Asking(
      for: ["weights"],
      on: await deployed.local("clerk").release(Deployed.release)
    )
    // The clerk learns that bob has asked, and may see no more of it.
    let again = try await deployed.draft("clerk")
      .access(asking, for: .principal("person:bob"), purpose: "purpose-of-bob")
    let asked = try deployed.envelope(again, as: "clerk")
    let comment = Instruction(
      .comment(.case(String(Town.bob)), text: "Hm.", isPublic: false),
      release: Deployed.release,
      by: "person:ana"
    )
    let words = try await deployed.local("ana").drafts(comment).statements[0]
    let forged = try deployed.envelope(words, as: "mallory")
    let real = try deployed.envelope(words, as: "ana")
    for (envelopes, isExplained) in [
      ([asked, forged], false), ([asked, real], false), ([real, asked], true),
    ] {
      let refused = await #expect(throws: Explained.self) {
        try await stranger.submit(envelopes, documents: [:])
      }
      #expect(refused?.refusal == .duplicate(Town.bob))
      #expect((refused?.explanation != nil) == isExplained)
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
