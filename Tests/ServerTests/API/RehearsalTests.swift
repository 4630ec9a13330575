import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

@Suite("A rehearsal")
struct RehearsalTests {
  private static let story = """
    sluice: scenario/1
    policy: policy.yaml
    roster: {maintainers: [ana], stewards: [ana]}
    given:
      - 2019-02-14T12:00:00Z opened public
      - 2019-02-14T12:00:00Z opened gated
      - 2019-02-15T12:00:00Z bob asks for weights of gated as b
    expect:
      - 2019-02-15T12:00:00Z b is open, missing answer accept approve

    """

  private static func line(_ number: Int, _ kind: Case.Kind) -> ReplayLine {
    ReplayLine(
      case: Case.ID(Samples.digest("\(number)").hex),
      number: number,
      kind: kind,
      summary: "secret \(number)",
      before: .met,
      after: kind == .lift ? nil : .open
    )
  }

  private static let lines = [line(2, .open), line(4, .access), line(5, .access), line(6, .lift)]

  private static func rehearsal(_ stories: [Rehearsal.Story]) throws -> Rehearsal {
    let policy = try Policy(text: Samples.policyText)
    return Rehearsal(
      at: Samples.noon,
      policy: policy.digest,
      roster: Samples.digest("roster"),
      warnings: Rehearsal.warnings(of: policy, with: try roster, at: Samples.noon),
      scenarios: stories,
      replay: Replay(lines, before: Samples.digest("before"))
    )
  }

  private static var roster: Roster {
    get throws {
      let line = try Deployed.key("ana").publicKey.line
      return try Roster(
        text: """
          sluice: roster/1
          id: single-steward
          version: 1
          principals:
            person:ana: {keys: ["\(line)"]}
          roles:
            maintainers: [person:ana]
            stewards: [person:ana]

          """
      )
    }
  }

  @Test func `is read as it was written`() throws {
    let rehearsal = try Self.rehearsal([.init(file: "a.yaml", text: Self.story)])
    #expect(try Rehearsal(document: rehearsal.document) == rehearsal)
    #expect(rehearsal.warnings.isEmpty == false)
  }

  @Test func `counts cases about persons and names those about the release`() throws {
    let replay = Replay(Self.lines, before: Samples.digest("before"))
    #expect(replay.changes.map(\.kind) == [.access, .lift, .open])
    #expect(replay.changes.map(\.count) == [2, 1, 1])
    #expect(replay.changes.map(\.numbers) == [[], [], [2]])
    #expect(replay.changes.map(\.after) == [.open, nil, .open])
    let text = String(decoding: replay.json.canonical, as: UTF8.self)
    #expect(!text.contains("secret"))
  }

  @Test func `leaves the texts out where they would be too many`() throws {
    let long = String(repeating: "a", count: Rehearsal.longest)
    let rehearsal = try Self.rehearsal([.init(file: "a.yaml", text: long)])
    let read = try Rehearsal(document: rehearsal.document)
    #expect(rehearsal.document.count <= Rehearsal.longest)
    #expect(read.scenarios.map(\.text) == [nil])
    #expect(read.scenarios.map(\.sha256) == rehearsal.scenarios.map(\.sha256))
  }

  @Test func `is refused with another text than its digest says`() throws {
    let rehearsal = try Self.rehearsal([.init(file: "a.yaml", text: Self.story)])
    let text = String(decoding: rehearsal.document, as: UTF8.self)
    let changed = text.replacing("bob asks", with: "eve asks")
    #expect(changed != text)
    #expect(throws: Malformed.self) { try Rehearsal(document: Array(changed.utf8)) }
  }

  @Test func `comes out the same when nothing has changed`() throws {
    let rehearsal = try Self.rehearsal([.init(file: "a.yaml", text: Self.story)])
    let again = rehearsal.again(
      policy: try Policy(text: Samples.policyText),
      roster: try Self.roster,
      terms: [:],
      replayed: Self.lines
    )
    #expect(again.failures == [])
    #expect(again.agrees(with: rehearsal))
  }

  @Test(arguments: ["scenario", "later policy", "warnings", "replay"])
  func `is found out where it says what is not so`(what: String) throws {
    let stories: [Rehearsal.Story] =
      switch what {
      case "scenario":
        [.init(file: "a.yaml", text: Self.story.replacing("b is open", with: "b is approved"))]
      case "later policy":
        [
          .init(
            file: "a.yaml",
            text: Self.story.replacing(
              "expect:",
              with: "  - 2019-02-16T12:00:00Z ana files amend to next.yaml as n\nexpect:"
            )
          )
        ]
      default: []
      }
    let honest = try Self.rehearsal(stories)
    let rehearsal = Rehearsal(
      at: honest.at,
      policy: honest.policy,
      roster: honest.roster,
      warnings: what == "warnings" ? [] : honest.warnings,
      scenarios: honest.scenarios,
      replay: honest.replay
    )
    let again = rehearsal.again(
      policy: try Policy(text: Samples.policyText),
      roster: try Self.roster,
      terms: [:],
      replayed: what == "replay" ? Array(Self.lines.dropLast()) : Self.lines
    )
    #expect(!again.agrees(with: rehearsal))
    #expect(again.failures.isEmpty == stories.isEmpty)
  }
}
