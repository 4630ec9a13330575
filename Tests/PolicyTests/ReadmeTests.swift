import Foundation
import SluiceGovernance
import Testing

/// `Policies/README.md` cannot say what is not so.
@Suite("The manual of policies")
struct ReadmeTests {
  let blocks: [String]

  init() throws {
    let parts = try Library.text("README.md", in: Library.policies).components(separatedBy: "```")
    blocks = parts.enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element.drop { $0 != "\n" }.dropFirst()) }
  }

  @Test func `shows a policy and a roster that fit`() throws {
    let policy = try Policy(text: try block("policy/1"))
    let roster = try Roster(text: try block("roster/1"))
    let faults = policy.check(roster: roster)
    #expect(faults.allSatisfy { !$0.isError })
    #expect(!faults.map(\.code).contains("W101"))
  }

  @Test func `shows a scenario that goes as it says`() throws {
    #expect(try ScenarioTests.failures(try block("scenario/1")) == [])
  }

  /// The gate by itself, in the smallest policy that has its roles.
  @Test func `shows a gate that can be read`() throws {
    let gates = try #require(blocks.first { $0.hasPrefix("gates:\n") }, "no gates")
    let policy = try Policy(
      text: """
        sluice: policy/1
        id: shown
        version: 1
        title: A gate by itself
        roles: [board, reviewers]
        tiers: {weights: {kind: weights}}
        \(gates)
        stages:
          public: {offers: [weights], opens: open-weights, admits: everyone}
        governance: {stewards: board, amend: change, lift: change, appeal: change}
        """.replacing("gates:", with: "gates:\n  change: {require: [approve: {role: board}]}")
    )
    #expect(policy.branches(of: "open-weights").count == 2)
    #expect(policy.check(roster: nil).map(\.code) == ["W108"])
  }

  @Test func `lists every policy that is there`() throws {
    let text = try Library.text("README.md", in: Library.policies)
    for name in try Library.names(in: Library.policies) {
      #expect(text.contains("(\(name))"), "\(name) is not mentioned")
    }
  }

  private func block(_ kind: String) throws -> String {
    try #require(blocks.first { $0.hasPrefix("sluice: \(kind)\n") }, "no \(kind)")
  }
}
