import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice evidence`: what was measured about the tiers of a release.
struct EvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Put measurements on record, compute, confirm and list them.",
    discussion: "Example: sluice evidence list ana/tiny",
    subcommands: [
      EvidenceAdd.self, EvidenceCompute.self, EvidenceConfirm.self, EvidenceList.self,
    ]
  )
}

/// `sluice evidence list`: the measurements on record.
struct EvidenceList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what was measured, by whom, and who confirmed it.",
    discussion: "Example: sluice evidence list ana/tiny"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  func run() async throws {
    let found = try await place.open().reading(for: reader).evidence(
      EvidenceFilter(release: release)
    )
    rendering.show(Self.text(found), json: .object(["items": .array(found.map(\.json))]))
  }

  static func text(_ found: [EvidenceLine]) -> String {
    guard !found.isEmpty else { return "No evidence." }
    return Table(
      headings: ["EVIDENCE", "KIND", "ABOUT", "METRICS", "BY", "AT", "CONFIRMED BY"],
      rows: found.map { line in
        [
          String(line.id.rawValue.prefix(12)), line.kind,
          line.tiers.map(\.rawValue).joined(separator: ", "),
          line.metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            .joined(separator: ", "),
          line.by?.name ?? "not shown", line.at.description,
          line.confirmations.map { $0.by?.name ?? "not shown" }.joined(separator: ", "),
        ]
      }
    ).text
  }
}
