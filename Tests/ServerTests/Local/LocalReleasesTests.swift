import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Releases here")
struct LocalReleasesTests {
  @Test(
    arguments: [
      ("ana", true), ("hal", true), (nil, true), ("bob", false), ("eve", false), ("ida", false),
    ] as [(String?, Bool)]
  )
  func `exist before they are public for those in the roster only`(
    name: String?,
    exists: Bool
  ) async throws {
    for deployed in [try await Deployed.proposed(), try await Deployed.adopted()] {
      let local = try await deployed.local(name)
      if exists {
        let page = try await local.release(Deployed.release)
        #expect(!page.isPublic)
        #expect(page.policy == Deployed.policy)
        #expect(page.terms == ["use": SHA256Digest(of: Deployed.terms)])
      } else {
        await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
          try await local.release(Deployed.release)
        }
        await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
          try await local.document(SHA256Digest(of: Deployed.terms), of: Deployed.release)
        }
      }
    }
  }

  @Test func `exist for everybody once public, also with an unknown token`() async throws {
    let deployed = try await Deployed.opened()
    for reader in [.stranger, .unknownToken, try await deployed.reader("eve")] {
      let page = try await deployed.local(nil).acting(as: reader).release(Deployed.release)
      #expect(page.isPublic)
      #expect(page.adoptedAt == Deployed.noon)
      #expect(page.next == ["Ask for access: sluice request ana/tiny --tier weights"])
    }
    let stranger = try await deployed.local(nil).acting(as: .unknownToken)
    await #expect(throws: Refusal.badToken) { try await stranger.release("ana/none") }
  }

  @Test func `are counted for those with a role, and for everybody once public`() async throws {
    let hidden = try await Deployed.adopted()
    let before = try #require(try await hidden.local("ana").release(Deployed.release).counts)
    #expect(before.cases == [.init(kind: .amend, state: .approved, count: 1)])
    #expect(before.grants == 0)
    let deployed = try await Deployed.granted()
    for name in ["ana", "eve", nil] {
      let counts = try await deployed.local(name).release(Deployed.release).counts
      #expect(counts?.cases(.approved) == 4 && counts?.cases(.open) == 0)
      #expect(counts?.grants == 2 && counts?.deliveries == 0)
    }
    let report = try await deployed.local("eve").report(.release, of: Deployed.release, at: nil)
    let numbers = report.sections.first { $0.title == "In numbers" }?.values
    #expect(numbers?.first?.value == "0, 0 of them overdue")
    #expect(numbers?.last?.value == "0 times, 0 bytes at most")
  }

  @Test func `show the files of a tier once it is open, to those who open it before`() async throws
  {
    let deployed = try await Deployed.opened(gated: false)
    let eve = try await deployed.local("eve").release(Deployed.release)
    #expect(eve.tier("code")?.files.map(\.path) == ["code.bin"])
    #expect(eve.tier("code")?.isForEveryone == true)
    #expect(eve.tier("weights")?.files == [])
    #expect(eve.tier("weights")?.manifest == nil)
    let hal = try await deployed.local("hal").release(Deployed.release)
    #expect(hal.tier("weights")?.files.map(\.size) == [4])
    #expect(hal.tier("weights")?.isOpen == false)
    #expect(hal.stage("gated")?.isOpen == false)
    #expect(hal.stage("public")?.openedAt == Deployed.noon)
  }

  @Test func `give out the texts that they name, the roster to those in it`() async throws {
    let deployed = try await Deployed.opened()
    let ana = try await deployed.local("ana")
    let stranger = ana.acting(as: .stranger)
    let page = try await stranger.release(Deployed.release)
    let policy = try await stranger.document(page.policySHA256, of: Deployed.release)
    #expect(policy == Array(Deployed.policy.utf8))
    let terms = try #require(page.terms["use"])
    #expect(try await stranger.document(terms, of: Deployed.release) == Deployed.terms)
    let roster = try await ana.document(page.rosterSHA256, of: Deployed.release)
    #expect(roster == Array(try Deployed.roster.utf8))
    await #expect(throws: Refusal.self) {
      try await stranger.document(page.rosterSHA256, of: Deployed.release)
    }
    await #expect(throws: Refusal.self) {
      try await ana.document(SHA256Digest(of: [1]), of: Deployed.release)
    }
  }

  @Test func `are listed for those for whom they exist`() async throws {
    let open = try await Town.deployed(.public)
    for reader in [.stranger, .unknownToken, try await open.reader("eve"), .operator] {
      let lines = try await open.local(nil).acting(as: reader).releases()
      #expect(lines.map(\.release) == [Deployed.release])
      #expect(lines.map(\.title) == ["Somebody in every role"])
      #expect(lines.map(\.everyone) == [["code"]])
      #expect(lines.map(\.gated) == [["weights"]])
      #expect(lines.map(\.publicSince) == [Deployed.noon])
    }
    let hidden = try await Town.deployed(.adopted)
    for (name, count) in [("eve", 0), ("bob", 0), ("ida", 0), ("bea", 1), ("mia", 1), ("edi", 1)] {
      #expect(try await hidden.local(name).releases().count == count)
    }
    #expect(try await hidden.local("edi").releases().map(\.publicSince) == [nil])
  }

  @Test func `show texts, forms, groups, holds and evidence to everybody`() async throws {
    let deployed = try await Town.deployed(.public)
    let page = try await deployed.local(nil).acting(as: .stranger).release(Deployed.release)
    #expect(page.texts == ["use": String(decoding: Deployed.terms, as: UTF8.self)])
    #expect(page.forms.map(\.form) == ["request"])
    #expect(page.groups.map(\.group) == ["readers"])
    #expect(page.holds.map(\.subject) == [.tier("extra")])
    #expect(page.holds.map(\.placedBy) == [nil])
    #expect(page.evidence.map(\.kind) == ["detectability"])
    #expect(page.adoptions.map(\.number) == [1])
  }

  @Test func `show who acts for whom to those with a role`() async throws {
    var deployed = try await Town.deployed(.public)
    try await deployed.act(
      "ben",
      .delegate(
        "reviewers",
        to: "person:eve",
        from: deployed.now,
        until: deployed.now + Duration(seconds: 3_600)
      )
    )
    for (name, count) in [("ana", 1), ("eve", 1), ("bob", 0)] {
      let page = try await deployed.local(name).release(Deployed.release)
      #expect(page.delegations.map(\.delegate) == (0..<count).map { _ in "person:eve" })
    }
    deployed.now = deployed.now + Duration(seconds: 3_600)
    #expect(try await deployed.local("ana").release(Deployed.release).delegations == [])
    #expect(try await deployed.local("eve").release(Deployed.release).evidence.count == 1)
  }

  @Test func `give attachments out as their author wants`() async throws {
    let deployed = try await Town.deployed(.public)
    for (publishes, isOpen) in [(true, true), (false, false)] {
      let bytes = Array("Figures, published: \(publishes).".utf8)
      let digest = SHA256Digest(of: bytes)
      let finding = Statement.Finding(
        kind: "detectability",
        metrics: [:],
        method: "",
        attachments: ["figures.csv": digest],
        publishes: publishes
      )
      let drafted = try await deployed.local("cho").drafts(
        Instruction(.evidence("weights", finding), release: Deployed.release)
      )
      try await deployed.say(drafted.statements, as: "cho", documents: [digest: bytes])
      for name in ["ana", "cho", nil] {
        #expect(try await deployed.local(name).document(digest, of: Deployed.release) == bytes)
      }
      let stranger = try await deployed.local(nil).acting(as: .stranger)
      if isOpen {
        #expect(try await stranger.document(digest, of: Deployed.release) == bytes)
      } else {
        await #expect(throws: Refusal.self) {
          try await stranger.document(digest, of: Deployed.release)
        }
      }
    }
  }

  @Test func `say what the reader can do next`() async throws {
    let asked = try await Deployed.asked().local("bob").release(Deployed.release)
    #expect(asked.next == ["How case 4 stands: sluice explain case 4"])
    let granted = try await Deployed.granted().local("bob").release(Deployed.release)
    #expect(granted.next == [])
  }
}
