import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer
import Testing

@Suite("Amendments here")
struct LocalAmendingTests {
  @Test func `of a later version come from whoever has a role, over HTTP too`() async throws {
    let deployed = try await Town.deployed(.public)
    let digest = try Policy(text: Town.policy).digest
    let next = Town.policy.replacing("version: 1", with: "version: 2\nprevious: \(digest)")
    let instruction = Instruction(.adopt(.init(policy: next)), release: Deployed.release)
    let drafted = try await deployed.local("edi").drafts(instruction)
    let envelope = try deployed.envelope(drafted.statements[0], as: "edi")
    // The signature says who it is; who hands it in does not matter.
    let stranger = try await deployed.local(nil).acting(as: .stranger)
    let filed = try await stranger.submit([envelope], documents: drafted.documents)
    let number = try #require(filed.cases.first?.number)
    try await deployed.approve(number, as: "ana")
    try await deployed.approve(number, as: "ben")
    let page = try await stranger.release(Deployed.release)
    #expect(page.version == 2)
    #expect(page.adoptions.map(\.version) == [1, 2])
    #expect(page.adoptions.map(\.number) == [1, number])
    // What grants and cases were made under stays readable.
    #expect(try await stranger.document(digest, of: Deployed.release) == Array(Town.policy.utf8))
  }

  @Test(arguments: [Town.State.reserved, .proposed])
  func `of the first version come from the operator only`(state: Town.State) async throws {
    let deployed = try await Town.deployed(state)
    let ledger = deployed.ledger
    let policy = try Policy(text: Town.policy)
    let roster = try Roster(text: Town.roster(clerk: ledger.keys.clerk.publicKey))
    let terms: [Terms.ID: [UInt8]] = ["use": Deployed.terms]
    let filed = try await deployed.draft("hal")
      .amendment(policy: policy, roster: roster, terms: terms)
    let envelope = try deployed.envelope(filed, as: "hal")
    let documents = Draft.documents(policy: policy, roster: roster, terms: terms)
    for name in ["hal", "eve"] {
      let local = try await deployed.local(name)
      let refused = await #expect(throws: Explained.self) {
        try await local.submit([envelope], documents: documents)
      }
      #expect(refused?.refusal == .unknownRelease(Deployed.release))
    }
    guard state == .reserved else { return }
    try await deployed.say([filed], as: "hal", documents: documents)
    #expect(try await deployed.local("hal").release(Deployed.release).version == 1)
  }

  @Test func `tell a verdict on an old wording what the case says by now`() async throws {
    let deployed = try await Town.deployed(.public)
    let page = try await deployed.local("ana").case(String(Town.bob))
    let late = try await deployed.draft("ana").approve(page)
    try await deployed.act(
      "bob",
      .revise(case: String(Town.bob), purpose: "More.", tiers: nil, rebinds: false),
      release: nil
    )
    let refused = await #expect(throws: Explained.self) {
      try await deployed.say([late], as: "ana")
    }
    #expect(
      refused?.difference == [.init(path: "purpose", before: "purpose-of-bob", after: "More.")]
    )
    #expect(refused?.matter.case == Town.bob)
  }

  @Test func `answer with what the signer may see of what they decided`() async throws {
    let deployed = try await Town.deployed(.public)
    let submitted = try await deployed.approve(Town.bob, as: "ana")
    #expect(submitted.cases.map(\.number) == [Town.bob])
    #expect(submitted.grants.map(\.audience) == [.principal("person:bob")])
  }

  @Test func `refuses an agreement that is on record to whoever gave it`() async throws {
    let deployed = try await Town.deployed(.public)
    let refused = await #expect(throws: Refusal.self) {
      try await deployed.act("bea", .accept("use"))
    }
    #expect(refused?.code == "statement.stale")
  }
}
