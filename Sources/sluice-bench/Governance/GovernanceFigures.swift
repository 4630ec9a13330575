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
    abstract: "Measure governance on generated deployments; fail where it misses a bound.",
    discussion: """
      A deployment with N deliveries has N/10 grants, each with its decided case, and N/100 open
      cases; one release holds half of everything. N/100, N/10 and N are measured, as far as they
      have 10,000. A smaller one that is made in the same way is examined first, entry by entry.

      Of each figure there are several rounds, and the best counts, because other programs on the
      machine take what they want of it; processor time, which they do not add to, stands beside it.

      Example: sluice-bench governance --full --home /var/tmp/sluice-bench
      """
  )

  @Option(help: "Keep what is built in this folder, and use what is there; else it is removed.")
  var home: String?

  @Option(help: "How many deliveries the largest deployment has.")
  var deliveries: Int?

  @Flag(help: "Measure 10,000,000 deliveries: half an hour and 40 GB.")
  var full = false

  @Option(help: "How many rounds there are of each figure.")
  var rounds = 15

  @Flag(help: "Measure the largest deployment alone.")
  var alone = false

  @Flag(inversion: .prefixedNo, help: "Examine a small deployment first.")
  var examine = true

  /// How many deliveries the deployment has whose every row is examined.
  private static let examined = 2_000

  struct Missed: Error, CustomStringConvertible {
    let description: String
  }

  private static let least = 10_000

  private var most: Int { deliveries ?? (full ? 10_000_000 : 1_000_000) }

  func validate() throws {
    guard !full || deliveries == nil else {
      throw ValidationError("--full: says how many deliveries there are, as --deliveries does")
    }
    guard most >= Self.least else {
      throw ValidationError("--deliveries: at least \(Self.least), or the figures say nothing")
    }
    guard rounds > 0 else { throw ValidationError("--rounds: at least 1") }
  }

  func run() async throws {
    guard let home else {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "sluice-bench-\(UUID().uuidString)", directoryHint: .isDirectory)
      defer { Progress.remove(folder) }
      return try await measure(in: folder)
    }
    try await measure(in: URL(filePath: home, directoryHint: .isDirectory))
  }

  private func measure(in folder: URL) async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if examine { try await examine(in: folder) }
    let sizes = alone ? [most] : [most / 100, most / 10, most].filter { $0 >= Self.least }
    var table = FigureTable()
    for size in sizes {
      let generated = try await Generated.open(Scale(deliveries: size), in: folder)
      Progress.tell("\(size) deliveries: measuring")
      table.add(try await figures(of: generated), of: size)
      try generated.ledger.close()
    }
    print("the best of \(rounds) rounds (of questions, of \(Questions.asked(in: rounds)))\n")
    print(table.text)
    let missed = table.missed
    guard missed.isEmpty else {
      throw Missed(description: "missed: \(missed.joined(separator: ", "))")
    }
  }

  /// Builds a small deployment in the same way, and has every invariant checked: what is measured is
  /// what the ledger itself would have written.
  private func examine(in folder: URL) async throws {
    let generated = try await Generated.open(Scale(deliveries: Self.examined), in: folder)
    let findings = try await generated.ledger.examine(at: generated.scale.now)
    let head = try await generated.ledger.head()
    try generated.ledger.close()
    Progress.tell("\(Self.examined) deliveries: \(findings.count) faults in \(head.size) entries")
    guard findings.isEmpty else {
      throw Missed(description: findings.prefix(20).map(\.description).joined(separator: "\n"))
    }
  }

  private func figures(of generated: Generated) async throws -> [Figure] {
    var figures: [Figure] = []
    for (together, commits) in [(512, 2), (64, 8)] {
      let admissions = Admissions(generated: generated, together: together, commits: commits)
      let found = try admissions.measure(rounds: rounds)
      figures += [
        .atLeast(0.5, "admission / bare join, \(together) a commit", found.ratio),
        .note("  in processor time", found.worked),
        .note("  ms of it an admission", found.each.own),
        .note("  ms, the peer's", found.each.peer),
        .note("  admissions a second", found.perSecond),
        .note("  ms a commit", found.commit),
        .within(0.2, "  99 of 100 admissions", found.slow.own),
        .note("  ms, in processor time, of all rounds", found.slowWork),
        .note("  ms, the peer's", found.slow.peer),
      ]
    }
    return figures + (try await Questions(generated: generated, rounds: rounds).measure())
  }
}
