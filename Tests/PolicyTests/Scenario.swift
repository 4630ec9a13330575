import SluiceEncoding
import SluiceGovernance
import Testing
import Yams

/// A story told beside a policy: who did what and when, and what is expected to follow.
///
/// The sentences are those of `Policies/README.md`.
struct Scenario {
  enum Act {
    case opened(Stage.ID)
    case opening(Stage.ID, by: Principal.ID)
    case amendment(by: Principal.ID)
    case access([Tier.ID], Stage.ID, by: Principal.ID)
    case verdict(approves: Bool, case: String, by: Principal.ID)
    case answers(Form.ID, case: String, by: Principal.ID)
    case acceptance(Terms.ID, by: Principal.ID)
  }

  struct Event {
    let at: Instant
    let act: Act
    /// What the story calls the case that begins.
    let name: String?
  }

  struct Expectation {
    enum Outcome {
      /// The state of the case, or of an open one what its evaluation gives.
      case standing(case: String, state: String, missing: [String])
      case refusal(Act, code: String)
    }

    let at: Instant
    let outcome: Outcome
    /// The line, for whoever reads the failure.
    let text: String
  }

  let policy: String
  let roster: [(role: String, members: [Principal.ID])]
  let given: [Event]
  let expected: [Expectation]

  init(text: String) throws {
    let root = try #require(try compose(yaml: text))
    let keys = root.mapping?.keys.compactMap(\.string) ?? []
    try #require(Set(keys) == ["sluice", "policy", "roster", "given", "expect"])
    try #require(root["sluice"]?.string == "scenario/1")
    policy = try #require(root["policy"]?.string)
    roster = try (root["roster"]?.mapping ?? [:]).map { role, members in
      (try #require(role.string), members.array().compactMap(\.string).map(Self.principal))
    }
    given = try root["given"]?.array().map { try Self.event(try #require($0.string)) } ?? []
    expected =
      try root["expect"]?.array().map { try Self.expectation(try #require($0.string)) } ?? []
    try #require(!expected.isEmpty)
    try #require(given.map(\.at) == given.map(\.at).sorted(), "what is given is not in order")
  }

  private static func event(_ line: String) throws -> Event {
    let (at, words) = try Self.split(line)
    if words.count > 2, words[words.count - 2] == "as" {
      let begins = try #require(Self.act(words.dropLast(2)), "cannot read: \(line)")
      return Event(at: at, act: begins, name: words[words.count - 1])
    }
    return Event(at: at, act: try #require(Self.act(words[...]), "cannot read: \(line)"), name: nil)
  }

  private static func expectation(_ line: String) throws -> Expectation {
    let (at, words) = try split(line)
    if let fails = words.firstIndex(of: "fails"), words.count == fails + 3 {
      let verbs = [
        "approving": "approves", "denying": "denies", "filing": "files", "asking": "asks",
        "answering": "answers", "accepting": "accepts",
      ]
      let said = words[..<fails].map { verbs[$0] ?? $0 }
      let refused = try #require(Self.act(said[...]), "cannot read: \(line)")
      return Expectation(at: at, outcome: .refusal(refused, code: words[fails + 2]), text: line)
    }
    try #require(words.count >= 3 && words[1] == "is", "cannot read: \(line)")
    let isMissing = words.count > 3 && words[3] == "missing"
    let state = words[2].replacing(",", with: "")
    let missing = isMissing ? Array(words[4...]) : []
    return Expectation(
      at: at,
      outcome: .standing(case: words[0], state: state, missing: missing),
      text: line
    )
  }

  private static func act(_ words: ArraySlice<String>) -> Act? {
    let words = Array(words)
    switch words.count {
    case 2 where words[0] == "opened": return .opened(Stage.ID(words[1]))
    case 3:
      let who = principal(words[0])
      switch (words[1], words[2]) {
      case ("files", "amend"): return .amendment(by: who)
      case ("approves", let name): return .verdict(approves: true, case: name, by: who)
      case ("denies", let name): return .verdict(approves: false, case: name, by: who)
      case ("accepts", let terms): return .acceptance(Terms.ID(terms), by: who)
      default: return nil
      }
    case 4 where words[1] == "files" && words[2] == "open":
      return .opening(Stage.ID(words[3]), by: principal(words[0]))
    case 5 where words[1] == "answers" && words[3] == "of":
      return .answers(Form.ID(words[2]), case: words[4], by: principal(words[0]))
    case 6 where words[1] == "asks" && words[2] == "for" && words[4] == "of":
      let tiers = words[3].split(separator: ",").map { Tier.ID(String($0)) }
      return .access(tiers, Stage.ID(words[5]), by: principal(words[0]))
    default: return nil
    }
  }

  private static func split(_ line: String) throws -> (Instant, [String]) {
    let words = line.split(separator: " ").map(String.init)
    return (try Instant(try #require(words.first)), Array(words.dropFirst()))
  }

  /// A name without a kind is a person's.
  private static func principal(_ name: String) -> Principal.ID {
    Principal.ID(name.contains(":") ? name : "person:\(name)")
  }
}
