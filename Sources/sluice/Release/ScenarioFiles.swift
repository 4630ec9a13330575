import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceGovernance

/// Scenario files, and the policies that they name.
enum ScenarioFiles {
  /// A scenario beside a policy.
  struct Found {
    /// The file, from the folder of the policy.
    let name: String
    let path: String
    let text: String
  }

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

  /// The scenarios that name a policy and are kept beside it, or in a folder beside it, by name.
  ///
  /// Such a file names the policy's file, which it finds beside itself or in the folder above.
  static func besides(_ policy: String) throws -> [Found] {
    let folder = Files.url(policy).deletingLastPathComponent()
    var found: [Found] = []
    for name in try yaml(in: folder) { found += try scenario(name, in: folder, about: policy) }
    for below in try names(in: folder).filter({ isFolder($0, in: folder) }) {
      for name in try yaml(in: folder.appending(path: below)) {
        found += try scenario("\(below)/\(name)", in: folder, about: policy)
      }
    }
    return found.sorted { $0.name < $1.name }
  }

  private static func scenario(
    _ name: String,
    in folder: URL,
    about policy: String
  ) throws -> [Found] {
    let path = folder.appending(path: name).typed
    guard let text = String(bytes: try Files.bytes(at: path), encoding: .utf8) else { return [] }
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.contains(where: { $0.hasPrefix("sluice: scenario/") }) else { return [] }
    let named = lines.first { $0.hasPrefix("policy:") }?.dropFirst("policy:".count)
    let file = named.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'")) } ?? ""
    guard !file.isEmpty, let meant = try? Self.policy(file, near: path),
      place(meant) == place(policy)
    else { return [] }
    return [Found(name: name, path: path, text: text)]
  }

  /// A path in one spelling.
  private static func place(_ path: String) -> String {
    Files.url(path).absoluteURL.standardizedFileURL.typed
  }

  private static func yaml(in folder: URL) throws -> [String] {
    try names(in: folder).filter { name in
      (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !isFolder(name, in: folder)
    }
  }

  private static func names(in folder: URL) throws -> [String] {
    let path = folder.typed.isEmpty ? "." : folder.typed
    return try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func isFolder(_ name: String, in folder: URL) -> Bool {
    var isFolder: ObjCBool = false
    let path = folder.appending(path: name).typed
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
