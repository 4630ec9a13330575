import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("Reading")
struct ReadingTests {
  @Test func `gives every part of a policy, in the order of the file`() throws {
    let policy = try Policy(text: Sample.policy)
    #expect(policy.id == "sample")
    #expect(policy.version == 1)
    #expect(policy.previous == nil)
    #expect(policy.roles == ["editors", "stewards"])
    #expect(policy.tiers.map(\.id) == ["paper", "weights"])
    #expect(policy.tier("weights")?.kind == .weights)
    #expect(policy.terms("use")?.file == "terms/use.md")
    #expect(policy.form("ask")?.fields.map(\.id) == ["purpose"])
    #expect(policy.gates.map(\.id) == ["publish", "reader"])
    #expect(policy.gate("reader")?.due == Duration(seconds: 7 * 86_400))
    #expect(policy.gate("reader")?.lapse == nil)
    #expect(
      policy.gate("reader")?.requirements == [
        .plain(.answer("ask")), .plain(.accept("use")),
        .any([
          [.plain(.approve(.init(role: "editors", count: 2)))],
          [
            .plain(.approve(.init(role: "stewards"))),
            .plain(.approve(.init(role: "editors", veto: .none))),
          ],
        ]),
      ]
    )
    #expect(policy.stage("first")?.admits == .everyone)
    #expect(policy.stage("second")?.admits == .gate("reader"))
    #expect(policy.stage("second")?.lasts == Duration(seconds: 30 * 86_400))
    #expect(policy.governance.appeal == "publish")
    #expect(policy.text == Sample.policy)
    #expect(policy.stage("third") == nil)
  }

  @Test func `keeps what only people read`() throws {
    let text = Sample.policy.replacing(
      "{kind: paper}",
      with: "{kind: paper, credits: [Ana, Ben], derived-from: [base], note: A word.}"
    ).replacing("terms:", with: "sealed: {raw: Not ours.}\nterms:")
      .replacing("weights: {kind: weights}", with: "weights: {kind: weights}\n  raw: {kind: data}")
    let policy = try Policy(text: text)
    let paper = try #require(policy.tier("paper"))
    #expect(paper.credits == ["Ana", "Ben"])
    #expect(paper.derivedFrom == ["base"])
    #expect(paper.note == "A word.")
    #expect(policy.sealed == ["raw": "Not ours."])
  }

  /// The durations of governance-domain 17, where a policy has them.
  @Test(
    arguments: [
      ("P7D", 604_800), ("P1W", 604_800), ("PT36H", 129_600), ("P1DT12H", 129_600),
      ("PT90M", 5_400),
      ("P0D", 0),
    ]
  )
  func `takes a duration for its seconds`(text: String, seconds: Int) throws {
    let policy = try Policy(text: Sample.policy.replacing("due: P7D", with: "due: \(text)"))
    #expect(policy.gate("reader")?.due?.seconds == seconds)
  }

  @Test(
    arguments: [
      ("P", "P004"), ("PT", "P004"), ("P1DT", "P004"), ("P1W2D", "P004"), ("P1M", "P020"),
      ("P1Y", "P020"), ("7D", "P004"), ("p7d", "P004"), ("P-1D", "P004"), ("P1.5D", "P004"),
    ]
  )
  func `refuses what is no duration`(text: String, code: String) {
    let refusal = #expect(throws: PolicyFaults.self) {
      try Policy(text: Sample.policy.replacing("due: P7D", with: "due: \(text)"))
    }
    #expect(refusal?.faults.map(\.code) == [code])
  }

  @Test func `gives every part of a roster, in the order of the file`() throws {
    let roster = try Roster(text: Sample.roster)
    #expect(roster.principals.map(\.id).map(\.name) == ["ana", "ben", "cho", "hal", "clerk"])
    #expect(roster.principal("person:ana")?.organisation == "org:institute")
    #expect(roster.principal("person:ana")?.shown == "Ana A.")
    #expect(roster.principal("person:cho")?.keys == [Sample.key(3), Sample.key(4)])
    #expect(roster.members(of: "stewards") == ["person:hal", "service:clerk"])
    #expect(roster.heads(of: "stewards") == ["person:hal"])
    #expect(roster.members(of: "nobody") == [])
    #expect(roster.roles(of: "service:clerk") == ["stewards"])
    #expect(roster.roles(of: "person:eve") == [])
  }

  @Test func `names the file in each fault`() {
    let refusal = #expect(throws: PolicyFaults.self) {
      try Policy(text: "id: x\n  y: z\n", source: "policies/x.yaml")
    }
    #expect(refusal?.description.hasPrefix("policies/x.yaml:2:4: P001 ") == true)
  }

  /// A text of a few lines that stands for 10^12 items when its aliases are written out.
  @Test func `does not write out aliases`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for index in 1..<12 {
      let last = Array(repeating: "*a\(index - 1)", count: 10).joined(separator: ", ")
      text += "a\(index): &a\(index) [\(last)]\n"
    }
    let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: text + "? *a11\n: x\n") }
    #expect(refusal?.faults.map(\.code) == ["P001"])
    #expect(refusal?.faults.map(\.line) == [2])
  }

  /// Each of these stands for 9^8 items: an alias can follow more signs than white space.
  @Test(arguments: [
    "{\"%\":&%[x],\"b\":[#]}", "? &% [x]\n:\n- #\n", "\u{FEFF}&% [\"x\",#]", "['%':!!seq &% [x],#]",
  ])
  func `sees an alias wherever it can stand`(form: String) {
    for alias in [":*a", "[*a", ",*a", " *a", "\"*a", "\t*a", "\u{85}*a", "\u{2028}*a", "}*a"] {
      let text = form.replacing("%", with: "a").replacing("#", with: "y\(alias)")
      let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: text) }
      #expect(refusal?.faults.first?.message.contains("aliases") == true, "\(text)")
    }
  }

  /// Sixty gates that each name the next one twice: 2^60 requirements on one way through.
  @Test func `does not make branches that it would refuse`() {
    var gates = ""
    for index in 0..<60 {
      gates += "  g\(index):\n    require: [gate: g\(index + 1), gate: g\(index + 1)]\n"
    }
    gates += "  g60:\n    require: [approve: {role: editors}]\n"
    let refusal = #expect(throws: PolicyFaults.self) {
      try Policy(text: Sample.policy.replacing("gates:\n", with: "gates:\n\(gates)"))
    }
    #expect(Set(refusal?.faults.map(\.code) ?? []) == ["P015"])
  }

  @Test(arguments: [String(repeating: "[", count: 5_000), String(repeating: "- ", count: 5_000)])
  func `refuses a text that only nests`(text: String) {
    let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: text) }
    #expect(refusal?.faults.map(\.code) == ["P001"])
  }

  @Test(arguments: ["", "# nothing\n", "---\n", "text", "[a]", "null"])
  func `refuses what is no document of the grammar`(text: String) {
    #expect(throws: PolicyFaults.self) { try Policy(text: text) }
    #expect(throws: PolicyFaults.self) { try Roster(text: text) }
  }

  @Test func `refuses more gates than can be judged in good time`() throws {
    let gates = (0..<99).map { "  g\($0): {require: [approve: {role: editors}]}\n" }
    let many = Sample.policy.replacing("gates:\n", with: "gates:\n\(gates.joined())")
    let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: many) }
    #expect(refusal?.description == "policy:14:1: P004 gates: has 101 entries; at most 100")
    let less = many.replacing("  g0: {require: [approve: {role: editors}]}\n", with: "")
    #expect(try Policy(text: less).gates.count == 100)
  }

  @Test func `refuses more items than any list needs`() {
    let many = (0...1_000).map { "r\($0)" }.joined(separator: ", ")
    let refusal = #expect(throws: PolicyFaults.self) {
      try Policy(text: Sample.policy.replacing("[editors, stewards]", with: "[\(many)]"))
    }
    #expect(refusal?.description == "policy:5:1: P004 roles: has 1001 items; at most 1000")
  }

  @Test func `refuses alternatives in alternatives beyond four`() throws {
    func policy(_ depth: Int) -> String {
      let requirement = (0..<depth).reduce("answer: ask") { inner, _ in
        "any: [{accept: use}, {\(inner)}]"
      }
      let gate = "  deep: {require: [{\(requirement)}]}"
      return Sample.policy.replacing("gates:\n", with: "gates:\n\(gate)\n")
    }
    #expect(try Policy(text: policy(4)).branches(of: "deep").count == 5)
    let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: policy(5)) }
    let messages = refusal?.faults.map(\.message)
    #expect(Set(messages ?? []) == ["alternatives in alternatives; at most 4 deep"])
  }

  @Test func `refuses a file that is too long`() {
    let text = Sample.policy + String(repeating: "# and so on\n", count: 30_000)
    let refusal = #expect(throws: PolicyFaults.self) { try Policy(text: text) }
    #expect(refusal?.description == "policy:1:1: P001 longer than 262144 bytes")
  }
}
