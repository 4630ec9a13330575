import GRDB
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
      ("ana", ["everyone", "person:bob"]), ("ida", ["everyone", "person:bob"]),
      ("pia", ["everyone"]), (nil, ["everyone", "person:bob"]),
    ] as [(String?, [String])]
  )
  func `are the reader's own, and others' where the reader decides or oversees them`(
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
      ("hal", nil), ("ida", nil), (nil, nil), ("ana", .notForYou), ("pia", .notForYou),
      ("bob", .notForYou), ("eve", .notForYou),
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

  @Test func `and what was received are told with the holder's organisation`() async throws {
    let hosted = try await Hosted.granted(shard: 9)
    let ledger = hosted.deployed.ledger
    let question = PossessionQuestion(release: Deployed.release)
    try await hosted.serve { visitor in
      for name in ["bob", "eve"] {
        _ = try await visitor.ask(ResolveRoutesTests.code, as: name)
      }
    }
    try await ledger.database.write { db in
      try db.execute(
        sql: "UPDATE principal SET organisation = 'org:acme' WHERE id = 'person:bob'"
      )
    }
    let found = try await hosted.deployed.local("ida").possessions(question)
    #expect(found.map(\.possession.principal) == ["person:bob", "person:eve"])
    #expect(found.map(\.organisation) == ["org:acme", nil])
    let members = try #require(found.first?.json.objectValue)
    #expect(
      members.names == [
        "approvals", "approvers", "bytes", "case", "complete", "file", "first", "grant", "last",
        "organisation",
        "principal", "sha256", "size", "tier", "token",
      ]
    )
  }

  @Test func `of others are on record, and so is what was received`() async throws {
    let deployed = try await Deployed.granted()
    let before = try await deployed.views().count
    for name in ["bob", "pia"] {
      _ = try await deployed.local(name).grants(GrantFilter())
    }
    _ = try await deployed.local("ana").grants(GrantFilter(isMine: true))
    #expect(try await deployed.views().count == before)
    let ida = try await deployed.local("ida")
    _ = try await ida.grants(GrantFilter())
    _ = try await ida.possessions(PossessionQuestion(release: Deployed.release))
    // The operator's shell is the operator's, with whosever eyes it looks.
    let shell = ida.acting(as: .principal("person:hal", token: ""))
    _ = try await shell.grants(GrantFilter(release: Deployed.release))
    _ = try await ida.grants(GrantFilter())
    let views = try await deployed.views()[before...]
    #expect(
      views == [
        "person:ida grants ana/tiny", "person:ida deliveries ana/tiny", "operator grants ana/tiny",
      ]
    )
    #expect(try await deployed.ledger.verify(at: deployed.now).faults == [])
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
