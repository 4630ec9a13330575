import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceGovernance

/// `sluice policy`: look at policy files without a deployment.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check, compare, show and adopt policies.",
    discussion: "Example: sluice policy check policy.yaml",
    subcommands: [
      PolicyCheck.self, PolicyTest.self, PolicyDigest.self, PolicyDiff.self, PolicyShow.self,
      PolicyAdopt.self,
    ]
  )
}

/// `sluice policy check`: all errors and warnings at once, each with line and column.
struct PolicyCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Print what is wrong or doubtful about a policy.",
    discussion: """
      Exit status 0: clean; 1: errors; 3: warnings only. Reads files alone, and needs no deployment.
      Example: sluice policy check policy.yaml --roster roster.yaml
      """
  )

  @Argument(help: "The policy file.", completion: .file())
  var file: String

  @Option(help: "The roster with which it is to be adopted.", completion: .file())
  var roster: String?

  @OptionGroup var rendering: Rendering

  func run() throws {
    let faults = try self.faults()
    let errors = faults.filter(\.isError)
    rendering.show(
      (faults.map(\.description) + sums(of: faults)).joined(separator: "\n"),
      json: .object(["items": .array(faults.map(\.json))])
    )
    if !errors.isEmpty { throw ExitCode(1) }
    if !faults.isEmpty { throw ExitCode(3) }
  }

  /// How many of each file; of the roster only where something is wrong in it.
  private func sums(of faults: [PolicyFault]) -> [String] {
    let files = [file] + [roster].compactMap { $0 }.filter { $0 != file }
    return files.compactMap { file in
      let found = faults.filter { $0.source == file }
      let errors = found.count { $0.isError }
      guard !found.isEmpty || file == self.file else { return nil }
      return found.isEmpty
        ? "\(file): clean" : "\(file): \(errors) errors, \(found.count - errors) warnings"
    }
  }

  private func faults() throws -> [PolicyFault] {
    let review = PolicyReview(text: try Files.text(at: file), source: file)
    let people = try roster.map { (text: try Files.text(at: $0), source: $0) }
    return review.faults(
      roster: people,
      files: try PolicyFiles.texts(review.files, besides: file),
      at: Clock.now()
    )
  }
}

/// `sluice policy digest`: the name by which statements know a policy.
struct PolicyDigest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Print the SHA-256 of the canonical form of a policy, or of a roster.",
    discussion: """
      Reads files alone, and needs no deployment.
      Example: sluice policy digest policy.yaml
      """
  )

  @Argument(help: "The policy file, or a roster file.", completion: .file())
  var file: String

  @Flag(help: "Print the canonical form itself instead; it is JSON.")
  var canonical = false

  @OptionGroup var rendering: Rendering

  func run() throws {
    let policy: Policy
    do { policy = try PolicyFiles.policy(at: file) } catch let faults as PolicyFaults {
      guard let roster = PolicyFiles.rosterIfAny(at: file) else { throw faults }
      return show(roster)
    }
    rendering.show(
      canonical ? String(decoding: policy.canonical, as: UTF8.self) : policy.digest.hex,
      json: .object([
        "id": .string(policy.id), "policy_sha256": .string(policy.digest.hex),
        "version": .integer(policy.version),
      ])
    )
  }
}

extension PolicyDigest {
  /// A roster has a digest of its own kind, which its next version names as `previous`.
  private func show(_ roster: Roster) {
    rendering.tell("\(file) is a roster, version \(roster.version) of \(roster.id); its digest:")
    rendering.show(
      canonical ? String(decoding: roster.canonical, as: UTF8.self) : roster.digest.hex,
      json: .object([
        "id": .string(roster.id), "roster_sha256": .string(roster.digest.hex),
        "version": .integer(roster.version),
      ])
    )
  }
}

/// Policies, rosters and the texts beside them, read from files.
enum PolicyFiles {
  static func policy(at path: String) throws -> Policy {
    try Policy(text: try Files.text(at: path), source: path)
  }

  static func roster(at path: String) throws -> Roster {
    try Roster(text: try Files.text(at: path), source: path)
  }

  /// The roster in a file; `nil` if it is none.
  static func rosterIfAny(at path: String) -> Roster? {
    do { return try roster(at: path) } catch { return nil }
  }

  /// The texts that a policy names, by the paths it names them with; they lie beside the policy.
  static func texts(of policy: Policy, besides path: String) throws -> [String: [UInt8]] {
    try self.texts(policy.terms.map(\.file), besides: path)
  }

  /// Those of some files that are there, by the paths below the folder of a policy.
  static func texts(_ names: [String], besides path: String) throws -> [String: [UInt8]] {
    let folder = URL(filePath: path).deletingLastPathComponent()
    var texts: [String: [UInt8]] = [:]
    for name in names {
      let file = folder.appending(path: name)
      guard FileManager.default.fileExists(atPath: file.typed) else { continue }
      texts[name] = Array(try Data(contentsOf: file))
    }
    return texts
  }
}

extension PolicyFault {
  fileprivate var json: JSONValue {
    .object([
      "code": .string(code), "column": .integer(column), "file": .string(source),
      "line": .integer(line),
      "message": .string(message), "path": .string(path),
    ])
  }
}
