import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice holds`: what is held.
struct Holds: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the holds that you may see.",
    discussion: "Example: sluice holds --release ana/tiny"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Option(help: "Only holds of this release, OWNER/NAME.")
  var release: Release.ID?

  @Flag(help: "Those that ended too.")
  var all = false

  func run() async throws {
    let found = try await place.open().reading(for: reader).holds(
      HoldFilter(release: release, includesEnded: all)
    )
    rendering.show(Self.text(found), json: .object(["items": .array(found.map(\.json))]))
  }

  static func text(_ found: [HoldLine]) -> String {
    guard !found.isEmpty else { return "No holds." }
    return Table(
      headings: ["HOLD", "RELEASE", "ON", "CODE", "SINCE", "UNTIL", "ENDED"],
      rows: found.map { line in
        [
          String(line.id.rawValue.prefix(12)), line.release.rawValue, line.subject.description,
          line.code.rawValue, line.placedAt.description, line.until?.description ?? "no end",
          line.isActive ? "" : line.liftedAt?.description ?? "yes",
        ]
      }
    ).text
  }
}
