import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Cases here")
struct LocalCasesTests {
  @Test(
    arguments: [
      ("ana", [4, 1, 2, 3]), ("ben", [4, 1, 2, 3]), ("hal", [1, 2, 3, 4]), ("bob", [4]),
      ("eve", []), ("ida", [1, 2, 3, 4]), ("pia", [1, 2, 3]), (nil, [1, 2, 3, 4]),
    ] as [(String?, [Int])]
  )
  func `are listed for parties, deciders and stewards, what waits first`(
    name: String?,
    numbers: [Int]
  ) async throws {
    let lines = try await Deployed.asked().local(name).cases(CaseFilter())
    #expect(lines.map(\.number) == numbers)
    #expect(lines.map(\.waitsForMe) == numbers.map { $0 == 4 && ["ana", "ben"].contains(name) })
  }

  @Test func `are the same when unknown and when not for the reader`() async throws {
    let deployed = try await Deployed.asked()
    let eve = try await deployed.local("eve")
    for reference in ["4", "9", "abcdef"] {
      await #expect(throws: Refusal.unknownCase(Case.ID(reference))) {
        try await eve.case(reference)
      }
      await #expect(throws: Refusal.unknownCase(Case.ID(reference))) {
        try await eve.explanation(of: reference, at: nil)
      }
    }
    await #expect(throws: Refusal.noToken) { try await eve.acting(as: .stranger).case("4") }
    await #expect(throws: Refusal.badToken) { try await eve.acting(as: .unknownToken).case("9") }
    await #expect(throws: Refusal.noToken) { try await eve.acting(as: .stranger).cases(.init()) }
  }

  @Test func `are found by number, id and the beginning of an id`() async throws {
    let ana = try await Deployed.asked().local("ana")
    let page = try await ana.case("4")
    #expect(try await ana.case(page.case.id.rawValue) == page)
    #expect(try await ana.case(String(page.case.id.rawValue.prefix(12))) == page)
  }

  @Test func `show what is asked, so that a verdict can be checked against it`() async throws {
    let deployed = try await Deployed.asked()
    let page = try await deployed.local("ana").case("4")
    #expect(page.case.summary == "bob asks for weights (stage gated)")
    #expect(page.case.dueAt == Deployed.noon + Duration(seconds: 604_800))
    #expect(SHA256Digest(of: page.wording.filing).hex == page.case.id.rawValue)
    #expect(page.history.map(\.kind) == ["file", "answer", "accept"])
    let tiers = try await deployed.local("ana").release(Deployed.release).tiers
    #expect(page.manifests == ["weights": try #require(tiers.last?.manifest)])
    #expect(page.text.contains("✗ requester[2]"))
    #expect(try await deployed.draft("ana").approve(page).type == .approve)
  }

  @Test(
    arguments: [
      ("ana", ["name", "purpose"]), ("bob", ["name", "purpose"]), (nil, ["purpose"]), ("hal", nil),
    ] as [(String?, [String]?)]
  )
  func `show answers to deciders and their author, private ones to no one else`(
    name: String?,
    fields: [String]?
  ) async throws {
    let page = try await Deployed.asked().local(name).case("4")
    #expect(page.answers?["request"]?.objectValue?.names == fields)
  }

  @Test func `leave a record where they show somebody else's case and answers`() async throws {
    let deployed = try await Deployed.asked()
    let before = try await deployed.views()
    _ = try await deployed.local("bob").case("4")
    _ = try await deployed.local("bob").cases(CaseFilter())
    // What a case about the release says is about nobody.
    for name in ["ana", "hal", nil] { _ = try await deployed.local(name).case("1") }
    #expect(try await deployed.views() == before)
    _ = try await deployed.local("hal").cases(CaseFilter())
    for name in ["ana", nil, "ana", "hal"] { _ = try await deployed.local(name).case("4") }
    let views = try await deployed.views().dropFirst(before.count)
    #expect(
      Array(views) == [
        "person:hal cases ana/tiny", "person:ana cases ana/tiny", "person:ana answers ana/tiny",
        "operator cases ana/tiny", "operator answers ana/tiny",
      ]
    )
  }

  @Test func `wait for whoever can bring them further`() async throws {
    let deployed = try await Deployed.opened()
    let (statements, documents) = try await deployed.request("bob")
    try await deployed.say([statements[0]], as: "bob")
    #expect(try await deployed.local("bob").case("4").case.waitsForMe)
    let rest = [try await deployed.draft("bob", 3).answerAgain(statements[1]), statements[2]]
    try await deployed.say(rest, as: "bob", documents: documents)
    #expect(try await !deployed.local("bob").case("4").case.waitsForMe)
    #expect(try await deployed.local("ana").case("4").case.waitsForMe)
    // One of two managers has approved: it waits for the other, and for no one twice.
    try await deployed.approve(4, as: "ana")
    #expect(try await !deployed.local("ana").case("4").case.waitsForMe)
    #expect(try await deployed.local("cho").case("4").case.waitsForMe)
    #expect(try await deployed.local("ben").case("4").case.waitsForMe)
    try await deployed.approve(4, as: "ben")
    #expect(try await !deployed.local("ben").case("4").case.waitsForMe)
    try await deployed.approve(4, as: "cho")
    #expect(try await !deployed.local("cho").case("4").case.waitsForMe)
  }

  /// Cases 4 to 9 wait for ana, but 5, which she approved, and 6, which is bob's own and withdrawn.
  @Test(
    arguments: [
      ("ana", [4, 7, 8, 9, 1, 2, 3, 5, 6]), ("bob", [4, 5, 7, 8, 9, 6]), ("hal", Array(1...9)),
      ("eve", []), (nil, Array(1...9)),
    ] as [(String?, [Int])]
  )
  func `come in parts, in an order that does not depend on how many a part has`(
    name: String?,
    numbers: [Int]
  ) async throws {
    let deployed = try await Deployed.opened()
    for purpose in 4...9 {
      let (statements, documents) = try await deployed.request("bob", purpose: "\(purpose)")
      try await deployed.say(statements, as: "bob", documents: documents)
    }
    try await deployed.approve(5, as: "ana")
    try await deployed.act("bob", .withdraw(case: "6", reason: ""), release: nil)
    let local = try await deployed.local(name)
    for limit in [1, 2, 4, 5, 100] {
      var found: [Int] = []
      var after: String?
      repeat {
        let part = try await local.cases(CaseFilter(), Slice(limit: limit, after: after))
        #expect(part.items.count == limit || part.next == nil)
        found += part.items.map(\.number)
        after = part.next
      } while after != nil
      #expect(found == numbers, "by \(limit)")
    }
    let open = try await local.cases(CaseFilter(state: .open, requester: "person:bob"))
    #expect(open.map(\.number) == numbers.filter { $0 > 3 && $0 != 6 })
  }

  @Test(arguments: ["", "first", "first-0", "second-4", "rest-x", "rest-1-2"])
  func `come after no place that no list has given`(after: String) async throws {
    let ana = try await Deployed.asked().local("ana")
    await #expect(throws: Malformed.self) {
      try await ana.cases(CaseFilter(), Slice(after: after))
    }
  }

  @Test func `are filtered by release, state, kind and reader`() async throws {
    let bob = try await Deployed.granted().local("bob")
    let ana = bob.acting(as: .principal("person:ana", token: ""))
    #expect(try await bob.cases(CaseFilter(isMine: true)).map(\.number) == [4])
    #expect(try await ana.cases(CaseFilter(isMine: true)) == [])
    #expect(try await ana.cases(CaseFilter(state: .open)) == [])
    #expect(try await ana.cases(CaseFilter(kind: .open)).map(\.number) == [2, 3])
    #expect(try await ana.cases(CaseFilter(release: Deployed.release)).count == 4)
    await #expect(throws: Refusal.unknownRelease("ana/none")) {
      try await ana.cases(CaseFilter(release: "ana/none"))
    }
  }
}

extension Draft {
  /// The same answer, in a statement of this draft.
  fileprivate func answerAgain(_ statement: Statement) -> Statement {
    Statement(
      by: by,
      at: at,
      audience: statement.audience,
      nonce: nonce,
      release: release,
      seen: standing.head,
      subject: statement.subject,
      body: statement.body
    )
  }
}
