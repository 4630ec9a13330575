import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import Testing

import SluiceLedger

/// Whoever holds file and keys of a deployment can append well-formed entries that no rule allows;
/// tree and commitments are right then, and only the rules tell.
@Suite("An entry that no rule allows")
struct ForgeryTests {
  @Test func `is found when the speaker has no such right`() async throws {
    var depot = try await Depot()
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    let statement = try await depot.world.statement(
      .revoke(.leak, text: "no"),
      about: .init(name: "grant", digest: SHA256Digest(hex: grant.id.rawValue)),
      by: "person:bob"
    )
    #expect(try await depot.forge(statement) == ["approve.not-eligible"])
  }

  @Test func `is found when the key counts for nobody, or for somebody else`() async throws {
    var depot = try await Depot()
    let statement = try await depot.world.statement(
      .accept,
      about: depot.world.use,
      by: "person:ana"
    )
    #expect(
      try await depot.forge(statement, signedBy: World.key("eve")) == ["signature.unknown-key"]
    )
    var other = try await Depot()
    let second = try await other.world.statement(.accept, about: other.world.use, by: "person:ana")
    #expect(
      try await other.forge(second, signedBy: World.key("bob")) == ["signature.wrong-person"]
    )
  }

  @Test func `is found when it names a head that never was, or another log`() async throws {
    var depot = try await Depot()
    let head = try await depot.ledger.head()
    let never = SluiceGovernance.Statement.Head(size: head.size, root: SHA256Digest(of: []))
    let statement = try await depot.world.statement(
      .accept,
      about: depot.world.use,
      by: "person:bob",
      seen: never
    )
    #expect(try await depot.forge(statement) == ["statement.stale"])
    var other = try await Depot()
    let second = try await other.world.statement(
      .accept,
      about: other.world.use,
      by: "person:bob",
      audience: "elsewhere.example/log"
    )
    #expect(try await other.forge(second) == ["statement.malformed"])
  }

  @Test func `is found when a token had been revoked`() async throws {
    var depot = try await Depot()
    let now = depot.world.now
    let secret = try await depot.ledger.issueToken(
      for: "person:bob",
      name: "a",
      lasts: nil,
      at: now
    )
    let token = try #require(try await depot.ledger.principal(ofToken: secret, at: now)).id
    try await depot.ledger.revokeToken("a", at: now)
    depot.world.now = now + Duration(seconds: 1)
    let statement = try await depot.world.statement(
      .accept,
      about: depot.world.use,
      by: "person:bob"
    )
    let submission = Submission(
      statement: statement.canonical,
      proof: .session("person:bob", token: token)
    )
    #expect(try await depot.forge(submission, .session) == ["auth.bad-key"])
  }

  @Test func `is found when the decision after it is left out`() async throws {
    var depot = try await Depot()
    let asked = try await depot.world.file(depot.world.request("again"), by: "person:bob")
    let denial = try await depot.world.verdict(on: asked, reason: "no")
    let statement = try await depot.world.statement(.deny(denial, .other), by: "person:ben")
    let index = try await depot.ledger.head().size
    #expect(try await depot.forge(statement).count == 1)
    let faults = try await depot.ledger.verify(at: depot.world.now).faults
    #expect(faults.contains { $0.place == .event(index) && $0.what.contains("had to be decided") })
  }

  @Test func `is found when a delivery counts bytes twice, or too few`() async throws {
    for coverage in [[0..<10], [900..<950]] {
      let depot = try await Depot()
      let (log, now) = (depot.log, depot.world.now)
      let first = try await log.admit(depot.query(), at: now)
      try await log.end(first, as: .drained, handed: 0..<10, acked: 0..<0, evidence: .tcp, at: now)
      let second = try await log.admit(depot.query(), at: now)
      let index = try #require(second.index)
      let end = try await depot.ledger.head().size
      try await depot.ledger.database.write { db in
        let ranges = coverage.map {
          JSONValue.array([.integer($0.lowerBound), .integer($0.upperBound)])
        }
        let members: JSONObject = [
          "acked": 0, "coverage": .array(ranges), "deliver": .integer(index), "evidence": "tcp",
          "handed": 1_000, "outcome": "unknown",
        ]
        let event = Event(kind: .delivered, members: members, release: World.release)
        try depot.ledger.append(event, at: now, in: db)
        for range in coverage {
          try db.execute(
            sql: "INSERT INTO coverage (delivery, lower, upper, at) VALUES (?, ?, ?, ?)",
            arguments: [index, range.lowerBound, range.upperBound, now.seconds]
          )
        }
        try db.execute(
          sql: "UPDATE delivery SET ended_at = ?, outcome = 'unknown', closed_by = ? WHERE seq = ?",
          arguments: [now.seconds, end, index]
        )
        try db.execute(sql: "DELETE FROM ongoing")
      }
      let faults = try await depot.ledger.verify(at: now).faults
      #expect(faults.map(\.place) == [.event(end)], "\(faults)")
      #expect(faults.first?.what.hasPrefix("event: coverage") == true)
    }
  }
}

extension Depot {
  /// Appends a statement past every rule, and says with what code the audit finds it.
  fileprivate mutating func forge(
    _ statement: SluiceGovernance.Statement,
    signedBy signer: Ed25519Signer? = nil
  ) async throws -> [String] {
    try await forge(world.signed(statement, by: signer), .key)
  }

  fileprivate mutating func forge(
    _ submission: Submission,
    _ strength: Strength
  ) async throws -> [String] {
    let index = try await world.forge(submission, strength)
    return try await ledger.verify(at: world.now).faults.filter { $0.place == .event(index) }
      .map { String($0.what.prefix { $0 != ":" }) }
  }
}

extension World {
  /// Appends a statement past every rule, and answers the index of its entry.
  @discardableResult
  func forge(
    _ submission: Submission,
    _ strength: Strength = .key,
    number: Int? = nil
  ) async throws -> Int {
    let (ledger, now) = (ledger, now)
    return try await ledger.database.write { db in
      let presented = try Presented(submission)
      let statement = try presented.statement.get()
      let authorised = Authorised(statement: statement, presented: presented, strength: strength)
      try ledger.insert(authorised, in: db)
      let event = Event(
        Entry.Said(statement, strength: strength, key: presented.key, number: number),
        credential: presented.credential,
        actor: try ledger.pseudonym(of: statement.by, in: db),
        in: try ledger.fold(statement.release, .whole, in: db)
      )
      return try ledger.append(event, at: now, in: db)
    }
  }
}
