import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice download`: fetch what you are cleared for, and verify it while it arrives.
struct Download: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Download a tier: parallel, resumable, verified while it is written.",
    discussion: """
      Leaves the files, model.sig and sluice-record.json, which `sluice verify` needs.
      Example: sluice download ana/tiny --tier weights --server http://127.0.0.1:8080
      """
  )

  @OptionGroup var rendering: Rendering

  @Option(help: "The daemon's address (or SLUICE_SERVER).")
  var server: String?

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "The tier; the newest that is open to you by default.")
  var tier: Tier.ID?

  @Option(help: "The folder to write to; default: the release's name.", completion: .directory)
  var to: String?

  @Flag(help: "Replace files that no earlier download left.")
  var overwrite = false

  @Option(help: "How many files at once.")
  var jobs = 4

  func run() async throws {
    let settings = try Settings.current()
    guard let server = server ?? settings.server else {
      throw ValidationError("--server URL is needed (or SLUICE_SERVER)")
    }
    guard (1...16).contains(jobs) else { throw ValidationError("--jobs is from 1 to 16") }
    let token = try settings.token(for: server)
    let deployment = RemoteDeployment(
      transport: try HTTPTransport.transport(to: server, token: token)
    )
    let page = try await deployment.release(release)
    let line = try chosen(page)
    // Asked first, because the answer comes with its code and the next act; bytes are refused anyway.
    let access = try await deployment.access(of: nil, to: release, tier: line.tier, at: nil)
    if let problem = access.problem { throw Refused(problem: problem) }
    let folder = Files.url(to ?? String(release.rawValue.split(separator: "/").last ?? "model"))
    let fetching = Fetching(
      deployment: deployment,
      server: server,
      token: token,
      release: release,
      tier: line.tier,
      folder: folder,
      overwrites: overwrite,
      progress: rendering.progress("download \(line.tier)", total: line.bytes)
    )
    try await fetching.fetch(line.files, jobs: jobs)
    rendering.show(
      """
      received \(release) tier \(line.tier): \(line.files.count) files, \(readable(line.bytes)), in \(folder.typed)
      next: \(Typed.command("verify", folder.typed))
      """,
      json: .object([
        "bytes": .integer(line.bytes), "directory": .string(folder.typed),
        "files": .integer(line.files.count), "tier": .string(line.tier.rawValue),
      ])
    )
  }

  private func chosen(_ page: ReleasePage) throws -> TierLine {
    if let tier {
      guard let line = page.tier(tier) else {
        let advice = Spelling.advice(on: tier.rawValue, among: page.tiers.map(\.tier.rawValue))
        throw Refusal.unfit("\(release) has no tier \(tier); \(advice)")
      }
      guard line.manifest != nil, !line.files.isEmpty else { throw Refusal.tierUnbound(tier) }
      return line
    }
    let open = page.tiers.filter { $0.isOpen && !$0.files.isEmpty }
    guard let line = open.last(where: { $0.kind == .weights }) ?? open.last else {
      throw Refusal.noGrant(pending: nil)
    }
    return line
  }
}
