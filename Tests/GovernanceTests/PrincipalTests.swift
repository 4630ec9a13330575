import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A principal")
struct PrincipalTests {
  @Test(
    arguments: [
      ("person:bob", .person, "bob"), ("org:openai", .organisation, "openai"),
      ("service:clerk", .service, "clerk"),
      ("person:Bob.B_b+c@example.org", .person, "Bob.B_b+c@example.org"),
      ("person:0", .person, "0"),
    ] as [(String, Principal.Kind, String)]
  )
  func `is a kind and a name`(text: String, kind: Principal.Kind, name: String) throws {
    let id = try Principal.ID(parsing: text)
    #expect(id.kind == kind)
    #expect(id.name == name)
    #expect(id.rawValue == text)
    #expect(try Principal.ID(kind, named: name) == id)
  }

  /// A principal is a pattern in an allowed signers file: `*` would sign for everybody.
  @Test(
    arguments: [
      "", "bob", "person:", ":bob", "Person:bob", "robot:bob", "person:*", "person:b*b",
      "person:!bob",
      "person:bob,eve", "person:bob?", "person:.bob", "person:-bob", "person:@bob",
      "person:bob eve",
      "person:bob\n", "person:bøb", "person:b\u{301}", "person:person:bob", "organisation:x",
      "person:" + String(repeating: "b", count: 129),
    ]
  )
  func `is nothing else`(text: String) {
    #expect(throws: Malformed.self) { try Principal.ID(parsing: text) }
  }

  @Test func `has a name of at most 128 characters`() throws {
    let name = String(repeating: "b", count: 128)
    #expect(try Principal.ID(parsing: "person:\(name)").name == name)
  }

  @Test func `of a literal without a kind is a person`() {
    let id: Principal.ID = "x"
    #expect(id.kind == .person)
    #expect(id.name == "x")
  }
}
