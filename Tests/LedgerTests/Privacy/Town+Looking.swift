import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger

extension Town {
  /// An entry of the log, as its row says.
  struct Row: Sendable {
    let index: Int
    let kind: String
    let body: [UInt8]?
    let salt: [UInt8]?
    let entry: [UInt8]
    let isAboutRelease: Bool

    var isPublic: Bool { entry.starts(with: "sluice/v1 public".utf8) }
  }

  /// All entries, in order.
  func rows() async throws -> [Row] {
    try await ledger.database.read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY seq").map { row in
        let (body, salt): (Data?, Data?) = (row["body"], row["salt"])
        let entry: Data = row["entry"]
        return Row(
          index: row["seq"],
          kind: row["kind"],
          body: body.map { Array($0) },
          salt: salt.map { Array($0) },
          entry: Array(entry),
          isAboutRelease: row["is_about_release"]
        )
      }
    }
  }

  /// How often each table has which rows, as one text a row.
  func table(_ name: String) async throws -> [String] {
    try await ledger.database.read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT * FROM \(name)").map { row in
        row.map { "\($0)=\($1)" }.joined(separator: "|")
      }.sorted()
    }
  }

  /// What the auditor finds wrong.
  func faults() async throws -> [String] {
    try await ledger.verify(at: now).faults.map(\.description)
  }
}
