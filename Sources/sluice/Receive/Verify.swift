import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceWeights

/// `sluice verify`: whether this is what was registered, and computes what was recorded.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify a downloaded tier: bytes, inventory and what the model computes.",
    discussion: """
      A line a level. Exit status 0 only if every level that ran is exact and level 1 is among them.
      Level 1 fails for a file that the signature does not cover: give each tier a folder of its own.
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

  @Option(help: "The release that it must be, OWNER/NAME.")
  var release: Release.ID?

  @Option(help: "The tier that it must be.")
  var tier: Tier.ID?

  @Flag(help: "Take close for exact: within the recorded tolerance.")
  var acceptClose = false

  func run() async throws {
    if let level, ![0, 1, 2, 4].contains(level) {
      throw ValidationError("--level is 0, 1, 2 or 4 in this version")
    }
    if level == 0, release != nil || tier != nil {
      throw ValidationError("--release and --tier are told by the signature, which level 1 reads")
    }
    let verification = Verification(
      folder: Files.url(directory),
      key: try await key(),
      expected: .init(release: release, tier: tier),
      rendering: rendering
    )
    let reports = try await verification.reports().filter { $0.level <= level ?? 5 }
    let outcome = Outcome(of: reports, through: level, acceptsClose: acceptClose)
    rendering.show(
      outcome.text,
      json: .object([
        "levels": .array(reports.map(\.json)), "verdict": .string(outcome.verdict),
      ])
    )
    if !outcome.isGood { throw ExitCode(1) }
  }

  /// What the levels come to together.
  struct Outcome {
    let reports: [LevelReport]
    /// Whether every level that was asked for, or could run, found what was registered.
    let isGood: Bool
    /// The worst verdict that passed, else `failed`.
    let verdict: String

    init(of reports: [LevelReport], through level: Int?, acceptsClose: Bool) {
      let passing: Set<Verdict> = acceptsClose ? [.exact, .close] : [.exact]
      let demanded = reports.filter { report in
        level.map { report.level <= $0 } ?? ![.notExecutable, .notRun].contains(report.verdict)
      }
      self.reports = reports
      isGood =
        demanded.allSatisfy { passing.contains($0.verdict) }
        && (level.map { $0 < 1 } ?? false || demanded.contains { $0.level == 1 })
      let worst: Verdict = demanded.contains { $0.verdict == .close } ? .close : .exact
      verdict = isGood ? worst.rawValue : "failed"
    }

    var text: String {
      let rows = reports.map { report in
        ["level \(report.level)", report.name, report.verdict.rawValue, report.detail]
      }
      let verified = "verified to the levels shown" + (verdict == "exact" ? "" : ", not all exact")
      return Table(headings: ["LEVEL", "NAME", "VERDICT", "DETAIL"], rows: rows).text + "\n"
        + (isGood ? verified : "NOT VERIFIED")
    }
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
