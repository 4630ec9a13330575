import ArgumentParser
import Foundation
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// How governance bears large numbers: admissions against a bare join, the queue, the auditor's
/// question and the fold of a case against what each may take.
struct GovernanceFigures: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "governance",
    abstract: "Measure governance on generated deployments of three sizes; fail where it misses.",
    discussion: """
      A deployment with N deliveries has N/10 grants, each with its decided case, and N/100 open
      cases; one release holds half of everything. N/100, N/10 and N are measured. Each is built
      once, in a folder of its own: 10,000,000 take about 35 GB.

      Example: sluice-bench governance --home /var/tmp/sluice-bench --deliveries 10000000
      """
  )

  @Option(help: "Where the deployments are built and kept.")
  var home: String

  @Option(help: "How many deliveries the largest has.")
  var deliveries = 10_000_000

  @Option(help: "How many rounds each figure is the median of.")
  var rounds = 7

  @Flag(help: "Measure the largest alone.")
  var alone = false

  struct Missed: Error, CustomStringConvertible {
    let description: String
  }

  func validate() throws {
    guard deliveries >= 100_000 else {
      throw ValidationError("--deliveries: at least 100000, or the figures say nothing")
    }
  }

  func run() async throws {
    let folder = URL(filePath: home, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let sizes = alone ? [deliveries] : [deliveries / 100, deliveries / 10, deliveries]
    var table = FigureTable()
    for size in sizes where size >= 100_000 {
      let generated = try await Generated.open(Scale(deliveries: size), in: folder)
      Progress.tell("\(size) deliveries: measuring")
      table.add(try await figures(of: generated), of: size)
      try generated.ledger.close()
    }
    print(table.text)
    let missed = table.missed
    guard missed.isEmpty else {
      throw Missed(description: "missed: \(missed.joined(separator: ", "))")
    }
  }

  private func figures(of generated: Generated) async throws -> [Figure] {
    var figures: [Figure] = []
    for (together, commits) in [(512, 8), (64, 32)] {
      let admissions = Admissions(generated: generated, together: together, commits: commits)
      let found = try admissions.measure(rounds: rounds)
      figures.append(.atLeast(0.5, "admission / bare join, \(together) a commit", found.ratio))
      figures.append(.note("  admissions a second", found.perSecond))
      figures.append(.note("  ms a commit", found.commit))
      figures.append(.within(0.2, "  99 of 100 admissions", found.slow.own))
      figures.append(.note("  ms, the peer's", found.slow.peer))
    }
    return figures + (try await Questions(generated: generated, rounds: rounds).measure())
  }
}
