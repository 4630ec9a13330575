import SluiceGovernance
import Testing

@Suite("The branches of a gate")
struct BranchesTests {
  @Test func `are one where nothing is left open`() throws {
    let policy = try policy(
      """
        main:
          require:
            - answer: ask
            - accept: use
            - approve: {role: board, count: 2}
      """
    )
    #expect(
      paths(policy) == [
        ["gates.main.require[0]", "gates.main.require[1]", "gates.main.require[2]"]
      ]
    )
    #expect(
      policy.branches(of: "main").first?.parts.map(\.requirement)
        == [.answer("ask"), .accept("use"), .approve(.init(role: "board", count: 2))]
    )
  }

  @Test func `take one alternative each, the first alternative first`() throws {
    let policy = try policy(
      """
        main:
          require:
            - approve: {role: board}
            - any:
                - approve: {role: safety}
                - [approve: {role: stewards}, answer: ask]
      """
    )
    #expect(
      paths(policy) == [
        ["gates.main.require[0]", "gates.main.require[1].any[0]"],
        [
          "gates.main.require[0]", "gates.main.require[1].any[1][0]",
          "gates.main.require[1].any[1][1]",
        ],
      ]
    )
  }

  /// A list of one is another writing than the requirement alone, and has another path.
  @Test func `name an alternative as it is written`() throws {
    let policy = try policy(
      """
        main:
          require:
            - any:
                - [approve: {role: safety}]
                - approve: {role: stewards}
      """
    )
    #expect(
      paths(policy) == [["gates.main.require[0].any[0][0]"], ["gates.main.require[0].any[1]"]]
    )
  }

  @Test func `combine every alternative of one with every one of the next`() throws {
    let policy = try policy(
      """
        main:
          require:
            - any: [approve: {role: board}, approve: {role: safety}]
            - any: [answer: ask, accept: use]
      """
    )
    let words = policy.branches(of: "main").map { branch in
      branch.parts.map { String($0.path.dropFirst("gates.main.require".count)) }.joined(
        separator: " "
      )
    }
    #expect(
      words == [
        "[0].any[0] [1].any[0]", "[0].any[0] [1].any[1]", "[0].any[1] [1].any[0]",
        "[0].any[1] [1].any[1]",
      ]
    )
  }

  @Test func `go through a named gate, whose parts keep their own paths`() throws {
    let policy = try policy(
      """
        main:
          require:
            - answer: ask
            - gate: inner
        inner:
          require:
            - any:
                - approve: {role: board}
                - gate: last
        last:
          require:
            - approve: {role: safety}
            - accept: use
      """
    )
    #expect(
      paths(policy) == [
        ["gates.main.require[0]", "gates.inner.require[0].any[0]"],
        ["gates.main.require[0]", "gates.last.require[0]", "gates.last.require[1]"],
      ]
    )
  }

  @Test func `are 64 at most, and a gate with 65 is refused`() throws {
    let two = "      - any: [answer: ask, accept: use]\n"
    let six = "  main:\n    require:\n" + String(repeating: two, count: 6)
    let most = try policy(six)
    #expect(most.branches(of: "main").count == 64)
    #expect(Set(most.branches(of: "main").map { $0.parts.map(\.path) }).count == 64)

    let nested =
      "  main:\n    require:\n      - any:\n          - accept: use\n          - gate: six\n"
    let sixtyFive = nested + six.replacing("main", with: "six")
    let refusal = #expect(throws: PolicyFaults.self) { try policy(sixtyFive) }
    #expect(refusal?.faults.map(\.code) == ["P015"])
    #expect(refusal?.faults.first?.path == "gates.main")
  }

  @Test func `of an unknown gate are none`() throws {
    #expect(try policy("  main:\n    require: [answer: ask]\n").branches(of: "other") == [])
  }

  private func paths(_ policy: Policy) -> [[String]] {
    policy.branches(of: "main").map { $0.parts.map(\.path) }
  }

  private func policy(_ gates: String) throws -> Policy {
    try Policy(
      text: """
        sluice: policy/1
        id: sample
        version: 1
        title: A sample
        roles: [board, safety, stewards]
        tiers: {code: {kind: code}}
        terms: {use: {file: use.md}}
        forms: {ask: [{id: why, type: text}]}
        gates:
          ship: {require: [approve: {role: board}]}
        \(gates)
        stages: {public: {offers: [code], opens: ship, admits: main}}
        governance: {stewards: stewards, amend: ship, lift: ship, appeal: ship}
        """
    )
  }
}
