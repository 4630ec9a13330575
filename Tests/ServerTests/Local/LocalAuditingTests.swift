import GRDB
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Audits here")
struct LocalAuditingTests {
  @Test func `list who may obtain what at an instant`() async throws {
    var deployed = try await Town.deployed(.public)
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.approve(Town.bob, as: "ana")
    let hal = try await deployed.local("hal")
    let lines = try await hal.who(WhoQuestion(release: Deployed.release))
    #expect(lines.map(\.tier) == ["code", "weights"])
    #expect(lines.map(\.principal) == [nil, "person:bob"])
    let weights = WhoQuestion(release: Deployed.release, tier: "weights")
    #expect(try await hal.who(weights).map(\.principal) == ["person:bob"])
    let earlier = WhoQuestion(release: Deployed.release, tier: "weights", at: Deployed.noon)
    #expect(try await hal.who(earlier) == [])
    for name in ["ana", "edi", "bob", "eve"] {
      let local = try await deployed.local(name)
      await #expect(throws: Refusal.notForYou) { try await local.who(weights) }
    }
    #expect(try await deployed.views().last == "person:hal grants ana/tiny")
  }

  @Test func `tell what else the holder of a grant has`() async throws {
    let deployed = try await Town.deployed(.approved, isPublic: true)
    try await deployed.act("bob", .request(.again))
    let grant = try await deployed.local("bob").grants(GrantFilter(isMine: true))[0]
    let page = try await deployed.local("hal").exposure(of: grant.id, at: nil)
    #expect(page.grant == grant)
    #expect(page.deliveries == [])
    #expect(page.grants == [])
    #expect(page.cases.map(\.purpose) == ["again"])
    #expect(page.text.contains("does not recall it"))
    #expect(try await deployed.local("bob").exposure(of: grant.id, at: nil) == page)
    let missing = Grant.ID(SHA256Digest(of: [1]).hex)
    for name in ["ana", "bea", "eve"] {
      for id in [grant.id, missing] {
        let local = try await deployed.local(name)
        await #expect(throws: Refusal.unknownGrant(id)) {
          try await local.exposure(of: id, at: nil)
        }
      }
    }
  }

  @Test func `tell a member of a group what is theirs, and others only on record`() async throws {
    var deployed = try await Town.deployed(.public)
    try await deployed.open("preview")
    func join(_ name: String) async throws {
      let member = Deployed.person(name)
      try await deployed.act("pia", .join("readers", member, fields: ["sector": "press"]))
    }
    for name in ["bob", "bea"] { try await join(name) }
    try await deployed.act("pia", .accept("use"))
    for purpose in ["first", "second"] {
      let asking = try Asking(
        for: ["late"],
        on: await deployed.local("pia").release(Deployed.release)
      )
      let filed = try await deployed.draft("pia")
        .access(asking, for: .group("readers"), purpose: purpose)
      let number = try await deployed.say([filed], as: "pia").cases[0].number
      if purpose == "first" { try await deployed.approve(number, as: "edi") }
    }
    for name in ["edi", "hal"] { try await join(name) }
    // What was read until now is one reading for an hour.
    deployed.now = deployed.now + Duration(seconds: 3_600)
    let log = DeliveryLog(deployed.ledger)
    for name in ["bob", "bea"] {
      _ = try await log.admit(deployed.late(for: name), at: deployed.now)
    }

    let grant = try #require(
      try await deployed.local("bob").grants(GrantFilter(isMine: true))
        .first { $0.audience == .group("readers") }
    )
    let before = try await deployed.views().count
    func page(_ name: String) async throws -> ([Principal.ID?], [String]) {
      let page = try await deployed.local(name).exposure(of: grant.id, at: nil)
      return (page.deliveries.map(\.possession.principal), page.cases.map(\.purpose))
    }
    for name in ["bob", "bea"] {
      let (receivers, purposes) = try await page(name)
      #expect(receivers == [Deployed.person(name)])
      #expect(purposes == [])
    }
    #expect(try await deployed.views().count == before)
    // Whoever decides the group's requests sees them, and a steward sees all, in the group or not.
    let (none, decided) = try await page("edi")
    #expect(none == [] && decided == ["second"])
    let (all, open) = try await page("hal")
    #expect(all == ["person:bob", "person:bea"] && open == ["second"])
    #expect(
      try await deployed.views().dropFirst(before) == [
        "person:edi cases ana/tiny", "person:hal deliveries ana/tiny",
      ]
    )
    let mine = try await deployed.local("bob").exposure(of: grant.id, at: nil)
    #expect(mine.text.contains("1 files left under it to you"))
    for line in mine.deliveries { #expect(mine.text.contains(line.possession.credential)) }
    #expect(!mine.deliveries.isEmpty)
  }

  @Test func `come in parts, with how much there is in all on the first`() async throws {
    let deployed = try await Deployed.granted()
    let hal = try await deployed.local("hal")
    let question = WhoQuestion(release: Deployed.release)
    let first = try await hal.who(question, Slice(limit: 1))
    #expect(first.items.map(\.tier) == ["code"])
    let second = try await hal.who(question, Slice(limit: 1, after: first.next))
    #expect(second.items.map(\.principal) == ["person:bob"])
    let whole = try await hal.who(question)
    #expect(whole == first.items + second.items)
    let asked = PossessionQuestion(release: Deployed.release)
    let received = try await hal.possessions(asked, Slice())
    #expect(received.items == [] && received.next == nil)
    #expect(received.totals == .init(lines: 0, recipients: 0, deliveries: 0))
    for after in ["", "-1", "rest-4", "1.5"] {
      await #expect(throws: Malformed.self) { try await hal.who(question, Slice(after: after)) }
      await #expect(throws: Malformed.self) {
        try await hal.possessions(asked, Slice(after: after))
      }
    }
    try await deployed.serving { served async throws in
      #expect(try await served.remote("ida").who(question) == whole)
      let part = try await served.remote("ida").who(question, Slice(limit: 1, after: first.next))
      #expect(part == second)
      for query in ["limit=0", "limit=1001", "limit=01", "limit=x", "limit=1&limit=2"] {
        let path = "/sluice/v1/who?release=ana%2Ftiny&\(query)"
        #expect(try await served.reply(path, as: "ida").status == 400)
      }
    }
  }

  @Test func `prove any entry to anybody, and open a sealed one to those who see everybody`()
    async throws
  {
    let deployed = try await Deployed.asked()
    let size = try await deployed.ledger.head().size
    let filed = try await deployed.ledger.history(of: deployed.ledger.cases()[3].id)[0].index
    let sealed = try await deployed.local(nil).acting(as: .stranger).proof(of: filed)
    #expect(sealed.event == nil && sealed.index == filed)
    for name in ["eve", "bob", "ana", "pia"] {
      let local = try await deployed.local(name)
      await #expect(throws: Refusal.notForYou) { try await local.disclosure(of: filed) }
    }
    for name in ["hal", "ida", nil] {
      let page = try await deployed.local(name).disclosure(of: filed)
      #expect(page.entry == sealed.entry)
      #expect(page.event?.contains(#""kind":"file""#) == true)
      #expect(page.proof.contains("extra ") && !sealed.proof.contains("extra "))
    }
    #expect(try await deployed.views().suffix(3).allSatisfy { $0.contains(" events ana/tiny") })
    let ida = try await deployed.local("ida")
    await #expect(throws: Refusal.self) { try await ida.disclosure(of: size + 99) }
    await #expect(throws: Refusal.noToken) {
      try await ida.acting(as: .stranger).disclosure(of: filed)
    }
    try await deployed.serving { served async throws in
      #expect(try await served.remote("ida").disclosure(of: filed).entry == sealed.entry)
      #expect(try await served.reply("/sluice/v1/proofs/\(filed)").status == 200)
      #expect(try await served.reply("/sluice/v1/proofs/0\(filed)").status == 400)
    }
  }

  @Test func `decide a case again, for whoever may see it`() async throws {
    let deployed = try await Deployed.granted()
    let before = try await deployed.views().count
    for name in ["bob", "ana", "hal", "ida", nil] {
      let page = try await deployed.local(name).decisions(of: "4")
      #expect(page.agrees && page.number == 4)
      #expect(page.decisions.map(\.outcome) == [.approved])
      let line = try #require(page.decisions.first)
      #expect(Set(line.counted.map(\.by)) == ["person:ana", "person:cho", "person:ben"])
      #expect(page.text.contains("agrees: the \(line.index) entries before it"))
    }
    #expect(
      try await deployed.views().dropFirst(before) == [
        "person:hal cases ana/tiny", "person:ida cases ana/tiny", "operator cases ana/tiny",
      ]
    )
    for (name, reference) in [("eve", "4"), ("eve", "9"), ("ana", "9")] {
      let local = try await deployed.local(name)
      await #expect(throws: Refusal.unknownCase(Case.ID(reference))) {
        try await local.decisions(of: reference)
      }
    }
  }

  @Test func `say what differs from what was stored`() async throws {
    let deployed = try await Deployed.granted()
    try await deployed.ledger.database.write { db in
      try db.execute(sql: "UPDATE decision SET explanation = CAST(explanation || ' ' AS BLOB)")
    }
    let page = try await deployed.local("ida").decisions(of: "4")
    #expect(!page.agrees)
    #expect(page.text.contains("not the one to which entry"))
    #expect(page.text.contains("the explanation differs from byte"))
    try await deployed.serving { served async throws in
      #expect(try await served.remote("ida").decisions(of: "4") == page)
    }
  }

  @Test func `have nothing to decide again while a case is open`() async throws {
    let ana = try await Deployed.asked().local("ana")
    await #expect(throws: Refusal.stale("nothing has decided case 4, it is open")) {
      try await ana.decisions(of: "4")
    }
  }

  @Test func `tell all about a person, as far as the reader sees everybody`() async throws {
    let deployed = try await Town.deployed(.approved, isPublic: true)
    for name in ["bea", "hal", "ida", nil] {
      let page = try await deployed.local(name).person("person:bea", at: nil)
      #expect(page.grants.map(\.tiers) == [["weights"]])
      #expect(page.cases.map(\.number) == [Town.bea])
      #expect(page.credentials.map(\.claim.type) == ["researcher"])
      #expect(page.memberships == [] && page.holds == [] && page.roles == [])
    }
    let mia = try await deployed.local("ida").person("person:mia", at: nil)
    #expect(mia.holds.map(\.text) == ["Secret of mia."])
    #expect(mia.memberships.map(\.group) == ["readers"])
    #expect(
      try await deployed.local("mia").person("person:mia", at: nil).holds.map(\.text) == [nil]
    )
    let hal = try await deployed.local("ida").person("person:hal", at: nil)
    #expect(hal.roles.map(\.role) == ["stewards"])
    // Nor is it told whether there is such a person.
    for (name, other) in [("ana", "bea"), ("eve", "bea"), ("eve", "nobody")] {
      let local = try await deployed.local(name)
      await #expect(throws: Refusal.notForYou) {
        try await local.person(Deployed.person(other), at: nil)
      }
    }
  }

  @Test func `of a person are on record where there was something to see`() async throws {
    let deployed = try await Town.deployed(.public)
    let before = try await deployed.views().count
    _ = try await deployed.local("bea").person("person:bea", at: nil)
    _ = try await deployed.local("ida").person("person:nobody", at: nil)
    #expect(try await deployed.views().count == before)
    _ = try await deployed.local("ida").person("person:bea", at: nil)
    #expect(try await deployed.views().last == "person:ida persons ana/tiny")
  }
}

extension Verb.Wish {
  /// Another request for the weights.
  fileprivate static let again = Verb.Wish(
    tiers: ["weights"],
    purpose: "again",
    gift: .init(
      answers: ["request": ["name": "private-of-bob", "purpose": "open-of-bob"]],
      accepts: ["use"]
    )
  )
}

extension Deployed {
  /// The file of the tier `late`, asked for with somebody's token.
  fileprivate func late(for name: String) async throws -> DeliveryQuery {
    let token = try await ledger.tokens(of: Self.person(name)).first
    return DeliveryQuery(
      release: Self.release,
      tier: "late",
      path: "late.safetensors",
      sha256: SHA256Digest(of: Array("late".utf8)),
      principal: Self.person(name),
      credential: "token:\(token?.id ?? "")"
    )
  }
}
