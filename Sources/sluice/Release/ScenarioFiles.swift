import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceGovernance

/// Scenario files, and the policies that they name.
enum ScenarioFiles {
  /// The file of a policy that a scenario names, beside the scenario or in the folder above.
  static func policy(_ name: String, near file: String) throws -> String {
    let folder = Files.url(file).deletingLastPathComponent()
    let places = [folder, folder.deletingLastPathComponent()].map { $0.appending(path: name) }
    guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0.typed) })
    else {
      throw ValidationError("\(file): no policy \(name) beside it or in the folder above")
    }
    return found.typed
  }

  /// The policies that a scenario proposes in its course, by the names that it has for them: as written.
  static func laterPolicies(
    of scenario: Scenario,
    near file: String
  ) throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in scenario.laterPolicies {
      texts[name] = try Files.text(at: try policy(name, near: file))
    }
    return texts
  }

  /// Plays a scenario under a policy.
  ///
  /// - Returns: The lines that do not hold.
  static func play(
    _ scenario: Scenario,
    under policy: Policy,
    later texts: [String: String],
    terms: [Terms.ID: SHA256Digest]
  ) throws -> [Scenario.Failure] {
    var later: [String: Policy] = [:]
    for (name, text) in texts { later[name] = try Policy(text: text, source: name) }
    return try scenario.play(policy: policy, later: later, terms: terms)
  }

  /// The digests of the texts that a policy names, as far as they are there.
  static func terms(of policy: Policy, _ texts: [String: [UInt8]]) -> [Terms.ID: SHA256Digest] {
    var terms: [Terms.ID: SHA256Digest] = [:]
    for text in policy.terms { terms[text.id] = texts[text.file].map { SHA256Digest(of: $0) } }
    return terms
  }
}
