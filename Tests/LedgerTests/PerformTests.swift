import GRDB
import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("Statements that are taken in")
struct PerformTests {
  @Test func `lead from a proposal to a grant`() async throws {
    var (world, asked) = try await World.asked()
    #expect(asked.number == 4)
    try await world.approve(asked, by: "person:ana")
    #expect(try await world.ledger.grants(heldBy: "person:bob").isEmpty)

    world.now = world.now + Duration(seconds: 60)
    let verdict = try await world.verdict(on: asked)
    let receipt = try await world.say(.approve(verdict), by: "person:ben")

    #expect(receipt.events.map(\.kind) == ["approve", "decide", "issue"])
    #expect(receipt.cases.map(\.state) == [.approved])
    let grant = try #require(receipt.grants.first)
    #expect(grant.terms.audience == .principal("person:bob"))
    #expect(grant.terms.tiers == ["weights": try world.manifest("weights")])
    #expect(grant.terms.notBefore == world.now)
    #expect(grant.terms.notAfter == world.now + Duration(seconds: 365 * 86_400))
    #expect(grant.terms.terms == ["use": world.use.digest])
    #expect(try await world.ledger.grants(heldBy: "person:bob") == [grant])
    #expect(try await world.ledger.release(World.release).grants[grant.id] == grant)
  }

  @Test func `enrol the people of an adopted roster and say so`() async throws {
    let world = try await World.adopted()
    let kinds = try await world.kinds()
    #expect(Array(kinds.suffix(3)) == ["approve", "decide", "signers"])
    let keys = try await world.ledger.keys(of: "person:ben")
    #expect(keys.map(\.approves) == [true])
    #expect(keys.map(\.way) == [.roster])
  }

  @Test func `give everyone a grant when a stage opens to everyone`() async throws {
    let world = try await World.opened()
    let grants = try await world.ledger.grants(of: World.release)
    #expect(grants.map(\.terms.audience) == [.everyone])
    #expect(try await world.ledger.release(World.release).isPublic)
  }

  /// A request that nobody is left to approve is denied with what belongs to it, not before.
  @Test func `are judged together, after the last of them`() async throws {
    var world = try await World.opened()
    let filed = try await world.statement(
      .file(world.request(for: "person:ana")),
      by: "person:ana"
    )
    let accepted = try await world.statement(.accept, about: world.use, by: "person:ana")
    let receipt = try await world.perform([world.signed(filed), world.signed(accepted)])
    #expect(receipt.events.map(\.kind) == ["file", "accept", "decide"])
    #expect(receipt.cases.map(\.state) == [.denied])
    let faults = try await world.ledger.verify(at: world.now).faults.map(\.description)
    #expect(faults == [])
  }

  @Test func `end a case by a denial`() async throws {
    var (world, asked) = try await World.asked()
    let verdict = try await world.verdict(on: asked, reason: "no")
    let receipt = try await world.say(.deny(verdict, .purpose), by: "person:ben")
    #expect(receipt.events.map(\.kind) == ["deny", "decide"])
    #expect(receipt.cases.map(\.state) == [.denied])
    #expect(receipt.grants.isEmpty)
  }

  @Test func `end a grant by a steward's act`() async throws {
    var (world, asked) = try await World.asked()
    try await world.approve(asked, by: "person:ana")
    try await world.approve(asked, by: "person:ben")
    let grant = try #require(try await world.ledger.grants(heldBy: "person:bob").first)
    let receipt = try await world.say(
      .revoke(.leak, text: "It was passed on."),
      about: .init(name: "grant", digest: try SHA256Digest(hex: grant.id.rawValue)),
      by: "person:hal"
    )
    #expect(receipt.grants.first?.status(at: world.now, holds: []) == .revoked)
    #expect(try await world.ledger.grant(grant.id)?.ending?.text == "It was passed on.")
  }

  @Test func `keep the bytes, the signature and the credential`() async throws {
    var world = try await World.adopted()
    let statement = try await world.statement(
      .bind(manifest: try world.manifest("code")),
      about: .init(name: "tier:code", in: World.release),
      by: "service:clerk"
    )
    let submission = try world.signed(statement)
    _ = try await world.ledger.perform(
      [submission],
      manifests: world.manifests.filter { $0.key == "code" }.map(\.value),
      at: world.now
    )
    #expect(try await world.ledger.statement(statement.id) == statement.canonical)
    let row = try await world.lastEvent()
    #expect(row.kind == "bind")
    #expect(row.body.contains("\"credential\":\"key:SHA256:"))
    #expect(row.body.contains("\"strength\":\"key\""))
    #expect(!row.body.contains("service:clerk"))
  }

  @Test func `come all or none`() async throws {
    var world = try await World.opened()
    let before = try await world.ledger.head()
    let good = try await world.statement(.file(world.request()), by: "person:bob")
    let bad = try await world.statement(
      .file(world.request("again", for: "person:eve")),
      by: "person:bob"
    )
    await #expect(throws: Refusal.unfit("beneficiary: access is asked for oneself")) {
      try await world.perform([try world.signed(good), try world.signed(bad)])
    }
    #expect(try await world.ledger.head() == before)
    #expect(try await world.ledger.cases().count == 3)
    try await world.perform([try world.signed(good)])
    #expect(try await world.ledger.cases().count == 4)
  }

  @Test func `explain their decision by the prefix that it was made from`() async throws {
    var (world, asked) = try await World.asked()
    try await world.approve(asked, by: "person:ana")
    try await world.approve(asked, by: "person:ben")
    let stored = try #require(try await world.ledger.explanation(ofDecided: asked.id))
    let decide = try await world.ledger.database.read { db in
      try Int.fetchOne(db, sql: "SELECT MAX(seq) FROM event WHERE kind = 'decide'")
    }
    let index = try #require(decide)
    let ledger = world.ledger
    let (release, root) = try await ledger.database.read { db in
      (
        try ledger.fold(World.release, .whole, before: index, in: db),
        try ledger.root(at: index, in: db)
      )
    }
    let prefix = try #require(release.cases[asked.id])
    let evaluation = try #require(evaluate(prefix, in: release, at: world.now))
    let explanation = Explanation(evaluation, log: .init(size: index, root: root))
    #expect(explanation.json.canonical == stored)
  }
}
