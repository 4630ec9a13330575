import SluiceEncoding
import SluiceGovernance
import Testing

/// A small policy in which a test words what it is about, and a story told under it.
///
/// Instants are short: `02` is the second of January 2026, `03-02` the second of March, each with
/// an optional time as in `02T09:30:00`; in full they are as anywhere.
struct Tale {
  /// The requirements of the gate that admits to the weights.
  var main = "[approve: {role: board}]"
  /// What else that gate says, such as `due: P7D`.
  var terms = ""
  /// Further gates.
  var gates = ""
  /// The requirements of the gate that opens stages, amends, lifts and hears appeals.
  var ship = "[approve: {role: board}]"
  /// What the stage of the weights says besides tiers and gates.
  var gated = "lasts: P30D"
  /// Further stages.
  var stages = ""
  /// Further tiers.
  var tiers = ""
  /// What else the governance says.
  var governance = ""
  /// The texts that people agree to.
  var texts = "use: {file: use.md}"
  /// Further members of the policy.
  var more = ""
  /// What is recorded of the members of the group.
  var describe = "sector"
  /// The people.
  var roster =
    "{board: [ana, ben, cho], safety: [dee, eli], outreach: [gus], stewards: [hal, ida]}"
  /// Further members of the scenario.
  var also = ""
  /// The next version of the policy, if the story has one.
  var next: String?

  /// Plays a story, which begins on the first of January with both stages open, and expects all of it
  /// to come as it says.
  func expect(
    _ story: String,
    _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let failures = try failures(story, expected)
    #expect(failures == [], sourceLocation: sourceLocation)
  }

  /// What comes otherwise, without where it stands.
  func failures(_ story: String, _ expected: String) throws -> [String] {
    let scenario = try Scenario(text: text(story, expected))
    return try scenario.play(policy: try policy, later: try later)
      .map { "\($0.sentence): \($0.found)" }
  }

  private var later: [String: Policy] {
    get throws { try next.map { ["next.yaml": try Policy(text: $0)] } ?? [:] }
  }

  /// What becomes of a story, at the instant of its last line.
  func course(_ story: String) throws -> Scenario.Course {
    let last = story.split(separator: "\n").last?.split(separator: " ").first ?? "01"
    let scenario = try Scenario(text: text(story, "\(last) stage public is open"))
    let course = try #require(try scenario.course(policy: try policy, later: try later))
    #expect(course.failures == [])
    return course
  }

  /// The state after a story.
  func release(_ story: String, describe: String = "sector") throws -> Release {
    var tale = self
    tale.describe = describe
    return try tale.course(story).simulation.release
  }

  func text(_ story: String, _ expected: String) -> String {
    let opened = story.contains("files amend as ") ? "" : "01 opened public\n01 opened gated\n"
    return """
      sluice: scenario/1
      policy: yard.yaml
      roster: \(roster)
      \(also)
      given:
      \(Self.lines(opened + story))
      expect:
      \(Self.lines(expected))
      """
  }

  /// The policy.
  var policy: Policy { get throws { try Policy(text: policy(version: 1)) } }

  /// The same story with a next version of the policy, which it can adopt as `next.yaml`.
  func amended(_ change: (inout Tale) -> Void) throws -> Tale {
    var after = self
    change(&after)
    var tale = self
    tale.next = after.policy(version: 2, after: try policy.digest)
    return tale
  }

  /// The policy as a file; a version after the first follows this one.
  func policy(version: Int, after previous: SHA256Digest? = nil) -> String {
    let main = "{require: \(main)\(terms.isEmpty ? "" : ", \(terms)")}"
    let gated =
      "offers: [weights, hosted], opens: ship, admits: main"
      + (self.gated.isEmpty ? "" : ", \(self.gated)")
    return """
      sluice: policy/1
      id: yard
      version: \(version)
      \(previous.map { "previous: \($0)" } ?? "")
      title: A yard
      roles: [board, safety, outreach, stewards]
      tiers:
        paper: {kind: paper}
        weights: {kind: weights}
        hosted: {kind: service}
        logs: {kind: data}
      \(Self.indented(tiers))
      sealed:
        logs: Other people are in them.
      terms:
      \(Self.indented(texts))
      forms:
        ask: [{id: why, type: text, max: 20}]
        findings: [{id: found, type: text}]
      groups:
        readers: {managers: outreach, describe: [\(describe)], sectors: [press, academia]}
      gates:
        ship: {require: \(ship)}
        main: \(main)
      \(Self.indented(gates))
      stages:
        public: {offers: [paper], opens: ship, admits: everyone}
        gated: {\(gated)}
      \(Self.indented(stages))
      governance:
        stewards: stewards
        amend: ship
        lift: ship
        appeal: ship
      \(Self.indented(governance))
      \(more)
      """
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }

  private static func lines(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      let words = line.split(separator: " ").map { instant(String($0)) }
      return "  - \"\(words.joined(separator: " "))\""
    }.joined(separator: "\n")
  }

  /// A short instant in full, and anything else as it is.
  private static func instant(_ word: String) -> String {
    guard let parts = word.wholeMatch(of: /(\d\d-)?(\d\d)(T\d\d:\d\d:\d\d)?/)?.output else {
      return word
    }
    return "2026-\(parts.1 ?? "01-")\(parts.2)\(parts.3 ?? "T00:00:00")Z"
  }
}
