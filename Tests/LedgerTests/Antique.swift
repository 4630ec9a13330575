import Foundation
import GRDB
import SluiceEncoding
import SluiceProof

import SluiceLedger

/// Makes of a ledger the one that the version before all of governance would have left: its tables,
/// and a log in which everything about a release is sealed.
struct Antique {
  private let db: Database
  private var frontier = Frontier()

  /// Replaces the file at `path`.
  static func age(_ path: String) throws {
    let young = path + ".young"
    try FileManager.default.moveItem(atPath: path, toPath: young)
    let queue = try DatabaseQueue(path: path)
    try Schema.migrator.migrate(queue, upTo: "0003 deliveries")
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS young", arguments: [young])
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.inTransaction {
        for table in try tables(db) {
          let columns = try db.columns(in: table).map { "\"\($0.name)\"" }.joined(separator: ", ")
          try db.execute(
            sql: "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM young.\(table)"
          )
        }
        // What was signed is another tree now.
        try db.execute(sql: "DELETE FROM checkpoint")
        var antique = Antique(db: db)
        try antique.sealAll()
        return .commit
      }
    }
    try queue.close()
    try FileManager.default.removeItem(atPath: young)
  }

  private static func tables(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'grdb%'
        ORDER BY name
        """
    )
  }

  private init(db: Database) { self.db = db }

  /// Writes the log anew; the explanation of a decision names the head before it.
  private mutating func sealAll() throws {
    for row in try Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY seq") {
      let (index, kind): (Int, String) = (row["seq"], row["kind"])
      let stored: Data = row["body"]
      let old: Data? = row["salt"]
      var body = Array(stored)
      if kind == "decide" { body = try explainAnew(body, at: index) }
      let isPublic = ["log.opened", "signers", "tick", "count"].contains(kind)
      let salt =
        isPublic ? nil : old ?? Data(repeating: UInt8(truncatingIfNeeded: index), count: 32)
      let entry = try SealedEntry(event: body, salt: salt.map { Array($0) })
      frontier.append(entry.leaf)
      try db.execute(
        sql: "UPDATE event SET body = ?, salt = ?, entry = ?, leaf = ? WHERE seq = ?",
        arguments: [Data(body), salt, Data(entry.bytes), Data(entry.leaf.bytes), index]
      )
    }
    try db.execute(sql: "UPDATE frontier SET bytes = ?", arguments: [Data(frontier.bytes)])
  }

  private func explainAnew(_ body: [UInt8], at index: Int) throws -> [UInt8] {
    let stored = try Data.fetchOne(
      db,
      sql: "SELECT explanation FROM decision WHERE seq = ?",
      arguments: [index]
    )
    var explanation = try object(Array(stored ?? Data()))
    explanation["log"] = [
      "root": .string(Base64.encode(frontier.root.bytes)), "size": .integer(frontier.size),
    ]
    let bytes = JSONValue.object(explanation).canonical
    try db.execute(
      sql: "UPDATE decision SET explanation = ? WHERE seq = ?",
      arguments: [Data(bytes), index]
    )
    var event = try object(body)
    event["explanation_sha256"] = .string(SHA256Digest(of: bytes).hex)
    return JSONValue.object(event).canonical
  }

  private func object(_ bytes: [UInt8]) throws -> JSONObject {
    try JSONValue(parsing: bytes, .document, format: "antique").objectValue ?? [:]
  }
}
