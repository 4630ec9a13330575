import Foundation
import SluiceEncoding
import SluiceGovernance
import Testing

/// The policies of the repository, and stories under them.
enum Handbook {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Policies")

  /// A policy by the name of its file.
  static func policy(_ name: String) throws -> Policy {
    let file = folder.appending(path: "\(name).yaml")
    return try Policy(text: String(contentsOf: file, encoding: .utf8), source: name)
  }

  /// What comes otherwise than a story under a policy says.
  static func failures(
    _ policy: String,
    roster: String,
    _ story: String,
    _ expected: String
  ) throws -> [String] {
    let text = """
      sluice: scenario/1
      policy: \(policy).yaml
      roster: \(roster)
      given:
      \(lines(story))
      expect:
      \(lines(expected))
      """
    return try Scenario(text: text).play(policy: try Self.policy(policy)).map(\.description)
  }

  /// How a scenario of the repository goes.
  static func course(_ name: String) throws -> Scenario.Course {
    let file = folder.appending(path: "scenarios/\(name).yaml")
    let scenario = try Scenario(text: String(contentsOf: file, encoding: .utf8), source: name)
    let policy = String(scenario.policy.dropLast(".yaml".count))
    return try #require(try scenario.course(policy: try Self.policy(policy)))
  }

  private static func lines(_ text: String) -> String {
    text.split(separator: "\n").map { "  - \"\($0)\"" }.joined(separator: "\n")
  }
}
