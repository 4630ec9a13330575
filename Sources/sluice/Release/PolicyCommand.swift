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
      Exit status 0: clean; 1: errors; 3: warnings only.
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
    let errors = faults.filter { $0.code.hasPrefix("P") }
    let verdict =
      faults.isEmpty
      ? "clean" : "\(errors.count) errors, \(faults.count - errors.count) warnings"
    rendering.show(
      (faults.map(\.description) + ["\(file): \(verdict)"]).joined(separator: "\n"),
      json: .object(["items": .array(faults.map(\.json))])
    )
    if !errors.isEmpty { throw ExitCode(1) }
    if !faults.isEmpty { throw ExitCode(3) }
  }

  private func faults() throws -> [PolicyFault] {
    do {
      let policy = try PolicyFiles.policy(at: file)
      let roster = try roster.map { try PolicyFiles.roster(at: $0) }
      let texts = try PolicyFiles.texts(of: policy, besides: file)
      return policy.check(roster: roster, at: Clock.now()) + policy.check(files: texts)
    } catch let faults as PolicyFaults {
      return faults.faults
    }
  }
}

/// `sluice policy digest`: the name by which statements know a policy.
struct PolicyDigest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Print the SHA-256 of the canonical form of a policy, or of a roster.",
    discussion: "Example: sluice policy digest policy.yaml"
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
    let folder = URL(filePath: path).deletingLastPathComponent()
    var texts: [String: [UInt8]] = [:]
    for terms in policy.terms {
      let file = folder.appending(path: terms.file)
      guard FileManager.default.fileExists(atPath: file.typed) else { continue }
      texts[terms.file] = Array(try Data(contentsOf: file))
    }
    return texts
  }
}

extension PolicyFault {
  fileprivate var json: JSONValue {
    .object([
      "code": .string(code), "column": .integer(column), "line": .integer(line),
      "message": .string(message), "path": .string(path),
    ])
  }
}
