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

  /// A roster in which the person holds every role, and the clerk those that approve openings.
  private func roster(for policy: [UInt8]) throws -> String {
    let policy = try Policy(text: String(decoding: policy, as: UTF8.self))
    let clerk = try local.home.clerk().publicKey.line
    let stewards = policy.governance.stewards
    let roles = policy.roles.map { role in
      "  \(role): [\(person)\(role == stewards ? "" : ", \(Speaker.clerk)")]"
    }
    return """
      # Who decides about \(release). Edit it to appoint a second person.
      sluice: roster/1
      id: \(policy.id)
      version: 1
      principals:
        \(person): {keys: ["\(key.publicKey.line)"]}
        \(Speaker.clerk): {keys: ["\(clerk)"]}
      roles:
      \(roles.joined(separator: "\n"))

      """
  }
}
