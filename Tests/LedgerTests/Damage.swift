import Foundation
import GRDB
import SluiceEncoding
import Testing

import SluiceLedger

/// One thing that somebody changed, and where an audit must find it.
enum Damage: String, CaseIterable, Sendable {
  case eventBody, salt, entry, leaf, statementBytes, signature, session, document, terms, bundle
  case answer, grantRow, grantTier, caseRow, decisionRow, deliveryRow, coverage, refusalRow
  case received, requestTotal, requestWait
  case answerGone, checkpoint, blobByte, blobFile, blobGone, listedFile, key, log, person, stray
  case auditor, affiliation, fingerprint, documentKind, trigger

  func done(to depot: Depot) async throws -> AuditFault.Place {
    switch self {
    case .fingerprint:
      .row(
        table: "key",
        key: try await depot.change(
          "key",
          "fingerprint = 'SHA256:' || substr(fingerprint, 9) || 'A'",
          by: "'SHA256:' || substr(fingerprint, 9) || 'A'",
          "TRUE"
        )
      )
    case .documentKind:
      .document(
        try await depot.change(
          "document",
          "kind = 'xerms', bytes = CAST('Anything goes.' AS BLOB)",
          by: "sha256",
          "kind = 'terms'"
        )
      )
    case .trigger: try await depot.dropTrigger()
    case .eventBody:
      .event(try await depot.flip(.body, of: "event", "kind = 'approve'"))
    case .salt: .event(try await depot.flip(.salt, of: "event", "kind = 'issue'"))
    case .entry: .event(try await depot.flip(.entry, of: "event", "kind = 'deliver'"))
    case .leaf: .event(try await depot.flip(.leaf, of: "event", "kind = 'decide'"))
    case .statementBytes:
      .statement(try await depot.flip("bytes", of: "statement", by: "sha256", roll: 999).key)
    case .signature:
      .statement(try await depot.signature())
    case .session:
      .statement(
        try await depot.change("statement", "strength = 'pin'", by: "sha256", "type = 'approve'")
      )
    case .document:
      .document(
        try await depot.change(
          "document",
          "bytes = CAST(replace(bytes, 'Two people', 'One person') AS BLOB)",
          by: "sha256",
          "kind = 'policy'"
        )
      )
    case .terms:
      .document(
        try await depot.flip(
          "bytes",
          of: "document",
          by: "sha256",
          where: "kind = 'terms'",
          roll: 9
        )
        .key
      )
    case .bundle:
      .manifest(try await depot.flip("bundle", of: "manifest", by: "sha256", roll: 12_345).key)
    case .answer:
      .answer(try await depot.flip("body", of: "answer", by: "commitment", roll: 100).key)
    case .answerGone:
      .answer(
        try await depot.change("answer", "salt = NULL, body = NULL", by: "commitment", "TRUE")
      )
    case .grantRow:
      .row(
        table: "grant_row",
        key: try await depot.change(
          "grant_row",
          "not_after = not_after + 1",
          by: "id",
          "not_after > 0"
        )
      )
    case .grantTier:
      .row(
        table: "grant_tier",
        key: try await depot.change(
          "grant_tier",
          "manifest = replace(manifest, substr(manifest, 1, 1), 'f')",
          by: "grant_id || '/' || tier",
          "tier = 'weights'"
        )
      )
    case .caseRow:
      .row(
        table: "case_file",
        key: try await depot.change("case_file", "state = 'approved'", by: "id", "state = 'denied'")
      )
    case .decisionRow:
      .row(
        table: "decision",
        key: try await depot.flip("explanation", of: "decision", by: "seq", roll: 500).key
      )
    case .deliveryRow:
      .row(
        table: "delivery",
        key: try await depot.change("delivery", "size = size + 1", by: "seq", "size = 1000")
      )
    case .coverage:
      .row(
        table: "coverage",
        key: try await depot.change(
          "coverage",
          "upper = upper - 1",
          by: "delivery || '/' || lower",
          "lower = 300"
        )
      )
    case .received:
      .row(
        table: "received",
        key: try await depot.change("received", "lines = lines + 1", by: "release", "TRUE")
      )
    case .requestTotal:
      .row(
        table: "request_total",
        key: try await depot.change(
          "request_total",
          "number = number + 1",
          by: "release || '/' || tier || '/' || hour || '/' || state || '/' || is_overdue",
          "tier = ''"
        )
      )
    case .requestWait:
      .row(
        table: "request_wait",
        key: try await depot.change(
          "request_wait",
          "number = number + 1",
          by: "release || '/' || tier || '/' || wait",
          "tier = ''"
        )
      )
    case .refusalRow:
      .row(
        table: "refusal",
        key: try await depot.change(
          "refusal",
          "at = at - 1",
          by: "principal || '/' || release || '/' || tier || '/' || code",
          "TRUE"
        )
      )
    case .checkpoint:
      .checkpoint(
        Int(try await depot.flip("note", of: "checkpoint", by: "size", roll: 1_400).key) ?? -1
      )
    case .blobByte: .blob(try depot.changeBlob { $0[500] ^= 1 })
    case .blobFile: .blob(try depot.changeBlob { _ in })
    case .blobGone: .blob(try depot.changeBlob { $0 = [] })
    case .listedFile:
      .row(
        table: "manifest_file",
        key: try await depot.change(
          "manifest_file",
          "path = path || 'x'",
          by: "manifest || '/' || path",
          "path = 'model.bin'"
        )
      )
    case .key:
      .row(
        table: "key",
        key: try await depot.change("key", "approves = 1", by: "'*'", "approves = 0")
      )
    case .auditor:
      try await depot.changePrincipal("is_auditor = 1", "id = 'person:bob'")
    case .affiliation:
      try await depot.changePrincipal("organisation = 'org:acme'", "id = 'person:bob'")
    case .log: .event(try await depot.changeEvent("at = at - 1", "kind = 'file'"))
    case .person: .event(try await depot.changeEvent("person = 'person:ana'", "kind = 'accept'"))
    case .stray:
      .row(
        table: "coverage",
        key: try await depot.insert("coverage", "2, 5, 9, 0", key: "2/5")
      )
    }
  }
}

extension Depot {
  fileprivate enum Column: String { case body, salt, entry, leaf }

  fileprivate func flip(_ column: Column, of table: String, _ condition: String) async throws -> Int
  {
    let change = try await flip(
      column.rawValue,
      of: table,
      by: "seq",
      where: condition,
      roll: 1_234_567
    )
    return try #require(Int(change.key))
  }

  fileprivate func changeEvent(_ change: String, _ condition: String) async throws -> Int {
    try #require(Int(try await self.change("event", change, by: "seq", condition)))
  }

  /// Changes the last row that meets a condition, and answers its key from before.
  fileprivate func dropTrigger() async throws -> AuditFault.Place {
    try await write { db in try db.execute(sql: "DROP TRIGGER delivery_received") }
    return .database
  }

  fileprivate func change(
    _ table: String,
    _ change: String,
    by key: String,
    _ condition: String
  ) async throws -> String {
    var found: String?
    try await write { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      found = try String.fetchOne(
        db,
        sql: "SELECT CAST(\(key) AS TEXT) FROM \(table) WHERE \(condition) ORDER BY 1 DESC LIMIT 1"
      )
      try db.execute(
        sql: "UPDATE \(table) SET \(change) WHERE \(condition) AND CAST(\(key) AS TEXT) = ?",
        arguments: [found]
      )
      #expect(db.changesCount == 1)
    }
    return try #require(found)
  }

  fileprivate func changePrincipal(
    _ change: String,
    _ condition: String
  ) async throws -> AuditFault.Place {
    .row(table: "principal", key: try await self.change("principal", change, by: "'*'", condition))
  }

  fileprivate func insert(_ table: String, _ values: String, key: String) async throws -> String {
    try await write { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; INSERT INTO \(table) VALUES (\(values))")
    }
    return key
  }

  /// Changes one letter in the middle of an armored signature.
  fileprivate func signature() async throws -> String {
    var found: String?
    try await write { db in
      let row = try #require(
        try Row.fetchOne(db, sql: "SELECT * FROM statement WHERE type = 'approve' LIMIT 1")
      )
      let old: Data = row["signature"]
      var new = old
      let middle = new.startIndex + new.count * 2 / 3
      new[middle] = new[middle] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      found = row["sha256"]
      try db.execute(
        sql: "UPDATE statement SET signature = ? WHERE sha256 = ?",
        arguments: [new, found]
      )
    }
    return try #require(found)
  }

  /// Writes the file of a blob anew.
  fileprivate func changeBlob(_ change: (inout [UInt8]) -> Void) throws -> String {
    let home = try #require(ledger.home)
    var bytes = Self.weights["model.bin"] ?? []
    let digest = SHA256Digest(of: bytes)
    let place = Blobs(in: home.blobs).url(of: digest)
    change(&bytes)
    try FileManager.default.removeItem(at: place)
    if !bytes.isEmpty { try Data(bytes).write(to: place) }
    return digest.hex
  }
}
