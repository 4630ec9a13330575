import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceProof
import SluiceServer
import SluiceWeights

/// `sluice verify`: whether this is what was registered, and computes what was recorded.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify a downloaded tier: bytes, inventory and what the model computes.",
    discussion: """
      A line a level. Exit status 0 only if every level that ran is exact and level 1 is among them.
      Example: sluice verify ./tiny --public-key release.pub.pem
      """
  )

  @OptionGroup var rendering: Rendering

  @Argument(help: "The directory that was received.", completion: .directory)
  var directory: String

  @Option(help: "Levels 0 to N must run: 0 container, 1 bytes, 2 inventory, 4 function.")
  var level: Int?

  @Option(help: "The publisher's public key, in PEM.", completion: .file())
  var publicKey: String?

  @Option(help: "The daemon that is trusted to name the key (or SLUICE_SERVER).")
  var server: String?

  @Flag(help: "Take close for exact: within the recorded tolerance.")
  var acceptClose = false

  func run() async throws {
    if let level, ![0, 1, 2, 4].contains(level) {
      throw ValidationError("--level is 0, 1, 2 or 4 in this version")
    }
    let folder = Files.url(directory)
    let verification = Verification(folder: folder, key: try await key(), rendering: rendering)
    let reports = try await verification.reports()
    let wanted = reports.filter { $0.level <= level ?? 5 }
    let isGood = Self.isGood(wanted, through: level, acceptsClose: acceptClose)
    rendering.show(
      Self.text(wanted, isGood: isGood),
      json: .object([
        "levels": .array(wanted.map(\.json)), "verdict": .string(isGood ? "exact" : "failed"),
      ])
    )
    if !isGood { throw ExitCode(1) }
  }

  /// Whether every level that was asked for, or could run, found what was registered.
  static func isGood(_ reports: [LevelReport], through level: Int?, acceptsClose: Bool) -> Bool {
    let passing: Set<Verdict> = acceptsClose ? [.exact, .close] : [.exact]
    let demanded = reports.filter { report in
      level.map { report.level <= $0 } ?? ![.notExecutable, .notRun].contains(report.verdict)
    }
    return demanded.allSatisfy { passing.contains($0.verdict) }
      && (level.map { $0 < 1 } ?? false || demanded.contains { $0.level == 1 })
  }

  static func text(_ reports: [LevelReport], isGood: Bool) -> String {
    let rows = reports.map { report in
      ["level \(report.level)", report.name, report.verdict.rawValue, report.detail]
    }
    return Table(headings: ["LEVEL", "NAME", "VERDICT", "DETAIL"], rows: rows).text + "\n"
      + (isGood ? "verified to the levels shown" : "NOT VERIFIED")
  }

  /// The key that the reader trusts: a file, else, with a warning, what a server names.
  private func key() async throws -> ReleasePublicKey? {
    if let publicKey {
      let text = try Files.text(at: publicKey)
      return try ReleasePublicKey(pem: text)
    }
    let settings = try Settings.current()
    guard let server = server ?? settings.server else { return nil }
    let transport = try HTTPTransport.transport(to: server, token: try settings.token(for: server))
    let standing = try await RemoteDeployment(transport: transport).standing()
    guard let pem = standing.releaseKeys.last else { return nil }
    rendering.tell(
      "warning: the key is taken from \(server); this shows that the files are what that server signed"
    )
    return try ReleasePublicKey(pem: pem)
  }
}

/// All levels that can be run on a directory.
struct Verification {
  let folder: URL
  let key: ReleasePublicKey?
  let rendering: Rendering

  /// A line a level, in order.
  func reports() async throws -> [LevelReport] {
    let path = folder.path(percentEncoded: false)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { throw Malformed("verify", "\(path) is not a directory") }
    let check = CheckpointCheck(path)
    return [
      try check.container(), try await bytes(), try check.inventory(), try check.function(),
    ]
  }

  /// Level 1: the signature, then every listed file's size and digest; other files are named.
  private func bytes() async throws -> LevelReport {
    let file = folder.appending(path: Manifest.bundlePath)
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
      return LevelReport(level: 1, .notRun, "no \(Manifest.bundlePath)")
    }
    guard let key else {
      return LevelReport(level: 1, .notRun, "no public key; give one with --public-key or --server")
    }
    let manifest: Manifest
    do {
      let bundle = try ModelBundle(bytes: Array(try Data(contentsOf: file)))
      manifest = try bundle.verify(with: key)
    } catch let fault as ManifestFault {
      return LevelReport(level: 1, .different, "\(fault)")
    } catch let fault as Malformed {
      return LevelReport(level: 1, .different, "\(fault)")
    }
    let total = manifest.resources.reduce(0) { $0 + ($1.size ?? 0) }
    let progress = rendering.progress("verify", total: total)
    var before = 0
    for resource in manifest.resources {
      let done = before
      let fault = try difference(of: resource) { read in
        Task { await progress.reach(done + read, of: total) }
      }
      if let fault {
        await progress.end()
        return LevelReport(level: 1, .different, fault)
      }
      before += resource.size ?? 0
    }
    await progress.end()
    let listed = Set(manifest.resources.map(\.path))
    let others = try Selection(of: folder).files.map(\.path).filter { !listed.contains($0) }
    return LevelReport(
      level: 1,
      .exact,
      "\(manifest.resources.count) files of \(manifest.model), manifest \(manifest.digest.hex.prefix(12))"
        + (others.isEmpty ? "" : "; not covered: \(others.joined(separator: ", "))")
    )
  }

  private func difference(
    of resource: Manifest.Resource,
    progress: (Int) -> Void
  ) throws -> String? {
    let path = folder.appending(path: resource.path).path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else { return "\(resource.path) is missing" }
    let found = try FileHash.sha256(of: path, progress: progress)
    guard found.digest == resource.sha256 else {
      return
        "\(resource.path) has SHA-256 \(found.digest.hex), registered is \(resource.sha256.hex)"
    }
    return nil
  }
}
