import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// How long the questions of people take whom a large deployment keeps waiting.
struct Questions {
  let generated: Generated
  let rounds: Int

  /// How often each is asked in a number of rounds.
  static func asked(in rounds: Int) -> Int { 4 * rounds }

  private var ledger: Ledger { generated.ledger }
  private var large: Release.ID { Scale.release(0) }

  func measure() async throws -> [Figure] {
    let folds = try foldCases()
    return try await queue() + counts() + statistics() + who() + [
      .within(1, "fold of one case", folds.taken.median),
      .note("  ms, in processor time, median", folds.worked.median),
      .note("  ms, in processor time, 99 of 100", folds.worked.quantile(0.99)),
    ]
  }

  /// The first page of the open cases of the large release, as one of its managers finds it.
  private func queue() async throws -> [Figure] {
    let (manager, now) = (Principal.ID(Texts.managers[2]), generated.scale.now)
    return try await figures("the approver's queue, 100 cases", within: 50) {
      let page = try await ledger.queue(of: large, for: manager, at: now)
      let open = generated.scale.asked / 2
      guard page.lines.count == min(100, open), page.mine == open else {
        throw RawDatabase.Fault(description: "\(page.lines.count) of \(page.mine) cases")
      }
    }
  }

  private func counts() async throws -> [Figure] {
    try await figures("counts of a release", within: 10) {
      let counts = try await ledger.counts(of: large)
      guard counts.deliveries >= generated.scale.deliveries / 2 else {
        throw RawDatabase.Fault(description: "\(counts.deliveries) deliveries")
      }
    }
  }

  private func statistics() async throws -> [Figure] {
    try await figures("statistics of requests", within: 10) {
      let found = try await ledger.statistics(of: large)
      guard found.approved == generated.scale.grants / 2 + 1, found.ninetieth != nil else {
        throw RawDatabase.Fault(description: "\(found.approved) approved")
      }
    }
  }

  /// The first page of the auditor's answer about the large release, with what it comes to in all.
  private func who() async throws -> [Figure] {
    try await figures("who received what, 100 lines and totals", within: 50) {
      let page = try await ledger.possessionPage(of: large)
      let totals = try await ledger.possessionTotals(of: large)
      guard page.lines.count == 100, totals.lines > generated.scale.deliveries / 5 else {
        throw RawDatabase.Fault(description: "\(page.lines.count) of \(totals.lines) lines")
      }
    }
  }

  /// How long folds of cases of the large release take, each in a reading of its
  /// own, of three of the same the best.
  private func foldCases() throws -> (taken: [Double], worked: [Double]) {
    var lottery = Lottery(seed: 5)
    let numbers = (0..<20 * rounds).map { _ in
      Int.random(in: 100..<generated.scale.grants, using: &lottery)
    }
    let cases = try ledger.database.read { db in
      try numbers.compactMap { number in
        try String.fetchOne(
          db,
          sql: "SELECT id FROM case_file WHERE number >= ? AND release = ? ORDER BY number LIMIT 1",
          arguments: [number, large.rawValue]
        )
      }.map { Case.ID($0) }
    }
    var (taken, worked): ([Double], [Double]) = ([], [])
    for id in cases {
      let folds = try (0..<3).map { _ in try fold(id) }
      taken.append(folds.map(\.taken).min() ?? 0)
      worked.append(folds.map(\.worked).min() ?? 0)
    }
    return (taken, worked)
  }

  private func fold(_ id: Case.ID) throws -> (taken: Double, worked: Double) {
    let (began, beganWork) = (ContinuousClock.now, Work.now)
    let state = try ledger.database.read { db in try ledger.fold(large, .case(id), in: db) }
    let worked = 1_000 * (Work.now - beganWork)
    let taken = (ContinuousClock.now - began) / .milliseconds(1)
    guard let asked = state.cases[id], asked.state == .approved || asked.state == .open else {
      throw RawDatabase.Fault(description: "case \(id) is folded wrong")
    }
    return (taken, worked)
  }

  /// How long a question takes, the best of all times that it is asked, and what else that comes to.
  private func figures(
    _ name: String,
    within bound: Double,
    _ question: () async throws -> Void
  ) async throws -> [Figure] {
    // The first time, prepared statements and caches are not there.
    try await question()
    var (taken, worked): ([Double], [Double]) = ([], [])
    for _ in 0..<Self.asked(in: rounds) {
      let (began, beganWork) = (ContinuousClock.now, Work.all)
      try await question()
      worked.append(1_000 * (Work.all - beganWork))
      taken.append((ContinuousClock.now - began) / .milliseconds(1))
    }
    return [
      .within(bound, name, taken.min() ?? 0), .note("  ms, median", taken.median),
      .note("  ms, in processor time, median", worked.median),
    ]
  }
}
