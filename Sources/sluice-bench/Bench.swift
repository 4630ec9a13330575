import ArgumentParser

/// Figures, as ratios against a peer or a bound in the same run.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice-bench",
    abstract: "Measure Sluice on this machine.",
    subcommands: [DeliveryMemory.self, GovernanceFigures.self],
    defaultSubcommand: DeliveryMemory.self
  )
}
