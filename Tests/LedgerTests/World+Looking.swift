import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance

import SluiceLedger

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

extension World {
  /// How many rows each table has.
  func count() async throws -> [String: Int] {
    try await ledger.database.read { db in
      let tables = try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
      )
      return try tables.reduce(into: [:]) { counts, table in
        counts[table] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
      }
    }
  }

  /// A token of somebody, by its id.
  func token(of principal: Principal.ID, lasts: Duration? = nil) async throws -> String {
    let secret = try await ledger.issueToken(for: principal, name: "laptop", lasts: lasts, at: now)
    guard let token = try await ledger.principal(ofToken: secret, at: now) else {
      throw Surprise.noCase
    }
    return token.id
  }
}

extension World {
  /// The times of all entries, in log order.
  func times() async throws -> [Int] {
    try await ledger.database.read { db in
      try Int.fetchAll(db, sql: "SELECT at FROM event ORDER BY seq")
    }
  }
}

extension World {
  /// The statement that was taken in last.
  func lastStatement() async throws -> SluiceGovernance.Statement.ID {
    try await ledger.database.read { db in
      let id = try String.fetchOne(
        db,
        sql: "SELECT statement FROM event WHERE statement IS NOT NULL ORDER BY seq DESC LIMIT 1"
      )
      guard let id else { throw Surprise.noCase }
      return SluiceGovernance.Statement.ID(id)
    }
  }
}
