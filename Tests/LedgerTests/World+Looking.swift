import Foundation
import GRDB
import SluiceGovernance

@testable import SluiceLedger

extension World {
  /// The kinds of all entries, in log order.
  func kinds() async throws -> [String] {
    try await ledger.database.read { db in
      try String.fetchAll(db, sql: "SELECT kind FROM event ORDER BY seq")
    }
  }

  /// The last entry.
  func lastEvent() async throws -> (kind: String, body: String, entry: String) {
    try await ledger.database.read { db in
      let row = try Row.fetchOne(db, sql: "SELECT * FROM event ORDER BY seq DESC LIMIT 1")
      guard let row else { throw Surprise.noCase }
      let (body, entry): (Data, Data) = (row["body"], row["entry"])
      return (
        row["kind"], String(decoding: body, as: UTF8.self), String(decoding: entry, as: UTF8.self)
      )
    }
  }
}
