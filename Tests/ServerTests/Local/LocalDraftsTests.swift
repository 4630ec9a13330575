import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Drafts here")
struct LocalDraftsTests {
  @Test func `are what has to be signed, and write nothing`() async throws {
    let deployed = try await Town.deployed(.public)
    let size = try await deployed.ledger.head().size
    let instruction = Instruction(
      .request(Verb.Wish(tiers: ["weights"], purpose: "again", gift: .full)),
      release: Deployed.release
    )
    let drafted = try await deployed.local("bob").drafts(instruction)
    #expect(drafted.statements.map(\.type) == [.file, .accept, .answer])
    #expect(drafted.statements.map(\.by) == [.bob, .bob, .bob])
    #expect(try await deployed.ledger.head().size == size)
    // No two drafts are the same statement.
    let again = try await deployed.local("bob").drafts(instruction)
    #expect(Set(again.statements.map(\.id)).isDisjoint(with: drafted.statements.map(\.id)))
    let taken = try await deployed.say(
      drafted.statements,
      as: "bob",
      documents: drafted.documents
    )
    #expect(taken.cases.map(\.purpose).contains("again"))
  }

  @Test func `are composed from what the asker may see`() async throws {
    let deployed = try await Town.deployed(.public)
    let verdict = Instruction(.approve(case: String(Town.bob), reason: ""))
    #expect(try await deployed.local("ana").drafts(verdict).statements.map(\.type) == [.approve])
    await #expect(throws: Refusal.unknownCase(Case.ID(String(Town.bob)))) {
      try await deployed.local("eve").drafts(verdict)
    }
    await #expect(throws: Refusal.noToken) {
      try await deployed.local(nil).acting(as: .stranger)
        .drafts(Instruction(.accept("use"), release: Deployed.release))
    }
    let hidden = try await Town.deployed(.adopted)
    await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
      try await hidden.local("eve").drafts(Instruction(.accept("use"), release: Deployed.release))
    }
  }

  @Test func `carry each verb to the ledger`() async throws {
    var deployed = try await Town.deployed(.public)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.act("ana", .return(case: "5", reason: "Which text?"), release: nil)
    try await deployed.act(
      "bob",
      .revise(case: "5", purpose: "To measure.", tiers: nil, rebinds: false),
      release: nil
    )
    #expect(try await deployed.local("bob").case("5").case.purpose == "To measure.")
    try await deployed.act("cho", .recuse(case: "5", reason: ""), release: nil)
    try await deployed.act("ana", .deny(case: "5", .purpose, reason: "No."), release: nil)
    try await deployed.act("bob", .appeal(case: "5", reason: "Look again."), release: nil)
    let appeal = try await deployed.local("ben").cases(CaseFilter(kind: .appeal))[0]
    #expect(appeal.waitsForMe)
    let page = try await deployed.local("ben").case(String(appeal.number))
    #expect(page.denied != nil)
    // ana denied and cho recused themself: nobody is left who could grant the appeal.
    #expect(page.case.state == .denied || page.explanation.objectValue?["result"] != "met")
    let grant = try await deployed.local("bea").grants(GrantFilter(isMine: true))
    #expect(grant == [])
    try await deployed.approve(Town.bea, as: "ana")
    let given = try await deployed.local("bea").grants(GrantFilter(isMine: true))[0]
    let digits = String(given.id.rawValue.prefix(10))
    try await deployed.act("bea", .surrender(grant: digits), release: nil)
    let status = try await deployed.local("bea").grants(GrantFilter(reference: digits))
    #expect(status.map(\.status) == [.surrendered])
  }
}

extension Principal.ID {
  fileprivate static let bob: Principal.ID = "person:bob"
}

extension Verb.Gift {
  /// All that the gate asks for.
  fileprivate static let full = Verb.Gift(
    answers: ["request": ["name": "private-of-bob", "purpose": "open-of-bob"]],
    accepts: ["use"]
  )
}
