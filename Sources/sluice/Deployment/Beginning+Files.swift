import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

extension Beginning {
  /// The folder with policy, roster and texts, written unless they are there.
  func folder() throws -> URL {
    let folder = local.home.folder.appending(path: "releases/\(release)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "terms"),
      withIntermediateDirectories: true
    )
    var files: [String: [UInt8]] = [:]
    if let policy {
      files["policy.yaml"] = try Files.bytes(at: policy)
      let texts = try PolicyFiles.texts(of: try PolicyFiles.policy(at: policy), besides: policy)
      for (name, text) in texts { files[name] = text }
    } else {
      files["policy.yaml"] = PackageResources.single_steward_yaml
      files["terms/use.md"] = PackageResources.use_md
    }
    files["roster.yaml"] = Array(try roster(for: files["policy.yaml"] ?? []).utf8)
    for (name, bytes) in files {
      let file = folder.appending(path: name)
      guard !Files.exists(file) else { continue }
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: file, options: .atomic)
    }
    return folder
  }

  /// Refuses a policy that quickstart cannot begin with, before anything is made.
  ///
  /// - Throws: `PolicyFaults`, which name the file as it was typed, or a `Refusal`.
  static func check(
    policy path: String,
    for release: Release.ID,
    by person: Principal.ID,
    with key: Keygen.Key
  ) throws {
    let policy = try PolicyFiles.policy(at: path)
    for tier in tiers where policy.tier(tier) == nil {
      throw Refusal.unfit("\(path) has no tier \(tier), which quickstart binds")
    }
    // Which key the clerk will have is not known yet, and makes no difference.
    let seed = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    let clerk = try Ed25519Signer(seed: seed).publicKey.line
    let roster = try Roster(
      text: roster(of: person, key.publicKey.line, clerk: clerk, for: policy, release),
      source: "the roster"
    )
    let texts = try PolicyFiles.texts(of: policy, besides: Files.url(path).typed)
    let faults =
      policy.check(roster: roster) + policy.check(files: texts) + policy.check(adopted: nil)
    let errors = faults.filter(\.isError)
    guard errors.isEmpty else { throw PolicyFaults(faults: errors) }
  }

  private func roster(for policy: [UInt8]) throws -> String {
    Self.roster(
      of: person,
      key.publicKey.line,
      clerk: try local.home.clerk().publicKey.line,
      for: try Policy(text: String(decoding: policy, as: UTF8.self)),
      release
    )
  }

  /// A roster in which the person holds every role, and the clerk those that approve openings.
  private static func roster(
    of person: Principal.ID,
    _ key: String,
    clerk: String,
    for policy: Policy,
    _ release: Release.ID
  ) -> String {
    let stewards = policy.governance.stewards
    let roles = policy.roles.map { role in
      "  \(role): [\(person)\(role == stewards ? "" : ", \(Speaker.clerk)")]"
    }
    return """
      # Who decides about \(release). Nobody counts in what they file themselves, nor in the lifting
      # of a hold that they placed. To appoint a second one: add the person here and to each role,
      # write version: 2 and previous: (the digest that `sluice policy digest` prints for this file as
      # it is now), then: sluice policy adopt \(release) --roster FILE --clerk, and approve the case.
      sluice: roster/1
      id: \(policy.id)
      version: 1
      principals:
        \(person): {keys: ["\(key)"]}
        \(Speaker.clerk): {keys: ["\(clerk)"]}
      roles:
      \(roles.joined(separator: "\n"))

      """
  }
}
