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
      isMine: true,
      isOverdue: true
    )
    #expect(try CaseFilter(query: cases.query) == cases)
    #expect(try CaseFilter(query: CaseFilter().query) == CaseFilter())
    let grants = GrantFilter(release: "ana/tiny", isMine: true, at: Samples.noon)
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
