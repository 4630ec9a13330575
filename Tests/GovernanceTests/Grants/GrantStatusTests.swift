import SluiceEncoding
import SluiceGovernance
import Testing

/// Governance-domain 8: derived at any instant, the first match winning.
@Suite("The status of a grant")
struct GrantStatusTests {
  @Test(
    arguments: [
      (99, .pending), (100, .live), (199, .live), (200, .grace), (209, .grace), (210, .expired),
    ] as [(Int, Grant.Status)]
  )
  func `follows from its instants, to the second`(now: Int, status: Grant.Status) {
    let grant = Granted(grace: Duration(seconds: 10)).grant()
    #expect(grant.status(at: Instant(seconds: now), holds: []) == status)
  }

  @Test func `has no grace where nothing is renewed`() {
    #expect(Granted().grant().status(at: Instant(seconds: 200), holds: []) == .expired)
  }

  @Test func `is live for ever without an end`() {
    let grant = Granted(until: nil).grant()
    #expect(grant.status(at: Instant(seconds: 99_999_999), holds: []) == .live)
  }

  @Test(arguments: [(149, .live), (150, .expired)] as [(Int, Grant.Status)])
  func `ends where a later version of the policy cut it`(now: Int, status: Grant.Status) {
    for until in [200, nil] {
      let grant = Granted(until: until, cutAt: Instant(seconds: 150)).grant()
      #expect(grant.status(at: Instant(seconds: now), holds: []) == status)
    }
  }

  @Test func `is never longer by a cut`() {
    let grant = Granted(cutAt: Instant(seconds: 500)).grant()
    #expect(grant.notAfter == Instant(seconds: 200))
  }

  @Test(arguments: [.revoked, .surrendered] as [Grant.Ending.Kind])
  func `is ended from the second of the act on, whatever else is so`(kind: Grant.Ending.Kind) {
    let grant = Granted(ending: Granted.ending(kind, at: 120)).grant()
    let holds = [Granted.hold(.tier("weights"), from: 110)]
    let expected: Grant.Status = kind == .revoked ? .revoked : .surrendered
    #expect(grant.status(at: Instant(seconds: 109), holds: holds) == .live)
    #expect(grant.status(at: Instant(seconds: 119), holds: holds) == .held)
    #expect(grant.status(at: Instant(seconds: 120), holds: holds) == expected)
    #expect(grant.status(at: Instant(seconds: 900), holds: holds) == expected)
    #expect(grant.endsAt == Instant(seconds: 120))
  }

  @Test func `is held before it begins and after it has expired`() {
    let grant = Granted().grant()
    let holds = [Granted.hold(.grant(grant.id))]
    #expect(grant.status(at: Instant(seconds: 50), holds: holds) == .held)
    #expect(grant.status(at: Instant(seconds: 300), holds: holds) == .held)
  }

  @Test(
    arguments: [(129, .live), (130, .held), (139, .held), (140, .live)] as [(Int, Grant.Status)]
  )
  func `is held from the second of the hold up to its end`(now: Int, status: Grant.Status) {
    let holds = [Granted.hold(.stage("gated"), from: 130, until: 140)]
    #expect(Granted().grant().status(at: Instant(seconds: now), holds: holds) == status)
  }

  static let bob = Asker("person:bob", organisation: "org:lab", key: "SHA256:bob")

  @Test(
    arguments: [
      (.principal("person:bob"), true), (.principal("org:lab"), true), (.key("SHA256:bob"), true),
      (.tier("weights"), true), (.stage("gated"), true), (.principal("person:eve"), false),
      (.principal("org:other"), false), (.key("SHA256:eve"), false), (.tier("paper"), false),
      (.stage("public"), false), (.grant("other"), false), (.case("case"), false),
    ] as [(Hold.Subject, Bool)]
  )
  func `is held by what touches it`(subject: Hold.Subject, isHeld: Bool) {
    for audience in [.principal("person:bob"), .group("readers")] as [Grant.Audience] {
      let status = Granted(audience: audience).grant()
        .status(at: Instant(seconds: 150), holds: [Granted.hold(subject)], asker: Self.bob)
      #expect(status == (isHeld ? .held : .live))
    }
  }

  /// Whoever may come without a name cannot be kept out by name.
  @Test(
    arguments: [
      (.principal("person:bob"), false), (.principal("org:lab"), false), (.key("SHA256:bob"), true),
      (.tier("weights"), true), (.stage("gated"), true),
    ] as [(Hold.Subject, Bool)]
  )
  func `of everyone is held by no person's name`(subject: Hold.Subject, isHeld: Bool) {
    let status = Granted(audience: .everyone).grant()
      .status(at: Instant(seconds: 150), holds: [Granted.hold(subject)], asker: Self.bob)
    #expect(status == (isHeld ? .held : .live))
  }
}
