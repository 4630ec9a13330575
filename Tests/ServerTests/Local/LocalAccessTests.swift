import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceServer
import Testing

@Suite("Access here")
struct LocalAccessTests {
  @Test func `is open to everybody where a stage admits everyone`() async throws {
    let stranger = try await Deployed.opened().local(nil).acting(as: .stranger)
    let page = try await stranger.access(of: nil, to: Deployed.release, tier: "code", at: nil)
    #expect(page.isAllowed)
    #expect(page.grant?.audience == .everyone)
    #expect(page.text.hasPrefix("anybody may obtain code of ana/tiny"))
  }

  @Test func `is refused with the case that is pending, and its explanation`() async throws {
    let deployed = try await Deployed.asked()
    let page = try await access(deployed, "bob")
    #expect(page.problem?.code == "grant.none")
    #expect(page.problem?.explanation?.objectValue?["result"] == "open")
    #expect(page.text.contains("case 4: bob asks for weights"))
    let eve = try await access(deployed, "eve")
    #expect(eve.problem?.next == ["Ask for access: sluice request ana/tiny --tier weights"])
    #expect(eve.problem?.explanation == nil)
  }

  @Test func `follows the grant through its life, at any instant`() async throws {
    var deployed = try await Deployed.asked()
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.grant()
    let issued = deployed.now
    #expect(try await access(deployed, "bob").grant?.number == 4)
    let year = Duration(seconds: 365 * 86_400)
    #expect(try await access(deployed, "bob", at: Deployed.noon).problem?.code == "grant.none")
    #expect(try await access(deployed, "bob", at: issued + year).problem?.code == "grant.expired")
    deployed.now = Deployed.noon + Duration(seconds: 120)
    let grant = try #require(try await access(deployed, "bob").grant)
    let ending = try await deployed.draft("hal").revoke(grant, .misuse, text: "Shared.")
    let submitted = try await deployed.say([ending], as: "hal")
    #expect(submitted.grants.map(\.status) == [.revoked])
    let revoked = try await access(deployed, "bob")
    #expect(revoked.problem?.code == "grant.revoked")
    #expect(revoked.grant?.ended?.text == "Shared.")
    #expect(try await access(deployed, "bob", at: issued).isAllowed)
  }

  @Test func `is none before the stage opens, nor to what the policy has not`() async throws {
    let deployed = try await Deployed.opened(gated: false)
    #expect(try await access(deployed, "bob").problem?.code == "stage.closed")
    let other = try await deployed.local("bob")
      .access(of: nil, to: Deployed.release, tier: "none", at: nil)
    #expect(other.problem?.code == "statement.malformed")
  }

  @Test func `of others is shown to those who decide it, stewards and auditors`() async throws {
    let deployed = try await Deployed.granted()
    for name in ["ana", "ben", "hal", "ida", nil] {
      let page = try await deployed.local(name)
        .access(of: "person:bob", to: Deployed.release, tier: "weights", at: nil)
      #expect(page.isAllowed)
    }
    // Nor is it told whether somebody asked who did not.
    for (name, other) in [("eve", "bob"), ("pia", "bob"), ("pia", "eve"), ("bob", "eve")] {
      await #expect(throws: Refusal.notForYou) {
        try await deployed.local(name)
          .access(of: Deployed.person(other), to: Deployed.release, tier: "weights", at: nil)
      }
    }
    // Nobody decides who gets what everyone may have.
    await #expect(throws: Refusal.notForYou) {
      try await deployed.local("ana")
        .access(of: "person:bob", to: Deployed.release, tier: "code", at: nil)
    }
  }

  @Test func `of others is on record, under whose name it was read`() async throws {
    let deployed = try await Deployed.granted()
    func views(after act: (LocalDeployment) async throws -> Void, by name: String?) async throws
      -> [String]
    {
      try await act(deployed.local(name))
      return try await deployed.views()
    }
    let before = try await deployed.views()
    let own = try await views(
      after: { local in
        _ = try await local.access(of: nil, to: Deployed.release, tier: "weights", at: nil)
      },
      by: "bob"
    )
    #expect(own == before)
    let refused = try await views(
      after: { local in
        _ =
          try? await local
          .access(of: "person:bob", to: Deployed.release, tier: "weights", at: nil)
      },
      by: "pia"
    )
    #expect(refused == before)
    for (name, actor) in [("hal", "person:hal"), (nil, "operator")] as [(String?, String)] {
      let read = try await views(
        after: { local in
          _ =
            try await local
            .access(of: "person:bob", to: Deployed.release, tier: "weights", at: nil)
        },
        by: name
      )
      #expect(read.last == "\(actor) access ana/tiny")
    }
  }

  @Test func `is hidden where the release is`() async throws {
    let hidden = try await Deployed.adopted().local("eve")
    await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
      try await hidden.access(of: nil, to: Deployed.release, tier: "weights", at: nil)
    }
  }

  private func access(
    _ deployed: Deployed,
    _ name: String,
    at: Instant? = nil
  ) async throws -> AccessPage {
    try await deployed.local(name)
      .access(of: nil, to: Deployed.release, tier: "weights", at: at)
  }
}
