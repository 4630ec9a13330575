import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// `sluice evidence compute`: put on record what Sluice can count itself, signed by the clerk.
struct EvidenceCompute: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compute",
    abstract: "Compute a measurement from the log and put it on record, signed by the clerk.",
    discussion: """
      Whoever has a role in the release may ask for it; the roster must give service:clerk a role. The \
      numbers come from the log; those of replication-cost from what you declare, which becomes part of \
      the record; of these the operator alone, the others see them with --dry-run.
      Example: sluice evidence compute ana/tiny weights --kind uptake
      """
  )

  @OptionGroup var place: Where
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The tier.")
  var tier: Tier.ID

  @Option(help: "One of: \(ComputeQuestion.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: ComputeQuestion.Kind

  @Option(help: "Of early-access: the group of early readers; needed where there are several.")
  var group: SluiceGovernance.Group.ID?

  @OptionGroup(title: "Inputs of replication-cost")
  var inputs: CostInputs

  @Flag(help: "Show what would be recorded, and record nothing.")
  var dryRun = false

  func validate() throws {
    if group != nil, kind != .earlyAccess {
      throw ValidationError("--group goes with --kind early-access")
    }
    try inputs.check(areWanted: kind == .replicationCost)
  }

  func run() async throws {
    let question = ComputeQuestion(
      tier: tier,
      kind: kind,
      group: group,
      cost: try kind == .replicationCost ? inputs.cost : nil,
      isDry: dryRun
    )
    let page = try await place.open().deployment.compute(question, of: release)
    let entries = page.recorded?.events.map { "\($0.kind) by the clerk is entry \($0.index)" }
    rendering.show(
      ([page.text] + (entries ?? ["nothing was recorded"])).joined(separator: "\n"),
      json: page.json
    )
  }
}

/// What is declared in order to say what a model would cost to make again.
struct CostInputs: ParsableArguments {
  @Option(help: "The number of parameters.")
  var parameters: Int?

  @Option(help: "The number of tokens of the training.")
  var tokens: Int?

  @Option(help: "The accelerator, in words.")
  var hardware: String?

  @Option(help: "What one does at most, in thousands of millions of operations a second.")
  var gigaflops: Int?

  @Option(help: "How much of that is done, in percent.")
  var utilisation: Int?

  @Option(help: "The price of an hour of one: a decimal with at most four decimals.")
  var price: String?

  @Option(help: "The currency of the price.")
  var currency: String?

  @Option(help: "When that was the price.")
  var pricedAt: Instant?

  private var given: [(flag: String, isGiven: Bool)] {
    [
      ("--parameters", parameters != nil), ("--tokens", tokens != nil),
      ("--hardware", hardware != nil), ("--gigaflops", gigaflops != nil),
      ("--utilisation", utilisation != nil), ("--price", price != nil),
      ("--currency", currency != nil), ("--priced-at", pricedAt != nil),
    ]
  }

  /// Refuses inputs that are missing, or that nothing is made of.
  func check(areWanted: Bool) throws {
    let wrong = given.filter { $0.isGiven != areWanted }.map(\.flag)
    guard !wrong.isEmpty else { return }
    let flags = wrong.joined(separator: ", ")
    throw ValidationError(
      areWanted ? "replication-cost needs \(flags)" : "\(flags): only for --kind replication-cost"
    )
  }

  /// The inputs, which are all there.
  var cost: ReplicationCost {
    get throws {
      guard let parameters, let tokens, let hardware, let gigaflops, let utilisation, let price,
        let currency, let pricedAt
      else { throw ValidationError("replication-cost needs all its inputs") }
      return ReplicationCost(
        parameters: parameters,
        tokens: tokens,
        hardware: hardware,
        gigaflops: gigaflops,
        utilisation: utilisation,
        unitPrice: price,
        currency: currency,
        pricedAt: pricedAt
      )
    }
  }
}

extension ComputedPage {
  /// The metrics and how they came about, for people.
  fileprivate var text: String {
    let lines = metrics.sorted { $0.key < $1.key }.map { "  \($0.key) \($0.value)" }
    return (["\(kind):"] + lines + [method]).joined(separator: "\n")
  }
}
