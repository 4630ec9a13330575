import GRDB
import SluiceLedger

extension Deployed {
  /// Which readings are on record, in log order: WHO WHAT RELEASE.
  func views() async throws -> [String] {
    try await ledger.database.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT IFNULL(principal, actor) || ' ' || what || ' ' || release FROM (
            SELECT seq, release, json_extract(CAST(body AS TEXT), '$.actor') AS actor,
              json_extract(CAST(body AS TEXT), '$.what') AS what
            FROM event WHERE kind = 'view')
          LEFT JOIN pseudonym ON pseudonym = actor ORDER BY seq
          """
      )
    }
  }
}
