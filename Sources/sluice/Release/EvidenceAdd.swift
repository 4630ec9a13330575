import ArgumentParser
import Foundation
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice evidence add`: put a measurement of a tier on record.
struct EvidenceAdd: Speaking {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put a measurement of a tier on record.",
    discussion: """
      Metrics are decimals. Attachments are kept by their digests; with --publish everybody may read
      them once the release is public.
      Example: sluice evidence add ana/tiny weights --kind detectability --metric accuracy=0.94 --method "see card"
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var who: Who
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The tier.")
  var tier: Tier.ID

  @Option(help: "The kind of evidence, as policies name it.")
  var kind: String

  @Option(name: .customLong("metric"), help: "NAME=DECIMAL; may be given more than once.")
  var metrics: [Assignment] = []

  @Option(help: "How it was measured.")
  var method = ""

  @Option(name: .customLong("attach"), help: "A file that belongs to it.", completion: .file())
  var attach: [String] = []

  @Flag(help: "Whether everybody may read the attachments once the release is public.")
  var publish = false

  func attachments() throws -> [SHA256Digest: [UInt8]] {
    Dictionary(try files().map { ($0.digest, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }

  private func files() throws -> [(name: String, digest: SHA256Digest, bytes: [UInt8])] {
    try attach.map { path in
      let bytes = Array(try Data(contentsOf: Files.url(path)))
      return (Files.url(path).lastPathComponent, SHA256Digest(of: bytes), bytes)
    }
  }

  func instruction(at place: Where.Place) async throws -> Instruction {
    let finding = Statement.Finding(
      kind: kind,
      metrics: Assignment.map(metrics),
      method: method,
      attachments: Dictionary(
        try files().map { ($0.name, $0.digest) },
        uniquingKeysWith: { first, _ in first }
      ),
      publishes: publish
    )
    return Instruction(.evidence(tier, finding), release: release)
  }
}
