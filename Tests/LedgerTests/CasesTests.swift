import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("Cases")
struct CasesTests {
  @Test func `are found by number, id and beginning`() async throws {
    let (world, asked) = try await World.asked()
    for reference in ["4", asked.id.rawValue, String(asked.id.rawValue.prefix(6))] {
      #expect(try await world.ledger.case(reference)?.id == asked.id)
    }
    for reference in ["5", "", "04", String(asked.id.rawValue.prefix(5)), "zzzzzz"] {
      #expect(try await world.ledger.case(reference) == nil)
    }
  }

  @Test func `are the history of their case`() async throws {
    var (world, asked) = try await World.asked()
    try await world.deny(asked, by: "person:ana")
    let history = try await world.ledger.history(of: asked.id)
    #expect(history.map(\.kind) == ["file", "answer", "accept", "deny", "decide"])
    #expect(history[3].by == "person:ana")
    #expect(history[3].code == .purpose)
    #expect(history[4].reason == "denied")
    let first = try #require(try await world.ledger.case("1"))
    let adoption = try await world.ledger.history(of: first.id)
    #expect(adoption.map(\.kind) == ["file", "approve", "approve", "decide"])
  }

  @Test func `have in their history what belongs to them`() async throws {
    var (world, asked) = try await World.asked()
    let cho = Registration(id: "person:cho")
    try await world.ledger.add(cho, keys: [try World.key("cho").publicKey], at: world.now)
    let other = try await world.file(world.request(for: "person:cho"), by: "person:cho")
    try await world.answer(other, by: "person:cho", salt: 8)
    try await world.say(.accept, about: world.use, by: "person:cho")
    for each in [asked, other] {
      for head in ["person:ana", "person:ben"] as [Principal.ID] {
        try await world.approve(each, by: head)
      }
    }
    let grant = try #require(try await world.ledger.grants(heldBy: "person:bob").first)
    try await world.say(.accept, about: world.use, by: "person:bob")
    try await world.say(
      .revoke(.misuse, text: "It was passed on."),
      about: .init(name: "grant", digest: try SHA256Digest(hex: grant.id.rawValue)),
      by: "person:hal"
    )
    let history = try await world.ledger.history(of: asked.id)
    #expect(
      history.map(\.kind) == [
        "file", "answer", "accept", "approve", "approve", "decide", "issue", "revoke",
      ]
    )
    #expect(history.last?.code == .misuse)
    #expect(history.last?.reason == "It was passed on.")
    #expect(try await !world.ledger.history(of: other.id).map(\.kind).contains("revoke"))
    #expect(try await world.ledger.history(of: Case.ID("00")).isEmpty)
  }

  @Test func `are listed by what is asked of them`() async throws {
    var (world, asked) = try await World.asked()
    try await world.deny(asked, by: "person:ana")
    let cho = Registration(id: "person:cho")
    try await world.ledger.add(cho, keys: [try World.key("cho").publicKey], at: world.now)
    try await world.file(world.request(for: "person:cho"), by: "service:clerk")
    let ledger = world.ledger
    func numbers(_ rows: [CaseRow]) -> [Int] { rows.map(\.number) }
    #expect(numbers(try await ledger.cases()) == [1, 2, 3, 4, 5])
    #expect(numbers(try await ledger.cases(kind: .access)) == [4, 5])
    #expect(numbers(try await ledger.cases(kind: .open)) == [2, 3])
    #expect(numbers(try await ledger.cases(state: .denied)) == [4])
    #expect(numbers(try await ledger.cases(state: .open)) == [5])
    #expect(numbers(try await ledger.cases(after: 2, limit: 2)) == [3, 4])
    #expect(
      numbers(try await ledger.cases(of: World.release, state: .approved, after: 1)) == [2, 3]
    )
    #expect(numbers(try await ledger.cases(party: "service:clerk", after: 2, limit: 1)) == [3])
    #expect(numbers(try await ledger.cases(party: "person:cho")) == [5])
    #expect(numbers(try await ledger.cases(party: "service:clerk")) == [1, 2, 3, 5])
    #expect(numbers(try await ledger.cases(of: World.release, kind: .amend)) == [1])
    #expect(numbers(try await ledger.cases(of: "no/such")) == [])
    let row = try #require(try await ledger.case("5"))
    #expect(row.requester == "service:clerk")
    #expect(row.beneficiary == "person:cho")
    #expect(row.stage == "gated")
    #expect(row.tiers == ["weights"])
    #expect(row.dueAt == world.now + Duration(seconds: 7 * 86_400))
    #expect(row.lapseAt == world.now + Duration(seconds: 60 * 86_400))
  }
}
