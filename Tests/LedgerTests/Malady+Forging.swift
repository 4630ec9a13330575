import Foundation
import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// What whoever holds file and keys could append; tree and commitments are right then.
extension Malady {
  func forge(_ world: inout World) async throws -> AuditFault.Place {
    switch self {
    case .strangeKey:
      let said = try await world.statement(.accept, about: world.use, by: "person:bob")
      return .event(try await world.forge(world.signed(said, by: World.key("mallory"))))
    case .partyCounts:
      let asked = try await world.asked(purpose: "mine", salt: 31)
      let verdict = try await world.verdict(on: asked)
      let said = try await world.statement(.approve(verdict), by: "person:bob")
      try await world.forge(world.signed(said))
      return .event(try await world.decide(asked, counting: [said.id]))
    case .secondSuccessor:
      let grant = try #require(try await world.ledger.grants(heldBy: "person:bob").first)
      var event = try await world.lastBody(of: "issue")
      event["successor_of"] = .string(grant.id.rawValue)
      var place = AuditFault.Place.database
      for _ in 0..<2 {
        place = try await world.append(
          Event(
            kind: .issue,
            members: event,
            release: World.release,
            place: Place(case: Case.ID(event["case"]?.stringValue ?? ""), person: "person:bob")
          )
        )
      }
      return place
    case .grantOfNobody:
      let event = try await world.lastBody(of: "issue")
      return try await world.append(
        Event(
          kind: .issue,
          members: event,
          release: World.release,
          place: Place(case: Case.ID(event["case"]?.stringValue ?? ""), person: "person:bob")
        )
      )
    case .deliveryOfNobody:
      var event = try await world.lastBody(of: "deliver")
      event["grant"] = .string(String(repeating: "0", count: 64))
      return try await world.append(
        Event(kind: .deliver, members: event, release: World.release)
      )
    case .verdictAfterDecision:
      let decided = try #require(
        try await world.ledger.cases(state: .approved, kind: .access).first
      )
      let asked = try #require(
        try await world.ledger.release(World.release).cases[decided.id]
      )
      let verdict = try await world.verdict(on: asked)
      let said = try await world.statement(.approve(verdict), by: "person:dan")
      return .event(try await world.forge(world.signed(said)))
    case .verdictAfterReturn:
      let asked = try await world.asked(purpose: "returned", salt: 11)
      try await world.say(
        .return(case: asked.id, revision: asked.revision.id, reason: "Say what for."),
        by: "person:ben"
      )
      let verdict = try await world.verdict(on: asked)
      let said = try await world.statement(.approve(verdict), by: "person:dan")
      return .event(try await world.forge(world.signed(said)))
    case .otherManifest:
      let said = try await world.statement(
        .bind(manifest: try world.manifest("code")),
        about: .named("tier:weights"),
        by: "person:ana"
      )
      return .event(try await world.forge(world.signed(said)))
    case .secondRequest:
      _ = try await world.asked(purpose: "twice", salt: 11)
      let said = try await world.statement(.file(world.request("twice")), by: "person:bob")
      try await world.forge(world.signed(said), number: 99)
      return .row(table: "case_file", key: said.id.rawValue)
    case .noReview:
      let asked = try await world.emergency(for: "person:bob", by: "person:hal")
      _ = try await world.decide(asked)
      return .row(table: "case_file", key: asked.id.rawValue)
    case .skippedVersion:
      let next = try await world.amended { policy in
        policy.replacing("version: 2", with: "version: 3")
      }
      try await world.ledger.database.write { db in
        try db.execute(
          sql: "INSERT INTO document (sha256, kind, bytes) VALUES (?, 'policy', ?)",
          arguments: [next.policy.digest.hex, Data(next.policy.text.utf8)]
        )
      }
      let filing = SluiceGovernance.Statement.Filing.amend(
        policy: next.policy.digest,
        roster: next.roster.digest,
        terms: ["use": world.use.digest]
      )
      let said = try await world.statement(.file(filing), by: "person:ana")
      try await world.forge(world.signed(said), number: 99)
      let asked = try #require(
        try await world.ledger.release(World.release).cases[Case.ID(said.id.rawValue)]
      )
      _ = try await world.decide(asked)
      return .row(table: "case_file", key: asked.id.rawValue)
    default: throw World.Surprise.noCase
    }
  }
}

extension World {
  /// The members of the last event of a kind, without those that every event has.
  fileprivate func lastBody(of kind: String) async throws -> JSONObject {
    let body = try await ledger.database.read { db in
      try Data.fetchOne(
        db,
        sql: """
          SELECT body FROM event WHERE kind = ? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1
          """,
        arguments: [kind]
      )
    }
    var members =
      try JSONValue(canonical: Array(body ?? Data()), format: "event").objectValue ?? [:]
    for name in ["at", "kind", "seq", "v"] { members[name] = nil }
    return members
  }

  /// Appends a decision that nobody made, and answers its index.
  fileprivate func decide(
    _ asked: Case,
    counting counted: [SluiceGovernance.Statement.ID] = []
  ) async throws -> Int {
    let zeros = String(repeating: "0", count: 64)
    let members: JSONObject = [
      "case": .string(asked.id.rawValue), "counted": .array(counted.map { .string($0.rawValue) }),
      "dissent": .array([]), "explanation_sha256": .string(zeros), "outcome": "approved",
      "policy": .string(asked.policy.hex), "release": .string(World.release.rawValue),
      "revision": .string(asked.revision.id.rawValue), "roster": .string(zeros),
      "rules": "sluice-rules/1",
    ]
    let event = Event(
      kind: .decide,
      members: members,
      release: World.release,
      place: Place(isAboutRelease: true),
      isRecordPublic: true
    )
    let (ledger, now) = (ledger, now)
    return try await ledger.database.write { db in
      let index = try ledger.append(event, at: now, in: db)
      try db.execute(
        sql: """
          INSERT INTO decision (seq, case_id, revision, outcome, explanation)
          VALUES (?, ?, ?, 'approved', ?)
          """,
        arguments: [index, asked.id.rawValue, asked.revision.id.rawValue, Data("{}".utf8)]
      )
      return index
    }
  }
}
