import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice who`: who may obtain what at an instant.
struct WhoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who",
    abstract: "Show who may obtain what of a release.",
    discussion: "Example: sluice who ana/tiny --at 2026-11-26T00:00:00Z"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "Only this tier.")
  var tier: Tier.ID?

  @Option(help: "As it stood then; now, if not given.")
  var at: Instant?

  @OptionGroup var part: Part

  func run() async throws {
    let found = try await place.open().reading(as: reader.principal?.id).who(
      WhoQuestion(release: release, tier: tier, at: at),
      part.slice
    )
    rendering.show(Self.text(found.items), json: found.json)
    Part.tell(found.next, rendering)
  }

  static func text(_ found: [WhoLine]) -> String {
    guard !found.isEmpty else { return "Nobody may obtain any part of it." }
    return Table(
      headings: ["TIER", "WHO", "ORGANISATION", "GRANT", "SINCE", "UNTIL"],
      rows: found.map { line in
        [
          line.tier.rawValue, line.principal?.name ?? line.audience.text,
          line.organisation?.name ?? "", String(line.grant.rawValue.prefix(12)),
          line.since.description, line.until?.description ?? "no end",
        ]
      }
    ).text
  }
}
