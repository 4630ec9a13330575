import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice policy adopt`: propose the next version of policy, roster or both.
struct PolicyAdopt: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Propose the next version of a policy, of a roster or of both.",
    discussion: """
      Checks the files first and shows which past cases would have come out otherwise. The old
      authority and the new one both have to approve. The texts that the policy names lie beside it.
      Example: sluice policy adopt ana/tiny --policy policy.yaml --roster roster.yaml
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "The policy file; without it the policy stays.", completion: .file())
  var policy: String?

  @Option(help: "The roster file; without it the roster stays.", completion: .file())
  var roster: String?

  @Flag(help: "File as service:clerk, so that one person less is needed (only with --home).")
  var clerk = false

  var isClerks: Bool { clerk }

  func validate() throws {
    guard policy != nil || roster != nil else {
      throw ValidationError("name what changes: --policy FILE, --roster FILE or both")
    }
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    var terms: [Terms.ID: String] = [:]
    let page = try await place.deployment.release(release)
    let people = try roster.map { path in
      try Self.read(path, after: page.rosterSHA256) { try PolicyFiles.roster(at: path) }
    }
    if let path = policy {
      let policy = try Self.read(path, after: page.policySHA256) {
        try PolicyFiles.policy(at: path)
      }
      let texts = try PolicyFiles.texts(of: policy, besides: path)
      let faults = policy.check(roster: people, at: Clock.now()) + policy.check(files: texts)
      let errors = faults.filter(\.isError)
      guard errors.isEmpty else { throw PolicyFaults(faults: errors) }
      for warning in faults { rendering.tell(warning.description) }
      for text in policy.terms {
        terms[text.id] = texts[text.file].map { String(decoding: $0, as: UTF8.self) }
      }
      let replay = try await place.deployment.replay(
        ReplayQuestion(policy: policy.text),
        of: release
      )
      rendering.tell(PolicyDiff.text(replay))
    }
    let proposal = Verb.Proposal(
      policy: try policy.map { try Files.text(at: $0) },
      roster: try roster.map { try Files.text(at: $0) },
      terms: terms
    )
    return Instruction(.adopt(proposal), release: release)
  }

  /// Reads a file; if all that it lacks is the digest of the version in force, says which.
  private static func read<Version>(
    _ path: String,
    after digest: SHA256Digest,
    _ read: () throws -> Version
  ) throws -> Version {
    do { return try read() } catch let faults as PolicyFaults {
      let isUnnamed = faults.faults.contains { $0.code == "P016" && $0.path == "previous" }
      guard isUnnamed else { throw faults }
      throw Keygen.Failure(
        detail: faults.faults.map(\.description).joined(separator: "\n"),
        next: ["Write into \(path) what is in force: previous: \(digest.hex)"]
      )
    }
  }
}
