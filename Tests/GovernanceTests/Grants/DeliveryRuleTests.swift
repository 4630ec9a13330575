import SluiceEncoding
import SluiceGovernance
import Testing

/// Governance-domain 8, the delivery rule.
@Suite("The delivery rule")
struct DeliveryRuleTests {
  private let now = Instant(seconds: 150)
  private let bob = Asker("person:bob", groups: ["readers"])

  private func chosen(
    _ grants: [Grant],
    for asker: Asker,
    named: Grant.ID? = nil,
    manifest: SHA256Digest = Granted.manifest,
    holds: [Hold] = []
  ) throws(Refusal) -> Int {
    try DeliveryRule.grant(
      among: grants,
      for: asker,
      manifest: manifest,
      named: named,
      holds: holds,
      at: now
    ).index
  }

  private let everyones = Granted(audience: .everyone).grant(9)
  private let groups = Granted(audience: .group("readers")).grant(3)
  private let bobs = Granted().grant(5)

  @Test func `counts on the grant that is named, else on everyone's, else on the earliest`() throws
  {
    #expect(try chosen([bobs, groups, everyones], for: bob) == 9)
    #expect(try chosen([bobs, groups], for: bob) == 3)
    #expect(try chosen([bobs, groups, everyones], for: bob, named: "grant 5") == 5)
    let later = Granted(audience: .everyone).grant(12)
    #expect(try chosen([later, everyones], for: .stranger) == 9)
  }

  @Test func `passes over what is not live`() throws {
    let ended = Granted(ending: Granted.ending(.revoked, at: 120)).grant(1)
    let expired = Granted(until: 150).grant(2)
    let pending = Granted(from: 151).grant(4)
    #expect(try chosen([ended, expired, pending, bobs], for: bob) == 5)
  }

  @Test func `hands nothing to those outside the audience`() {
    #expect(throws: Refusal.noGrant(pending: nil)) { try chosen([bobs], for: .stranger) }
    #expect(throws: Refusal.noGrant(pending: nil)) { try chosen([bobs], for: Asker("person:eve")) }
    #expect(throws: Refusal.noGrant(pending: nil)) {
      try chosen([groups], for: Asker("person:bob", groups: ["others"]))
    }
    #expect(throws: Refusal.noGrant(pending: nil)) {
      try chosen([bobs], for: bob, named: "grant 3")
    }
  }

  @Test func `hands out only what the grant pins`() {
    #expect(throws: Refusal.noGrant(pending: nil)) {
      try chosen([bobs], for: bob, manifest: Granted.use)
    }
  }

  @Test func `asks each member of a group to accept its texts`() throws {
    let grants = [Granted(audience: .group("readers"), terms: ["use": Granted.use]).grant(3)]
    #expect(throws: Refusal.termsUnaccepted("use")) { try chosen(grants, for: bob) }
    let accepted = Asker("person:bob", groups: ["readers"], accepted: [Granted.use])
    #expect(try chosen(grants, for: accepted) == 3)
    #expect(try chosen(grants + [bobs], for: bob) == 5)
    // What a person was granted, they accepted on the way.
    let own = Granted(terms: ["use": Granted.use]).grant(6)
    #expect(try chosen([own], for: bob) == 6)
  }

  @Test func `says of the nearest grant why it does not serve`() {
    let hold = Granted.hold(.tier("weights"))
    #expect(throws: Refusal.held("hold", .safety)) { try chosen([bobs], for: bob, holds: [hold]) }
    #expect(throws: Refusal.grantPending("grant 4", from: Instant(seconds: 151))) {
      try chosen([Granted(from: 151).grant(4)], for: bob)
    }
    #expect(throws: Refusal.grantExpired("grant 2", at: Instant(seconds: 150))) {
      try chosen([Granted(until: 150).grant(2)], for: bob)
    }
    let end = Instant(seconds: 150)
    #expect(throws: Refusal.grantGrace("grant 2", at: end, until: Instant(seconds: 160))) {
      try chosen([Granted(until: 150, grace: Duration(seconds: 10)).grant(2)], for: bob)
    }
    let at = Instant(seconds: 120)
    #expect(throws: Refusal.grantRevoked("grant 1", at: at, code: .misuse, text: "sold")) {
      try chosen([Granted(ending: Granted.ending(.revoked, at: 120)).grant(1)], for: bob)
    }
    #expect(throws: Refusal.grantSurrendered("grant 1", at: at)) {
      try chosen([Granted(ending: Granted.ending(.surrendered, at: 120)).grant(1)], for: bob)
    }
  }
}
