import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice release list`: which releases there are.
struct ReleaseList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the releases that you may know of.",
    discussion: "Example: sluice release list"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  func run() async throws {
    let found = try await place.open().reading(for: reader).releases()
    rendering.show(Self.text(found), json: .object(["items": .array(found.map(\.json))]))
  }

  static func text(_ found: [ReleaseLine]) -> String {
    guard !found.isEmpty else { return "No releases." }
    return Table(
      headings: ["RELEASE", "VERSION", "FOR EVERYONE", "ON REQUEST", "PUBLIC SINCE", "TITLE"],
      rows: found.map { line in
        [
          line.release.rawValue, line.version.map(String.init) ?? "proposed",
          names(line.everyone), names(line.gated), line.publicSince?.description ?? "not public",
          line.title,
        ]
      }
    ).text
  }

  private static func names(_ tiers: [Tier.ID]) -> String {
    tiers.isEmpty ? "none" : tiers.map(\.rawValue).joined(separator: ", ")
  }
}
