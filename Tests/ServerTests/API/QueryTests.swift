import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A query")
struct QueryTests {
  @Test func `comes back as the question that it asks`() throws {
    let cases = CaseFilter(
      release: "ana/tiny",
      state: .open,
      kind: .access,
      stage: "gated",
      tier: "weights",
      requester: "person:bob",
      isMine: true,
      isOverdue: true
    )
    #expect(try CaseFilter(query: cases.query) == cases)
    #expect(try CaseFilter(query: CaseFilter().query) == CaseFilter())
    let grants = GrantFilter(
      release: "ana/tiny",
      reference: "0123ab",
      holder: "person:bob",
      isMine: true,
      at: Samples.noon
    )
    #expect(try GrantFilter(query: grants.query) == grants)
    let access = AccessQuestion(
      principal: "person:bob",
      release: "ana/tiny",
      tier: "weights",
      at: Samples.noon
    )
    #expect(try AccessQuestion(query: access.query) == access)
    let possessions = PossessionQuestion(
      release: "ana/tiny",
      tier: "weights",
      file: "a b/ü&=.txt",
      sha256: Samples.digest("x"),
      at: Samples.noon
    )
    #expect(try PossessionQuestion(query: possessions.query) == possessions)
  }

  @Test func `of what is on record comes back as the question that it asks`() throws {
    let holds = HoldFilter(
      release: "ana/tiny",
      reference: "0123ab",
      subject: .key("SHA256:a+b/c"),
      includesEnded: true,
      at: Samples.noon
    )
    #expect(try HoldFilter(query: holds.query) == holds)
    let members = MemberFilter(
      release: "ana/tiny",
      group: "press",
      member: "person:bob",
      includesEnded: true,
      at: Samples.noon
    )
    #expect(try MemberFilter(query: members.query) == members)
    let evidence = EvidenceFilter(
      release: "ana/tiny",
      reference: "0123ab",
      tier: "weights",
      kind: "uptake"
    )
    #expect(try EvidenceFilter(query: evidence.query) == evidence)
    let credentials = CredentialFilter(
      release: "ana/tiny",
      reference: "0123ab",
      holder: "person:bob"
    )
    #expect(try CredentialFilter(query: credentials.query) == credentials)
    let who = WhoQuestion(release: "ana/tiny", tier: "weights", at: Samples.noon)
    #expect(try WhoQuestion(query: who.query) == who)
    let explanation = ExplanationQuestion(at: Samples.noon)
    #expect(try ExplanationQuestion(query: explanation.query) == explanation)
  }

  @Test(arguments: ["12345", String(repeating: "a", count: 65), "0123AB", "person"])
  func `is refused with an id that cannot be one`(id: String) {
    #expect(throws: Malformed.self) { try GrantFilter(query: Query([.init("id", id)])) }
    #expect(throws: Malformed.self) { try HoldFilter(query: Query([.init("id", id)])) }
    #expect(throws: Malformed.self) { try EvidenceFilter(query: Query([.init("id", id)])) }
    #expect(throws: Malformed.self) { try CredentialFilter(query: Query([.init("id", id)])) }
  }

  @Test func `is refused with a subject that cannot be held`() {
    #expect(throws: Malformed.self) { try HoldFilter(query: Query([.init("subject", "x")])) }
  }

  @Test func `is written in one line for decisions about many cases`() throws {
    let filter = try CaseFilter(expression: "state=open,kind=access,tier=weights,mine=true")
    #expect(
      filter == CaseFilter(state: .open, kind: .access, tier: "weights", isMine: true)
    )
    for wrong in ["", "state", "state=", "=open", "state=open,", "state=open,state=open", "x=y"] {
      #expect(throws: Malformed.self) { try CaseFilter(expression: wrong) }
    }
  }

  @Test func `admits the lines that fit it`() throws {
    let line = try Samples.casePage().case
    for filter in [
      CaseFilter(), CaseFilter(release: "ana/tiny", state: .open, kind: .access, stage: "gated"),
      CaseFilter(tier: "weights", requester: "person:bob", isMine: true),
    ] { #expect(filter.admits(line, reader: "person:bob")) }
    for filter in [
      CaseFilter(release: "ana/other"), CaseFilter(state: .denied), CaseFilter(kind: .open),
      CaseFilter(stage: "public"), CaseFilter(tier: "code"), CaseFilter(requester: "person:eve"),
      CaseFilter(isOverdue: true),
    ] { #expect(!filter.admits(line, reader: "person:bob")) }
    #expect(!CaseFilter(isMine: true).admits(line, reader: "person:eve"))
    #expect(!CaseFilter(isMine: true).admits(line, reader: nil))
  }

  @Test func `escapes all that could mean something else`() {
    let query = Query([.init("file", "a b/ü&=.txt"), .init("at", "~-._")])
    #expect(query.text == "?file=a%20b%2F%C3%BC%26%3D.txt&at=~-._")
    #expect(Query().text == "")
    #expect(Path.case("../keys") == "/sluice/v1/cases/..%2Fkeys")
    #expect(Path.release("ana/tiny") == "/sluice/v1/releases/ana/tiny")
  }

  @Test(arguments: [
    [Query.Item("state", "open"), Query.Item("state", "open")], [Query.Item("stat", "open")],
    [Query.Item("state", "Open")], [Query.Item("mine", "yes")], [Query.Item("release", "tiny")],
  ])
  func `is refused with a name or word that the question does not have`(items: [Query.Item]) {
    #expect(throws: Malformed.self) { try CaseFilter(query: Query(items)) }
  }

  @Test func `is refused without what the question needs`() {
    #expect(throws: Malformed.self) {
      try AccessQuestion(query: Query([.init("release", "ana/tiny")]))
    }
    #expect(throws: Malformed.self) { try PossessionQuestion(query: Query()) }
  }
}
