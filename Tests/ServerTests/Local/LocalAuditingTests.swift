import SluiceAPI
import SluiceEncoding
import SluiceGovernance
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
