import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice report`: what a release can show the world, and its board.
struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Print a report about a release: release, early-access, service-level, public-record.",
    discussion: "Example: sluice report service-level ana/tiny"
  )

  @OptionGroup var place: Where
  @OptionGroup var reader: Reader
  @OptionGroup var rendering: Rendering

  @Argument(
    help: "One of: \(ReportPage.Kind.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var report: ReportPage.Kind

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  func run() async throws {
    let page = try await place.open().reading(as: reader.principal?.id).report(
      report,
      of: release,
      at: at
    )
    rendering.show(page.text, json: page.json)
  }
}
