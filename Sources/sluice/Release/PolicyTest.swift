import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceGovernance

/// `sluice policy test`: play the scenarios that are kept beside a policy.
struct PolicyTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Play scenario files: who did what and when, and what must follow.",
    discussion: """
      Each file names its policy, which lies beside it or in the folder above. Exit status 0 only if
      every line holds.
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
      let path = try Self.find(scenario.policy, near: file)
      let policy = try PolicyFiles.policy(at: path)
      let later = try scenario.laterPolicies.map { name in
        (name, try PolicyFiles.policy(at: try Self.find(name, near: file)))
      }
      let texts = try PolicyFiles.texts(of: policy, besides: path)
      var terms: [Terms.ID: SHA256Digest] = [:]
      for text in policy.terms {
        terms[text.id] = texts[text.file].map { SHA256Digest(of: $0) }
      }
      failures += try scenario.play(
        policy: policy,
        later: Dictionary(later, uniquingKeysWith: { first, _ in first }),
        terms: terms
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

  /// The file of a policy, beside the scenario or in the folder above.
  private static func find(_ name: String, near file: String) throws -> String {
    let folder = Files.url(file).deletingLastPathComponent()
    let places = [folder, folder.deletingLastPathComponent()].map { $0.appending(path: name) }
    guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0.typed) })
    else {
      throw ValidationError("\(file): no policy \(name) beside it or in the folder above")
    }
    return found.typed
  }
}
