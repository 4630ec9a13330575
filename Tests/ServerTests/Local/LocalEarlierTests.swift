import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("What is on record of an asker here")
struct LocalEarlierTests {
  private static let bob: Principal.ID = "person:bob"

  private static func request(_ purpose: String, by: Principal.ID? = nil) -> Instruction {
    let gift = Verb.Gift(
      answers: ["request": ["name": "Bob", "purpose": "To measure."]],
      accepts: ["use"]
    )
    return Instruction(
      .request(Verb.Wish(tiers: ["weights"], purpose: purpose, gift: gift)),
      release: Deployed.release,
      by: by
    )
  }

  /// The draft refuses, and so would the ledger if somebody signed all the same.
  private func expect(
    _ refusal: Refusal,
    of instruction: Instruction,
    in deployed: Deployed
  ) async throws {
    await #expect(throws: refusal) { try await deployed.local("bob").drafts(instruction) }
    let blind = try await deployed.local(nil)
      .drafts(Instruction(instruction.verb, release: instruction.release, by: Self.bob))
    do {
      try await deployed.say(blind.statements, as: "bob", documents: blind.documents)
      Issue.record("was taken in")
    } catch let told as Explained { #expect(told.refusal == refusal) }
  }

  @Test func `refuses what is asked for already`() async throws {
    let deployed = try await Town.deployed(.public)
    try await expect(.duplicate(Town.bob), of: Self.request("purpose-of-bob"), in: deployed)
    let other = try await deployed.local("bob").drafts(Self.request("something else"))
    #expect(other.statements.map(\.type) == [.file, .accept, .answer])
  }

  @Test func `refuses what was denied too lately, until it may be asked again`() async throws {
    var deployed = try await Deployed.asked()
    let denial = Verb.deny(case: "4", .purpose, reason: "Too vague.")
    try await deployed.act("ana", denial, release: nil)
    let opens = Deployed.noon + Duration(seconds: 30 * 86_400)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await expect(.tooSoon(until: opens), of: Self.request(""), in: deployed)
    try await deployed.act("bob", .appeal(case: "4", reason: "Look again."), release: nil)
    try await expect(.duplicate(4), of: Self.request(""), in: deployed)
    let lapsed = try await Deployed.asked()
    try await lapsed.act("ana", denial, release: nil)
    var later = lapsed
    later.now = opens
    #expect(try await later.local("bob").drafts(Self.request("")).statements.count == 3)
  }

  @Test func `refuses whoever is held`() async throws {
    let deployed = try await Town.deployed(.public)
    let order = Statement.Order(code: .misuse, text: "Seen elsewhere.")
    try await deployed.act("hal", .hold(.principal(Self.bob), order))
    let hold = try await deployed.local("bob").holds(HoldFilter(subject: .principal(Self.bob)))[0]
    try await expect(.held(hold.id, .misuse), of: Self.request("more"), in: deployed)
  }

  @Test func `is told to nobody else`() async throws {
    let deployed = try await Town.deployed(.public)
    for name in ["eve", "ana"] {
      let drafted = try await deployed.local(name)
        .drafts(Self.request("purpose-of-bob", by: Self.bob))
      #expect(drafted.statements.count == 3)
    }
  }

  @Test func `lets somebody speak for another's place where their own does not count`() async throws
  {
    let deployed = try await Deployed.adopted()
    let number = try await deployed.act("hal", .open("public")).cases[0].number
    let approval = Verb.approve(case: String(number), reason: "")
    let end = Deployed.noon + Duration(seconds: 86_400)
    func delegate(_ holder: String, to person: Principal.ID) async throws {
      try await deployed.act(
        holder,
        .delegate("managers", to: person, from: Deployed.noon, until: end)
      )
    }
    #expect(try await deployed.local("ana").case(String(number)).excluded == nil)
    // hal filed the opening; whoever lets hal act for them has a place that does not count.
    try await delegate("ana", to: "person:hal")
    let page = try await deployed.local("ana").case(String(number))
    #expect(page.excluded == .init(head: "person:ana", why: .requester))
    #expect(page.roles == ["managers"])
    await #expect(throws: Refusal.ownCase(number)) {
      try await deployed.local("ana").drafts(Instruction(approval))
    }
    try await delegate("cho", to: "person:ana")
    #expect(try await deployed.local("ana").case(String(number)).excluded == nil)
    try await deployed.act("ana", approval, release: nil)
    try await deployed.approve(number, as: "ben")
    #expect(try await deployed.local(nil).case(String(number)).case.state == .approved)
  }

  @Test(
    arguments: [
      ("ana", ["managers"]), ("hal", ["stewards"]), ("edi", ["editors"]), ("bob", []), (nil, []),
    ] as [(String?, [Role.ID])]
  )
  func `shows readers their own roles`(name: String?, roles: [Role.ID]) async throws {
    let deployed = try await Town.deployed(.public)
    #expect(try await deployed.local(name).release(Deployed.release).roles == roles)
    let served = try await deployed.serving { try await $0.remote(name).release(Deployed.release) }
    #expect(served.roles == roles)
  }

  @Test func `shows roles that are only proposed to those who have them`() async throws {
    let deployed = try await Town.deployed(.proposed)
    #expect(try await deployed.local("ben").release(Deployed.release).roles == ["reviewers"])
  }
}
