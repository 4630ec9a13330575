import SluiceEncoding
import SluiceGovernance
import Testing

/// Decisions and grants as the log has them: from its bytes, and from nothing else.
@Suite("What was recorded")
struct RecordedTests {
  static let digest = SHA256Digest(of: "x".utf8)

  static let decide: JSONObject = [
    "case": "c", "counted": ["a", "b"], "kind": "decide", "outcome": "approved", "review": 7,
  ]

  static let issue: JSONObject = [
    "audience": "p1", "case": "c", "kind": "issue", "not_before": "2026-01-01T00:00:00Z",
    "policy": .string(digest.hex), "release": "ana/tiny", "stage": "gated",
    "successor_of": "g", "terms": .object(["use": .string(digest.hex)]),
    "tiers": .object(["weights": .string(digest.hex)]),
  ]

  private func grant(_ event: JSONObject) throws -> Grant {
    try Grant(canonical: JSONValue.object(event).canonical, at: 5) { name in
      guard name == "p1" else { throw Malformed("event", "nobody is \(name)") }
      return "person:bob"
    }
  }

  @Test func `is read from the bytes of a decision`() throws {
    let record = try Decision.Record(canonical: JSONValue.object(Self.decide).canonical)
    #expect(record.case == "c" && record.outcome == .approved)
    #expect(record.counted == ["a", "b"] && record.review == 7)
  }

  @Test func `is read from the bytes of a grant, which name it`() throws {
    let bytes = JSONValue.object(Self.issue).canonical
    let grant = try grant(Self.issue)
    #expect(grant.id.rawValue == SHA256Digest(of: bytes).hex && grant.index == 5)
    #expect(grant.terms.audience == .principal("person:bob"))
    #expect(grant.terms.tiers == ["weights": Self.digest])
    #expect(grant.terms.terms == ["use": Self.digest])
    #expect(grant.terms.notAfter == nil && grant.terms.successorOf == "g")
    for (name, audience) in [
      ("everyone", .everyone), ("group:readers", .group("readers")),
    ] as [(String, Grant.Audience)] {
      var event = Self.issue
      event["audience"] = .string(name)
      #expect(try self.grant(event).terms.audience == audience)
    }
  }

  @Test(arguments: ["kind", "case", "outcome", "counted"])
  func `is no decision if a part is missing or another`(member: String) {
    for value in [nil, "other", 5] as [JSONValue?] where member != "case" || value != "other" {
      var event = Self.decide
      event[member] = value
      #expect(throws: Malformed.self) {
        try Decision.Record(canonical: JSONValue.object(event).canonical)
      }
    }
  }

  @Test(arguments: [
    "kind", "case", "audience", "release", "tiers", "terms", "policy", "not_before",
  ])
  func `is no grant if a part is missing or another`(member: String) {
    let free = ["case", "release"]
    for value in [nil, "other", 5] as [JSONValue?] where !free.contains(member) || value != "other"
    {
      var event = Self.issue
      event[member] = value
      #expect(throws: Malformed.self) { try grant(event) }
    }
  }

  @Test func `is nothing in another spelling`() {
    let bytes = [UInt8](" ".utf8) + JSONValue.object(Self.decide).canonical
    #expect(throws: Malformed.self) { try Decision.Record(canonical: bytes) }
    #expect(throws: Malformed.self) {
      try Grant(canonical: [UInt8](" ".utf8) + JSONValue.object(Self.issue).canonical, at: 5) {
        Principal.ID($0)
      }
    }
  }
}

/// Where the text of a policy has its parts.
@Suite("A part of a policy")
struct ClauseTests {
  @Test(
    arguments: [
      ("stages.gated.lasts", "stages.gated.lasts", "gated:"),
      ("gates.requester.require[1]", "gates.requester.require[1]", "accept: use"),
      ("stages.gated.renews.grace", "stages.gated", "gated:"),
      ("gates.requester.require[9]", "gates.requester.require", "require"),
      ("governance.emergency.gate", "governance", "governance"),
    ]
  )
  func `is where the text has it, or the nearest around it`(
    path: String,
    found: String,
    words: String
  ) throws {
    let policy = try Policy(text: SinglePolicy.text)
    let clause = try #require(policy.clause(at: path))
    #expect(clause.path == found)
    let lines = SinglePolicy.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[clause.line - 1].contains(words))
    #expect("\(clause)" == "\(found), line \(clause.line)")
  }

  @Test func `is none where the text has nothing of it`() throws {
    #expect(try Policy(text: SinglePolicy.text).clause(at: "groups.readers.managers") == nil)
  }
}
