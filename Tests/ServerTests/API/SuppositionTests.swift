import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A supposition")
struct SuppositionTests {
  @Test func `names acts in one line`() throws {
    let acts = try Assumption.list("approve:ben,confirm:9c2e1f,accept:use,open:gated")
    #expect(
      acts == [
        .init(.approve, "ben"), .init(.confirm, "9c2e1f"), .init(.accept, "use"),
        .init(.open, "gated"),
      ]
    )
    #expect(acts.map(\.description).joined(separator: ",").hasPrefix("approve:ben,confirm:9c2e1f"))
  }

  @Test func `knows a person by their name alone`() throws {
    for text in ["approve:ben", "deny:person:ben", "recuse:ben"] {
      #expect(try Assumption(text).person == "person:ben")
    }
    #expect(try Assumption("approve:a b").person == nil)
    #expect(try Assumption("accept:ben").person == nil)
  }

  @Test(arguments: [
    "approve", "approve:", "grant:ana", "approve:ana,", "", "confirm", "credential:email",
  ])
  func `is refused where it names no act`(text: String) {
    #expect(throws: Malformed.self) { try Assumption.list(text) }
  }
}
