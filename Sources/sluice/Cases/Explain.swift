import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice explain`: why something stands where it stands, part by part.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a case, or why somebody has access or not.",
    subcommands: [ExplainCase.self, ExplainAccess.self]
  )
}

/// `sluice explain case`.
struct ExplainCase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "Explain how far a case has come and what would help.",
    discussion: "Example: sluice explain case 4"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The case: its number, its id or at least six digits of the id.")
  var `case`: String

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  func run() async throws {
    let page = try await place.open().deployment.explanation(of: `case`, at: at)
    rendering.show(page.text, json: page.explanation)
  }
}

/// `sluice explain access`.
struct ExplainAccess: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Explain why somebody may obtain a tier, or what is missing.",
    discussion: "Example: sluice explain access bob ana/tiny weights"
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The person, as person:NAME or NAME.")
  var person: PersonName

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The tier.")
  var tier: Tier.ID

  @Option(help: "As the log stood then; now, if not given.")
  var at: Instant?

  func run() async throws {
    let page = try await place.open().deployment.access(
      of: person.id,
      to: release,
      tier: tier,
      at: at
    )
    rendering.show(page.text, json: page.json)
  }
}
