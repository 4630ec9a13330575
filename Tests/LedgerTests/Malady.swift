import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// A way in which a deployment can be broken, and where a doctor must see it.
enum Malady: String, CaseIterable, Sendable {
  case longerGrant, foreignHolder, earlierEntry, lostEntry, otherRoot, otherSignature, strangeKey
  case otherExplanation, grantOfNobody, lostGrant, deliveryOfNobody, oneHeadTwice, partyCounts
  case verdictAfterDecision, verdictAfterReturn, otherManifest, skippedVersion
  case secondRequest, secondSuccessor, earlyLift, lostHold
  case noReview, lateReview, emergencyGoesOn, lostAnswer, emptiedAnswer
  case personInRecord, nameInRecord, lostTerms, lostPolicy

  /// The invariant that it breaks.
  var breaks: Invariant {
    switch self {
    case .longerGrant, .foreignHolder: .projections
    case .earlierEntry, .lostEntry, .otherRoot: .log
    case .otherSignature, .strangeKey: .signatures
    case .otherExplanation: .decisions
    case .grantOfNobody, .lostGrant: .grants
    case .deliveryOfNobody: .deliveries
    case .oneHeadTwice, .partyCounts: .heads
    case .verdictAfterDecision, .verdictAfterReturn: .verdicts
    case .otherManifest: .manifests
    case .skippedVersion: .versions
    case .secondRequest, .secondSuccessor: .uniqueness
    case .earlyLift, .lostHold: .holds
    case .noReview, .lateReview, .emergencyGoesOn: .reviews
    case .lostAnswer, .emptiedAnswer: .erasures
    case .personInRecord, .nameInRecord: .privacy
    case .lostTerms, .lostPolicy: .publicity
    }
  }

  /// Breaks the invariant, and answers where it shows.
  func strike(_ world: inout World) async throws -> (Invariant, AuditFault.Place) {
    (breaks, try await place(afterStriking: &world))
  }

  private func place(afterStriking world: inout World) async throws -> AuditFault.Place {
    switch self {
    case .longerGrant:
      return .row(
        table: "grant_row",
        key: try await world.break("grant_row", "not_after = not_after + 1", "stage = 'gated'")
      )
    case .foreignHolder:
      return .row(
        table: "grant_row",
        key: try await world.break("grant_row", "audience = 'person:eve'", "stage = 'gated'")
      )
    case .earlierEntry:
      return .event(try await world.breakEvent("at = at - 1", "kind = 'revoke' OR kind = 'deny'"))
    case .lostEntry:
      let index = try await world.lose("event", by: "seq", "kind = 'accept'")
      return .event(try #require(Int(index)))
    case .otherRoot:
      let size = try await world.break("checkpoint", "size = size - 1", "TRUE", by: "size")
      return .checkpoint(try #require(Int(size)) - 1)
    case .otherSignature:
      return .statement(
        try await world.break(
          "statement",
          "signature = (SELECT signature FROM statement WHERE type = 'bind' LIMIT 1)",
          "type = 'hold'",
          by: "sha256"
        )
      )
    case .otherExplanation:
      return .row(
        table: "decision",
        key: try await world.break(
          "decision",
          "explanation = CAST(replace(explanation, 'managers', 'manageRs') AS BLOB)",
          "outcome = 'approved'",
          by: "seq"
        )
      )
    case .lostGrant:
      // The entry that follows a decision says something else now.
      let index = try await world.breakEvent(
        "kind = 'comment'",
        "kind = 'issue' AND body IS NOT NULL"
      )
      return .event(index - 1)
    case .lateReview:
      _ = try await world.breakEvent("at = at + 400000", "kind = 'decide' AND body IS NOT NULL")
      let emergencies = try await world.ledger.cases(state: .approved, kind: .emergency)
      return .row(table: "case_file", key: try #require(emergencies.last).id.rawValue)
    case .oneHeadTwice:
      let key = try await world.break(
        "decision",
        "explanation = CAST(replace(explanation, 'person:ben', 'person:ana') AS BLOB)",
        "outcome = 'approved' AND case_id IN (SELECT id FROM case_file WHERE kind = 'access')",
        by: "seq"
      )
      return .event(try #require(Int(key)))
    case .earlyLift:
      return .row(
        table: "hold",
        key: try await world.break("hold", "lifted_at = placed_at", "TRUE")
      )
    case .lostHold:
      return .row(table: "hold", key: try await world.lose("hold", by: "id", "TRUE"))
    case .emergencyGoesOn:
      return .row(
        table: "grant_row",
        key: try await world.break(
          "grant_row",
          "ended_at = NULL, ended_how = NULL, ended_code = NULL, ended_text = NULL",
          "ended_at IS NOT NULL"
        )
      )
    case .lostAnswer:
      return .answer(try await world.lose("answer", by: "commitment", "TRUE"))
    case .emptiedAnswer:
      return .answer(
        try await world.break(
          "answer",
          "salt = NULL, body = NULL",
          "body IS NOT NULL",
          by: "commitment"
        )
      )
    case .personInRecord:
      return .event(
        try await world.breakEvent("person = 'person:bob'", "is_about_release = 1")
      )
    case .lostTerms:
      return .document(try await world.lose("document", by: "sha256", "kind = 'terms'"))
    case .lostPolicy:
      return .document(try await world.lose("document", by: "sha256", "kind = 'policy'"))
    case .nameInRecord:
      let members: JSONObject = [
        "bytes": 1, "file": "bob@example.org", "refused": 0, "release": "ana/tiny", "served": 1,
        "tier": "code",
      ]
      return try await world.append(Event(kind: .count, members: members, release: World.release))
    case .strangeKey, .grantOfNobody, .deliveryOfNobody, .partyCounts, .verdictAfterDecision,
      .verdictAfterReturn, .otherManifest, .skippedVersion, .secondRequest, .secondSuccessor,
      .noReview:
      return try await forge(&world)
    }
  }
}

extension World {
  /// Changes the last row that meets a condition, and answers its key.
  fileprivate func `break`(
    _ table: String,
    _ change: String,
    _ condition: String,
    by key: String = "id"
  ) async throws -> String {
    let found = try await ledger.database.write { db in
      let found = try String.fetchOne(
        db,
        sql:
          "SELECT CAST(\(key) AS TEXT) FROM \(table) WHERE \(condition) ORDER BY rowid DESC LIMIT 1"
      )
      try db.execute(
        sql: "UPDATE \(table) SET \(change) WHERE CAST(\(key) AS TEXT) = ?",
        arguments: [found]
      )
      #expect(db.changesCount == 1)
      return found
    }
    return try #require(found)
  }

  fileprivate func breakEvent(_ change: String, _ condition: String) async throws -> Int {
    try #require(Int(try await self.break("event", change, condition, by: "seq")))
  }

  fileprivate func lose(
    _ table: String,
    by key: String,
    _ condition: String
  ) async throws -> String {
    let found = try await ledger.database.write { db in
      let found = try String.fetchOne(
        db,
        sql:
          "SELECT CAST(\(key) AS TEXT) FROM \(table) WHERE \(condition) ORDER BY rowid DESC LIMIT 1"
      )
      try db.execute(
        sql: "DELETE FROM \(table) WHERE CAST(\(key) AS TEXT) = ?",
        arguments: [found]
      )
      return found
    }
    return try #require(found)
  }

  /// Appends an event that no rule makes.
  func append(_ event: Event) async throws -> AuditFault.Place {
    let (ledger, now) = (ledger, now)
    return .event(
      try await ledger.database.write { db in try ledger.append(event, at: now, in: db) }
    )
  }
}
