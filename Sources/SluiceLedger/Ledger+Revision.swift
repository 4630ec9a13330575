internal import GRDB
public import SluiceGovernance

extension Ledger {
  /// The index of the last entry that changed what a release offers.
  ///
  /// That is its rules, bindings, openings and what everyone may have; whoever keeps something made
  /// of those compares it first.
  ///
  /// - Returns: `nil` of a release of which the log says nothing yet.
  public func revision(of release: Release.ID) async throws -> Int? {
    try await database.read { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT MAX(seq) FROM event
            WHERE folds = 1 AND release = ? AND case_id IS NULL AND person IS NULL
            """
        ),
        arguments: [release.rawValue]
      )
    }
  }
}
