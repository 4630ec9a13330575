internal import GRDB
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// How many entries the log had at an instant: those that are not later.
  public func size(at instant: Instant) async throws -> Int {
    try await database.read { db in
      // Entries never go back in time, so the place is found by halving.
      var (lower, upper) = (0, try frontier(in: db).size)
      while lower < upper {
        let middle = (lower + upper) / 2
        let at = try Int.fetchOne(
          db,
          sql: "SELECT at FROM event WHERE seq = ?",
          arguments: [middle]
        )
        guard let at else { throw Refusal.logCorrupt("entry \(middle) is missing") }
        if at <= instant.seconds { lower = middle + 1 } else { upper = middle }
      }
      return lower
    }
  }

  /// The state of a release after the first `size` entries of the log.
  ///
  /// - Throws: `Refusal.unknownRelease` if the name was never set aside.
  public func release(
    _ id: Release.ID,
    scope: Scope,
    after size: Int
  ) async throws -> Release {
    try await database.read { db in
      guard try isReserved(id, in: db) else { throw Refusal.unknownRelease(id) }
      return try fold(id, scope, before: size, in: db)
    }
  }

  /// The head that the log had after its first `size` entries.
  public func head(after size: Int) async throws -> SluiceGovernance.Statement.Head {
    try await database.read { db in
      SluiceGovernance.Statement.Head(size: size, root: try root(at: size, in: db))
    }
  }
}
