import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Grants here")
struct LocalGrantsTests {
  @Test(
    arguments: [
      ("bob", ["person:bob"]), ("eve", []), ("hal", ["everyone", "person:bob"]),
      ("ana", ["everyone", "person:bob"]), (nil, ["everyone", "person:bob"]),
    ] as [(String?, [String])]
  )
  func `are the reader's own, and all to those with a role`(
    name: String?,
    audiences: [String]
  ) async throws {
    let local = try await Deployed.granted().local(name)
    let all = try await local.grants(GrantFilter())
    #expect(all.map(\.audience.text) == audiences)
    #expect(try await local.grants(GrantFilter(release: Deployed.release)) == all)
    let own = try await local.grants(GrantFilter(isMine: true))
    #expect(own.map(\.audience.text) == (name == "bob" ? ["person:bob"] : []))
    #expect(own.map(\.number) == own.map { _ in 4 })
  }

  @Test func `are shown as they stood at an instant`() async throws {
    var deployed = try await Deployed.asked()
    deployed.now = Deployed.noon + Duration(seconds: 60)
    try await deployed.grant()
    let bob = try await deployed.local("bob", after: 60)
    #expect(try await bob.grants(GrantFilter(at: Deployed.noon)) == [])
    #expect(try await bob.grants(GrantFilter(at: deployed.now)).map(\.status) == [.live])
    let late = deployed.now + Duration(seconds: 365 * 86_400)
    #expect(try await bob.grants(GrantFilter(at: late)).map(\.status) == [.expired])
  }

  @Test(
    arguments: [
      ("hal", nil), ("ida", nil), (nil, nil), ("ana", .notForYou), ("bob", .notForYou),
      ("eve", .notForYou),
    ] as [(String?, Refusal?)]
  )
  func `and what was received on them are told to stewards and auditors`(
    name: String?,
    refusal: Refusal?
  ) async throws {
    let deployed = try await Deployed.granted()
    let local = try await deployed.local(name)
    let question = PossessionQuestion(release: Deployed.release)
    guard let refusal else {
      #expect(try await local.possessions(question) == [])
      return
    }
    await #expect(throws: refusal) { try await local.possessions(question) }
  }

  @Test func `of a release that is not public are nobody else's business`() async throws {
    let local = try await Deployed.adopted().local("eve")
    let question = PossessionQuestion(release: Deployed.release)
    await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
      try await local.possessions(question)
    }
    await #expect(throws: Refusal.unknownRelease(Deployed.release)) {
      try await local.grants(GrantFilter(release: Deployed.release))
    }
    await #expect(throws: Refusal.noToken) {
      try await local.acting(as: .stranger).possessions(question)
    }
  }
}
