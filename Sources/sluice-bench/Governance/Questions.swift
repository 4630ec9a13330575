import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

/// How long the questions of people take whom a large deployment keeps waiting.
struct Questions {
  let generated: Generated
  let rounds: Int

  private var ledger: Ledger { generated.ledger }
  private var large: Release.ID { Scale.release(0) }

  func measure() async throws -> [Figure] {
    let folds = try foldCases()
    return [
      .within(50, "the approver's queue, 100 cases", try await queue()),
      .within(10, "counts of a release", try await counts()),
      .within(10, "statistics of requests", try await statistics()),
      .within(50, "who received what, 100 lines and totals", try await who()),
      .within(1, "fold of one case", folds.median),
      .note("  99 of 100 folds, ms", folds.quantile(0.99)),
    ]
  }

  /// The first page of the open cases of the large release, as one of its managers finds it.
  private func queue() async throws -> Double {
    let (manager, now) = (Principal.ID(Texts.managers[2]), generated.scale.now)
    return try await median {
      let page = try await ledger.queue(of: large, for: manager, at: now)
      guard page.lines.count == 100, page.mine == generated.scale.asked / 2 else {
        throw RawDatabase.Fault(description: "\(page.lines.count) of \(page.mine) cases")
      }
    }
  }

  private func counts() async throws -> Double {
    try await median {
      let counts = try await ledger.counts(of: large)
      guard counts.deliveries >= generated.scale.deliveries / 2 else {
        throw RawDatabase.Fault(description: "\(counts.deliveries) deliveries")
      }
    }
  }

  private func statistics() async throws -> Double {
    try await median {
      let found = try await ledger.statistics(of: large)
      guard found.approved == generated.scale.grants / 2, found.ninetieth != nil else {
        throw RawDatabase.Fault(description: "\(found.approved) approved")
      }
    }
  }

  /// The first page of the auditor's answer about the large release, with what it comes to in all.
  private func who() async throws -> Double {
    try await median {
      let page = try await ledger.possessionPage(of: large)
      let totals = try await ledger.possessionTotals(of: large)
      guard page.lines.count == 100, totals.lines > generated.scale.deliveries / 3 else {
        throw RawDatabase.Fault(description: "\(page.lines.count) of \(totals.lines) lines")
      }
    }
  }

  /// How long folds of cases of the large release take, each case once, each in a reading of its own.
  private func foldCases() throws -> [Double] {
    var lottery = Lottery(seed: 5)
    let numbers = (0..<200 * rounds).map { _ in
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
    return try cases.map { id in
      let began = ContinuousClock.now
      let state = try ledger.database.read { db in try ledger.fold(large, .case(id), in: db) }
      let took = (ContinuousClock.now - began) / .milliseconds(1)
      guard let asked = state.cases[id], asked.state == .approved || asked.state == .open else {
        throw RawDatabase.Fault(description: "case \(id) is folded wrong")
      }
      return took
    }
  }

  private func median(_ question: () async throws -> Void) async throws -> Double {
    // The first time, prepared statements and caches are not there.
    try await question()
    var times: [Double] = []
    for _ in 0..<10 * rounds {
      let began = ContinuousClock.now
      try await question()
      times.append((ContinuousClock.now - began) / .milliseconds(1))
    }
    return times.median
  }
}
