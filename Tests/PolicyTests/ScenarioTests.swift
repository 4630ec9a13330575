import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// The scenarios beside the policies (governance-domain 13).
@Suite("A scenario")
struct ScenarioTests {
  static let folder = Library.policies.appending(path: "scenarios")

  @Test(arguments: try Library.names(in: folder))
  func `goes as it says`(name: String) throws {
    try Self.play(try Library.text(name, in: Self.folder))
  }

  /// The player must be able to fail: each of these differs from what happens.
  @Test(
    arguments: [
      "c is met", "c is open", "c is open, missing accept", "c is approved",
      "ana approving c fails with case.closed", "ben approving c fails with approve.requester",
    ]
  )
  func `that says something else fails`(expectation: String) throws {
    let text = """
      sluice: scenario/1
      policy: open-release.yaml
      roster: {maintainers: [ana, ben]}
      given:
        - 2026-01-05T09:00:00Z ana files open public as c
      expect:
        - 2026-01-05T10:00:00Z \(expectation)
      """
    #expect(try Self.differences(text).count == 1)
  }

  private static func play(_ text: String) throws {
    for difference in try differences(text) { Issue.record("\(difference)") }
  }

  /// What came otherwise than a scenario expects.
  static func differences(_ text: String) throws -> [String] {
    let scenario = try Scenario(text: text)
    let policy = try Policy(
      text: Library.text(scenario.policy, in: Library.policies),
      source: scenario.policy
    )
    return try scenario.expected.compactMap { expected in
      let play = try Play(scenario, policy: policy, until: expected.at)
      switch expected.outcome {
      case .standing(let name, let state, let missing):
        let (found, lacking) = try play.standing(of: name, at: expected.at)
        let isAsSaid = found == state && lacking == missing
        return isAsSaid ? nil : "\(expected.text): is \(found), missing \(lacking)"
      case .refusal(let act, let code):
        let found = try play.refusal(of: act, at: expected.at)
        return found == code ? nil : "\(expected.text): \(found ?? "is not refused")"
      }
    }
  }
}
