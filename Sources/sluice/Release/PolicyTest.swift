import ArgumentParser
import SluiceEncoding
import SluiceGovernance

/// `sluice policy test`: play the scenarios that are kept beside a policy.
struct PolicyTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Play scenario files: who did what and when, and what must follow.",
    discussion: """
      Each file names its policy, which lies beside it or in the folder above. Exit status 0 only if
      every line holds. Reads files alone, and needs no deployment.
      Example: sluice policy test scenarios/weights-alone.yaml
      """
  )

  @Argument(help: "The scenario files.", completion: .file())
  var files: [String]

  @OptionGroup var rendering: Rendering

  func run() throws {
    var failures: [Scenario.Failure] = []
    for file in files {
      let scenario = try Scenario(text: try Files.text(at: file), source: file)
      let path = try ScenarioFiles.policy(scenario.policy, near: file)
      let policy = try PolicyFiles.policy(at: path)
      failures += try ScenarioFiles.play(
        scenario,
        under: policy,
        later: try ScenarioFiles.laterPolicies(of: scenario, near: file),
        terms: ScenarioFiles.terms(of: policy, try PolicyFiles.texts(of: policy, besides: path))
      )
    }
    let verdict =
      failures.isEmpty
      ? "\(files.count) \(files.count == 1 ? "scenario holds" : "scenarios hold")"
      : "\(failures.count) \(failures.count == 1 ? "line does" : "lines do") not hold"
    rendering.show(
      (failures.map(\.description) + [verdict]).joined(separator: "\n"),
      json: .object([
        "failures": .array(
          failures.map { failure in
            .object([
              "file": .string(failure.source), "found": .string(failure.found),
              "line": .integer(failure.line), "sentence": .string(failure.sentence),
            ])
          }
        ),
        "scenarios": .integer(files.count),
      ])
    )
    if !failures.isEmpty { throw ExitCode(1) }
  }
}
