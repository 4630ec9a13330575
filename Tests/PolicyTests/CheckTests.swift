import SluiceEncoding
import SluiceGovernance
import Testing

/// `policy check --roster`: what only shows when policy and roster meet.
@Suite("A check")
struct CheckTests {
  @Test(arguments: try Break.blocks("check.txt"))
  func `says what is wrong first, and then what to know`(change: Break) throws {
    #expect(try Self.said(change) == change.faults)
  }

  @Test func `of the policy alone says only what it alone tells`() throws {
    #expect(try Policy(text: Sample.policy).check(roster: nil) == [])
  }

  /// Governance-domain 16.6: `policy check --roster` says W101, W107 and W110, all true.
  @Test func `of the quickstart's policy says that one person decides`() throws {
    let text = try Library.text("single-steward.yaml", in: Library.policies)
    let roster = try Roster(
      text: """
        sluice: roster/1
        id: single-steward
        version: 1
        principals:
          person:ana: {keys: ["\(Sample.key(1))"]}
          service:clerk: {keys: ["\(Sample.key(2))"]}
        roles:
          maintainers: [person:ana, service:clerk]
          stewards: [person:ana]
        """
    )
    let faults = try Policy(text: text).check(roster: roster)
    #expect(Set(faults.map(\.code)) == ["W101", "W107", "W110"])
    #expect(faults.allSatisfy { !$0.isError })
  }

  private static func said(_ change: Break) throws -> [String] {
    let files = try change.applied(to: "\(Sample.policy)\n---\n\(Sample.roster)").split(
      separator: "\n---\n"
    )
    let policy = try Policy(text: String(files[0]))
    let roster = try Roster(text: String(files[1]))
    return policy.check(roster: roster, at: try Instant("2026-06-01T00:00:00Z")).map(\.description)
  }
}
