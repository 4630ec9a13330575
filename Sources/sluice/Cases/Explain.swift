import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice explain`: why something stands where it stands, part by part.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a case, or why somebody has access or not.",
    discussion: "Example: sluice explain case 4",
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

  @OptionGroup var supposing: Supposing

  func run() async throws {
    let question = ExplanationQuestion(at: at, supposing: try supposing.supposition)
    let place = try await place.open()
    try await place.requireKnown(question.supposing)
    let page = try await place.deployment.explanation(of: `case`, question)
    var text = page.text
    if !rendering.json, let proposal = try await place.deployment.proposal(of: `case`) {
      text += "\n\n" + proposal.text
    }
    rendering.show(text, json: page.explanation)
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

  @OptionGroup var supposing: Supposing

  func run() async throws {
    let place = try await place.open()
    let supposition = try supposing.supposition
    try await place.requireKnown(person.id)
    try await place.requireKnown(supposition)
    let page = try await place.deployment.access(
      AccessQuestion(
        principal: person.id,
        release: release,
        tier: tier,
        at: at,
        supposing: supposition
      )
    )
    rendering.show(page.text, json: page.json)
  }
}

/// What an explanation supposes without anything being written (governance-domain 13).
struct Supposing: ParsableArguments {
  @Option(help: "Judge by this policy file instead of the one in force.", completion: .file())
  var policy: String?

  @Option(name: .customLong("as"), help: "As if this person had asked, as person:NAME or NAME.")
  var person: PersonName?

  @Option(
    help: "Acts to suppose, such as approve:ben,confirm:9c2e1f,accept:use,join:readers,open:small."
  )
  var assume: String?

  var supposition: Supposition {
    get throws {
      Supposition(
        policy: try policy.map { try Files.text(at: $0) },
        person: person?.id,
        assumed: try assume.map { try Assumption.list($0) } ?? []
      )
    }
  }
}
