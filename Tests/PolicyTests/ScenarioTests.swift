import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// The scenarios beside the policies (governance-domain 13).
@Suite("A scenario of the repository")
struct ScenarioTests {
  static let folder = Library.policies.appending(path: "scenarios")

  @Test(arguments: try Library.names(in: folder))
  func `goes as it says`(name: String) throws {
    let failures = try Self.failures(try Library.text(name, in: Self.folder), name)
    #expect(failures == [])
  }

  /// What came otherwise than a scenario about a policy of the repository says.
  static func failures(_ text: String, _ source: String = "scenario") throws -> [String] {
    let scenario = try Scenario(text: text, source: source)
    let policy = try Policy(
      text: Library.text(scenario.policy, in: Library.policies),
      source: scenario.policy
    )
    return try scenario.play(policy: policy).map(\.description)
  }
}
