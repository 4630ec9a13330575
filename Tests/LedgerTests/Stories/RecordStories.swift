import SluiceEncoding
import SluiceGovernance
import Testing

import SluiceLedger

@Suite("What is on record")
struct RecordStories {
  @Test func `opens a stage once it is measured and confirmed by somebody else`() async throws {
    try await play { world in
      let asked = try await world.file(try world.opening("proven"), by: "service:clerk")
      try await world.approve(asked, by: "person:ana")
      let first = try await world.measure("0.95", by: "person:dan")
      await #expect(throws: Refusal.unfit("nobody confirms their own evidence")) {
        try await world.say(.confirm(reason: ""), about: try .statement(first), by: "person:dan")
      }
      try await world.say(
        .retract(reason: "A slip."),
        about: try .statement(first),
        by: "person:dan"
      )
      await #expect(throws: Refusal.unknownStatement(first)) {
        try await world.say(.confirm(reason: ""), about: try .statement(first), by: "person:ben")
      }
      let poor = try await world.measure("0.85", by: "person:dan")
      try await world.say(.confirm(reason: ""), about: try .statement(poor), by: "person:ben")
      let second = try await world.measure("0.94", by: "person:cleo")
      #expect(try await world.state(of: asked).state == .open)
      let receipt = try await world.say(
        .confirm(reason: "Done again."),
        about: try .statement(second),
        by: "person:ben"
      )
      #expect(receipt.events.map(\.kind) == ["confirm", "decide"])
      #expect(try await world.ledger.release(World.release).openings["proven"] != nil)
    }
  }

  @Test func `counts no longer when it is old, or a confirmation was taken back`() async throws {
    try await play { world in
      let evidence = try await world.measure("0.95", by: "person:dan")
      let receipt = try await world.say(
        .confirm(reason: ""),
        about: try .statement(evidence),
        by: "person:ben"
      )
      #expect(receipt.events.map(\.kind) == ["confirm"])
      let word = try await world.lastStatement()
      try await world.say(.retract(reason: ""), about: try .statement(word), by: "person:ben")
      let asked = try await world.file(try world.opening("proven"), by: "service:clerk")
      try await world.approve(asked, by: "person:ana")
      #expect(try await world.state(of: asked).state == .open)
      try await world.wait(days: 30, seconds: 1)
      try await world.say(.confirm(reason: ""), about: try .statement(evidence), by: "person:ben")
      #expect(try await world.state(of: asked).state == .open)
    }
  }

  @Test func `opens early what was leaked, once a steward has confirmed it`() async throws {
    try await play { world in
      let asked = try await world.file(try world.opening("freed"), by: "service:clerk")
      try await world.approve(asked, by: "person:ana")
      try await world.say(
        .report(.leak, text: "On a forum."),
        about: .named("tier:weights"),
        by: "person:cho"
      )
      let report = try await world.lastStatement()
      try await world.say(.confirm(reason: ""), about: try .statement(report), by: "person:ben")
      #expect(try await world.state(of: asked).state == .open)
      try await world.say(.confirm(reason: ""), about: try .statement(report), by: "person:hal")
      #expect(try await world.state(of: asked).state == .approved)
      let everyones = try await world.ledger.grants(of: World.release)
        .filter { $0.terms.audience == .everyone }
      #expect(everyones.map(\.terms.stage) == ["public", "freed"])
    }
  }

  @Test func `lets in whom an issuer vouches for, when the time has come`() async throws {
    try await play { world in
      let asked = try await world.file(world.seat("desk"), by: "person:bob")
      try await world.wait(days: 1)
      await #expect(throws: Refusal.notEligible("person:cho")) {
        try await world.say(world.vouching(), about: .named("person:bob"), by: "person:cho")
      }
      try await world.say(world.vouching(), about: .named("person:bob"), by: "org:registrar")
      let word = try await world.lastStatement()
      let due = world.now + Duration(seconds: 86_400)
      #expect(try await world.ledger.nextDue() == due)
      try await world.say(
        .retract(reason: "Left."),
        about: try .statement(word),
        by: "org:registrar"
      )
      try await world.wait(days: 1)
      #expect(try await world.state(of: asked).state == .open)
      try await world.say(
        world.vouching("false"),
        about: .named("person:bob"),
        by: "org:registrar"
      )
      #expect(try await world.state(of: asked).state == .open)
      let receipt = try await world.say(
        world.vouching(),
        about: .named("person:bob"),
        by: "org:registrar"
      )
      #expect(receipt.events.map(\.kind) == ["credential", "decide", "issue"])
    }
  }
}

extension World {
  /// The opening of a stage that offers the weights, or the code.
  func opening(_ stage: Stage.ID) throws -> Statement.Filing {
    let tier: Tier.ID = stage == "later" ? "code" : "weights"
    return .open(stage, manifests: [tier: try manifest(tier)])
  }

  /// A request for what a stage offers, by somebody for themselves.
  func seat(_ stage: Stage.ID, for person: Principal.ID = "person:bob") -> Statement.Filing {
    let tier: Tier.ID = ["desk", "easy"].contains(stage) ? "query" : "weights"
    return .access(stage, tiers: [tier], beneficiary: .principal(person), purpose: "")
  }

  /// A word for somebody.
  func vouching(_ verified: String = "true") -> Statement.Body {
    .credential(
      .init(type: "affiliation", values: ["verified": verified], assertedAt: World.noon)
    )
  }

  /// Measures the weights, and answers the statement.
  mutating func measure(
    _ accuracy: String,
    by speaker: Principal.ID
  ) async throws -> Statement.ID {
    let finding = Statement.Finding(
      kind: "detectability",
      metrics: ["accuracy": accuracy],
      method: "held out"
    )
    try await say(
      .evidence(finding),
      about: .init(name: "manifest", digest: try manifest("weights")),
      by: speaker
    )
    return try await lastStatement()
  }
}

extension Statement.Subject {
  /// A statement that was taken in.
  static func statement(_ id: Statement.ID) throws -> Self {
    .init(name: "statement", digest: try SHA256Digest(hex: id.rawValue))
  }
}
