import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

/// A draft refuses with the very refusal that the rules give to the same statement, composed by hand.
@Suite("An early refusal")
struct EarlyRefusalTests {
  /// What is about to be said: by a draft, and without one.
  struct Attempt: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let by: Principal.ID
    let subject: @Sendable (Fold) throws -> Statement.Subject
    let body: @Sendable (Fold) throws -> Statement.Body
    let draft: @Sendable (Fold, Draft) throws -> Statement
  }

  static func name(_ name: String) -> @Sendable (Fold) throws -> Statement.Subject {
    { _ in Statement.Subject(name: name, in: Samples.release) }
  }

  static let order = Statement.Order(code: .leak, text: "Found in public.")

  static let attempts: [Attempt] = [
    Attempt(
      testDescription: "access for somebody else",
      by: "person:bob",
      subject: name("stage:gated"),
      body: { _ in
        .file(
          .access("gated", tiers: ["weights"], beneficiary: .principal("person:eve"), purpose: "")
        )
      },
      draft: { fold, draft in
        try draft.access(
          Asking(for: ["weights"], on: fold.page()),
          for: .principal("person:eve"),
          purpose: ""
        )
      }
    ),
    Attempt(
      testDescription: "access for a group that there is not",
      by: "person:bob",
      subject: name("stage:gated"),
      body: { _ in
        .file(.access("gated", tiers: ["weights"], beneficiary: .group("none"), purpose: ""))
      },
      draft: { fold, draft in
        try draft.access(
          Asking(for: ["weights"], on: fold.page()),
          for: .group("none"),
          purpose: ""
        )
      }
    ),
    Attempt(
      testDescription: "a sealed tier",
      by: "person:bob",
      subject: name("stage:gated"),
      body: { _ in
        .file(
          .access("gated", tiers: ["raw"], beneficiary: .principal("person:bob"), purpose: "")
        )
      },
      draft: { fold, draft in
        try draft.access(Asking(for: ["raw"], on: fold.page()), purpose: "")
      }
    ),
    Attempt(
      testDescription: "a binding of a tier that there is not",
      by: "person:ana",
      subject: name("tier:none"),
      body: { _ in .bind(manifest: Samples.digest("x")) },
      draft: { fold, draft in
        try draft.bind("none", to: Samples.digest("x"), on: fold.page())
      }
    ),
    Attempt(
      testDescription: "a binding of a service",
      by: "person:ana",
      subject: name("tier:query"),
      body: { _ in .bind(manifest: Samples.digest("x")) },
      draft: { fold, draft in
        try draft.bind("query", to: Samples.digest("x"), on: fold.page())
      }
    ),
    Attempt(
      testDescription: "other bytes for a tier that is open",
      by: "person:ana",
      subject: name("tier:weights"),
      body: { _ in .bind(manifest: Samples.digest("x")) },
      draft: { fold, draft in
        try draft.bind("weights", to: Samples.digest("x"), on: fold.page())
      }
    ),
    Attempt(
      testDescription: "an emergency for an organisation",
      by: "person:ana",
      subject: { fold in .init(name: "policy", digest: try fold.page().policySHA256) },
      body: { _ in
        .file(
          .emergency(
            ["weights": Samples.digest("weights")],
            beneficiary: "org:lab",
            purpose: "now"
          )
        )
      },
      draft: { fold, draft in
        try draft.emergency(["weights"], for: "org:lab", purpose: "now", on: fold.page())
      }
    ),
    Attempt(
      testDescription: "a hold on a tier that there is not",
      by: "person:eli",
      subject: name("tier:none"),
      body: { _ in .hold(order) },
      draft: { fold, draft in try draft.hold(.tier("none"), order, on: fold.page()) }
    ),
    Attempt(
      testDescription: "a hold on a stage that there is not",
      by: "person:eli",
      subject: name("stage:none"),
      body: { _ in .hold(order) },
      draft: { fold, draft in try draft.hold(.stage("none"), order, on: fold.page()) }
    ),
    Attempt(
      testDescription: "a hold that has ended before it begins",
      by: "person:eli",
      subject: name("tier:weights"),
      body: { fold in .hold(.init(code: .leak, text: "x", until: fold.now)) },
      draft: { fold, draft in
        try draft.hold(
          .tier("weights"),
          .init(code: .leak, text: "x", until: fold.now),
          on: fold.page()
        )
      }
    ),
    Attempt(
      testDescription: "an invitation with a field that the group does not have",
      by: "person:dee",
      subject: name("group:press"),
      body: { _ in .join("person:bob", fields: ["age": "4"]) },
      draft: { fold, draft in
        try draft.join("person:bob", "press", fields: ["age": "4"], on: fold.page())
      }
    ),
    Attempt(
      testDescription: "an invitation of a sector that there is not",
      by: "person:dee",
      subject: name("group:press"),
      body: { _ in .join("person:bob", fields: ["sector": "industry"]) },
      draft: { fold, draft in
        try draft.join("person:bob", "press", fields: ["sector": "industry"], on: fold.page())
      }
    ),
    Attempt(
      testDescription: "an invitation of an organisation",
      by: "person:dee",
      subject: name("group:press"),
      body: { _ in .join("org:lab", fields: [:]) },
      draft: { fold, draft in try draft.join("org:lab", "press", fields: [:], on: fold.page()) }
    ),
    Attempt(
      testDescription: "leaving a group that one is not in",
      by: "person:bob",
      subject: name("group:press"),
      body: { _ in .leave("person:bob") },
      draft: { fold, draft in try draft.leave("press", members: fold.members()) }
    ),
    Attempt(
      testDescription: "a delegation to oneself",
      by: "person:ana",
      subject: name("role:board"),
      body: { fold in
        .delegate(to: "person:ana", from: fold.now, until: fold.now + Duration(seconds: 60))
      },
      draft: { fold, draft in
        try draft.delegate(
          "board",
          to: "person:ana",
          from: fold.now,
          until: fold.now + Duration(seconds: 60),
          on: fold.page()
        )
      }
    ),
    Attempt(
      testDescription: "a delegation that is over",
      by: "person:ana",
      subject: name("role:board"),
      body: { fold in .delegate(to: "person:zoe", from: Samples.noon, until: fold.now) },
      draft: { fold, draft in
        try draft.delegate(
          "board",
          to: "person:zoe",
          from: Samples.noon,
          until: fold.now,
          on: fold.page()
        )
      }
    ),
    Attempt(
      testDescription: "vouching for oneself",
      by: "person:dee",
      subject: name("person:dee"),
      body: { fold in .credential(.init(type: "t", values: [:], assertedAt: fold.now)) },
      draft: { fold, draft in
        try draft.credential(
          .init(type: "t", values: [:], assertedAt: fold.now),
          about: "person:dee"
        )
      }
    ),
    Attempt(
      testDescription: "vouching for what has expired",
      by: "person:dee",
      subject: name("person:bob"),
      body: { fold in
        .credential(.init(type: "t", values: [:], assertedAt: fold.now, expiresAt: fold.now))
      },
      draft: { fold, draft in
        try draft.credential(
          .init(type: "t", values: [:], assertedAt: fold.now, expiresAt: fold.now),
          about: "person:bob"
        )
      }
    ),
  ]

  @Test(arguments: attempts)
  func `is the one that the rules give`(attempt: Attempt) throws {
    var fold = try Fold.standing()
    try fold.wait(1)
    let draft = fold.draft(attempt.by)
    let early = #expect(throws: Refusal.self) { try attempt.draft(fold, draft) }
    let statement = Statement(
      by: attempt.by,
      at: fold.now,
      audience: Samples.standing.origin,
      nonce: draft.nonce,
      release: Samples.release,
      seen: Samples.standing.head,
      subject: try attempt.subject(fold),
      body: try attempt.body(fold)
    )
    let late = #expect(throws: Refusal.self) { try fold.check(statement) }
    #expect(early == late)
  }
}
