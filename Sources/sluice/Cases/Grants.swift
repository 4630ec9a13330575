import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice grants`: who may obtain what.
struct Grants: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List grants: who may obtain what, from when, until when.",
    discussion: "Example: sluice grants --release ana/tiny"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Option(help: "Only grants of this release, OWNER/NAME.")
  var release: Release.ID?

  @Flag(help: "Only your own.")
  var mine = false

  @Option(help: "As it stood then; now, if not given.")
  var at: Instant?

  func run() async throws {
    let found = try await place.open().reading(for: reader).grants(
      GrantFilter(release: release, isMine: mine, at: at)
    )
    rendering.show(Self.text(found), json: .object(["items": .array(found.map(\.json))]))
  }

  static func text(_ found: [GrantLine]) -> String {
    guard !found.isEmpty else { return "No grants." }
    return Table(
      headings: ["GRANT", "RELEASE", "WHO", "TIERS", "STATUS", "FROM", "UNTIL", "CASE"],
      rows: found.map { line in
        [
          String(line.id.rawValue.prefix(12)), line.release.rawValue, line.audience.text,
          line.tiers.map(\.rawValue).joined(separator: ", "), line.status.rawValue,
          line.notBefore.description, line.notAfter?.description ?? "no end",
          line.number.map(String.init) ?? "",
        ]
      }
    ).text
  }
}
