import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceServer
import Testing

@Suite("Revising here")
struct LocalRevisingTests {
  private static let answers: JSONObject = ["request": ["name": "Bob", "purpose": "To compare."]]

  private static func revise(_ purpose: String?) -> Verb {
    .revise(
      case: String(Town.bob),
      purpose: purpose,
      tiers: nil,
      rebinds: false,
      answers: answers
    )
  }

  @Test(arguments: [nil, "More."])
  func `opens a returned case again with other answers`(purpose: String?) async throws {
    var deployed = try await Town.deployed(.public)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    let reference = String(Town.bob)
    try await deployed.act("ana", .return(case: reference, reason: "Why?"), release: nil)
    let before = try await deployed.local("ana").case(reference)
    #expect(before.case.state == .returned)
    try await deployed.act("bob", Self.revise(purpose), release: nil)
    let after = try await deployed.local("ana").case(reference)
    #expect(after.case.state == .open)
    #expect(after.case.revision != before.case.revision)
    #expect(after.answers?["request"]?.objectValue?["purpose"] == "To compare.")
    try await deployed.approve(Town.bob, as: "ana")
    #expect(try await deployed.local("bob").case(reference).case.state == .approved)
  }

  @Test(arguments: [nil, "More."])
  func `gives an open case other answers`(purpose: String?) async throws {
    var deployed = try await Town.deployed(.public)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    let reference = String(Town.bob)
    let before = try await deployed.local("ana").case(reference)
    try await deployed.act("bob", Self.revise(purpose), release: nil)
    let after = try await deployed.local("ana").case(reference)
    #expect(after.case.revision != before.case.revision)
    #expect(after.answers?["request"]?.objectValue?["purpose"] == "To compare.")
    #expect(after.case.purpose == purpose ?? before.case.purpose)
    try await deployed.approve(Town.bob, as: "ana")
    #expect(try await deployed.local("bob").case(reference).case.state == .approved)
  }

  @Test func `refuses answers that nobody asked for`() async throws {
    let deployed = try await Town.deployed(.public)
    await #expect(throws: Refusal.unfit("answers.other: the gate asks for no such form")) {
      try await deployed.local("bob").drafts(
        Instruction(
          .revise(
            case: String(Town.bob),
            purpose: nil,
            tiers: nil,
            rebinds: false,
            answers: ["other": ["a": "b"]]
          )
        )
      )
    }
  }

  @Test func `names private answers that are not shown, and no others`() async throws {
    let deployed = try await Town.deployed(.public)
    let reference = String(Town.bob)
    let operated = try await deployed.local(nil).case(reference)
    #expect(operated.withheld == ["request": ["name"]])
    #expect(operated.answers?["request"]?.objectValue?.names == ["purpose"])
    #expect(try await deployed.local("ana").case(reference).withheld == [:])
    #expect(try await deployed.local("hal").case(reference).withheld == [:])
    #expect(try await deployed.local("hal").case(reference).answers == nil)
  }

  @Test func `shows how much the tiers are`() async throws {
    let deployed = try await Town.deployed(.public)
    let page = try await deployed.local("ana").case(String(Town.bob))
    let tier = try await deployed.local("ana").release(Deployed.release).tier("weights")
    let files = try #require(tier?.files)
    #expect(page.sizes["weights"]?.files == files.count)
    #expect(page.sizes["weights"]?.bytes == files.map(\.size).reduce(0, +))
  }

  @Test func `tells the operator, and nobody else, for whom a case waits`() async throws {
    let deployed = try await Town.deployed(.public)
    let filter = CaseFilter(state: .open)
    let lines = try await deployed.local(nil).cases(filter)
    let bob = try #require(lines.first { $0.number == Town.bob })
    #expect(bob.waitsFor == ["person:ana", "person:cho"])
    for name in ["ana", "hal", "ida"] {
      let others = try await deployed.local(name).cases(filter)
      #expect(others.flatMap(\.waitsFor) == [])
    }
    try await deployed.act("ana", .return(case: String(Town.bob), reason: "Why?"), release: nil)
    let returned = try await deployed.local(nil).cases(CaseFilter(state: .returned))
    #expect(returned.map(\.waitsFor) == [["person:bob"]])
  }

  @Test func `tells a steward what rests on a key that is held since then`() async throws {
    let deployed = try await Town.deployed(.public)
    try await deployed.approve(Town.bob, as: "ana")
    let key = try Deployed.key("ana").publicKey.fingerprint
    let order = Statement.Order(
      code: .keyCompromise,
      text: "Lost.",
      until: nil,
      since: Deployed.noon
    )
    let submitted = try await deployed.act("hal", .hold(.key(key), order))
    #expect(submitted.undermined.map(\.number).contains(Town.bob))
    #expect(submitted.undermined.first { $0.number == Town.bob }?.grants.count == 1)
  }
}
