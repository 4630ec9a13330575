import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice policy diff`: what makes one policy or roster of another, and which past cases a policy would
/// change.
struct PolicyDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract:
      "Show how two policies, or two rosters, differ, and what would have come out otherwise.",
    discussion: """
      Of rosters it is told who comes into a role or leaves it, and whose keys change. With --replay the cases of a release are judged again under the later policy; nothing is
      written.
      Example: sluice policy diff old.yaml new.yaml --replay ana/tiny
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The earlier policy or roster file.", completion: .file())
  var old: String

  @Argument(help: "The later policy or roster file.", completion: .file())
  var new: String

  @Option(help: "Judge the past cases of this release again, OWNER/NAME.")
  var replay: Release.ID?

  func run() async throws {
    if let before = PolicyFiles.rosterIfAny(at: old), let after = PolicyFiles.rosterIfAny(at: new) {
      guard replay == nil else {
        throw ValidationError("--replay goes with two policies, and these are rosters")
      }
      let differences = after.differences(from: before)
      return rendering.show(
        differences.report,
        json: .object(["differences": .array(differences.map(\.json)), "replay": .array([])])
      )
    }
    let later = try PolicyFiles.policy(at: new)
    let differences = later.differences(from: try PolicyFiles.policy(at: old))
    var lines: [ReplayLine] = []
    if let replay {
      let question = ReplayQuestion(policy: later.text)
      lines = try await place.open().deployment.replay(question, of: replay)
    }
    var text = differences.report
    if replay != nil { text += "\n" + Self.text(lines) }
    rendering.show(
      text,
      json: .object([
        "differences": .array(differences.map(\.json)), "replay": .array(lines.map(\.json)),
      ])
    )
  }

  static func text(_ lines: [ReplayLine]) -> String {
    guard !lines.isEmpty else { return "replay: no past case would have come out otherwise" }
    return Table(
      headings: ["CASE", "WHAT", "WAS", "WOULD BE"],
      rows: lines.map { line in
        [
          "\(line.number)", line.summary, line.before.rawValue,
          line.after?.rawValue ?? "without a gate",
        ]
      }
    ).text
  }
}

extension Policy.Difference {
  /// `{"after"?,"before"?,"path"}`.
  var json: JSONValue {
    var members: JSONObject = ["path": .string(path)]
    members["after"] = after.map { .string($0) }
    members["before"] = before.map { .string($0) }
    return .object(members)
  }
}
