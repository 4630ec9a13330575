import ArgumentParser
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// `sluice evidence compute`: put on record what Sluice can count itself, signed by the clerk.
struct EvidenceCompute: AsyncParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case earlyAccess = "early-access"
    case misuseWatch = "misuse-watch"
    case uptake
    case serviceLevel = "service-level"
    case replicationCost = "replication-cost"
  }

  static let configuration = CommandConfiguration(
    commandName: "compute",
    abstract: "Compute a measurement from the log and put it on record, signed by the clerk.",
    discussion: """
      The roster must give service:clerk a role. The numbers come from the log; those of \
      replication-cost from what you declare, which becomes part of the record.
      Example: sluice evidence compute ana/tiny weights --kind uptake
      """
  )

  @OptionGroup var place: AtHome
  @OptionGroup var rendering: Rendering

  @Argument(help: "The release, OWNER/NAME.")
  var release: Release.ID

  @Argument(help: "The tier.")
  var tier: Tier.ID

  @Option(help: "One of: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: Kind

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
    let local = try await place.openLocal()
    let finding = try await local.ledger.finding(
      try computation,
      about: tier,
      in: release,
      at: Clock.now()
    )
    guard !dryRun else {
      let json = JSONObject([.init(name: "finding", value: finding.json)])
      return rendering.show(
        "\(finding.text)\nnothing was recorded",
        json: .object(json)
      )
    }
    let act = try await Act.clerk(at: local, release: release)
    let drafted = try await act.compose(.evidence(tier, finding))
    let submitted = try await act.submit(drafted.statements)
    let entries = zip(drafted.statements, submitted.events).map { statement, event in
      "evidence \(statement.id.rawValue.prefix(12)) is entry \(event.index)"
    }
    rendering.show(
      ([finding.text] + entries).joined(separator: "\n"),
      json: submitted.json
    )
  }

  private var computation: Computation {
    get throws {
      switch kind {
      case .earlyAccess: .earlyAccess(group)
      case .misuseWatch: .misuseWatch
      case .uptake: .uptake
      case .serviceLevel: .serviceLevel
      case .replicationCost: .replicationCost(try inputs.cost)
      }
    }
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

extension Statement.Finding {
  /// The metrics and how they came about, for people.
  fileprivate var text: String {
    let lines = metrics.sorted { $0.key < $1.key }.map { "  \($0.key) \($0.value)" }
    return (["\(kind):"] + lines + [method]).joined(separator: "\n")
  }

  /// `{"kind","method","metrics"}`.
  fileprivate var json: JSONValue {
    .object([
      "kind": .string(kind), "method": .string(method),
      "metrics": .object(
        JSONObject(metrics.map { .init(name: $0.key, value: .string($0.value)) })
      ),
    ])
  }
}
