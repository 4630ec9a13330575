import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// One of each verb, with every argument.
enum VerbSamples {
  static let reference = "9c2e1f"

  static let gift = Verb.Gift(answers: ["request": ["purpose": "é"]], accepts: ["use"])

  static let all: [Verb] = filings + judgements + records

  static let filings: [Verb] = [
    .adopt(.init(policy: "p", roster: "r", terms: ["use": "Do no harm."], rehearsal: "{}")),
    .adopt(.init()),
    .open("gated"),
    .request(
      .init(
        tiers: ["weights", "query"],
        stage: "gated",
        beneficiary: .group("press"),
        purpose: "é",
        gift: gift
      )
    ), .renew(grant: reference, purpose: "more", gift),
    .lift(hold: reference, purpose: "over"), .appeal(case: "4", reason: "look again"),
    .emergency(["weights"], to: "person:bob", purpose: "an outage"),
    .revise(case: "4", purpose: "less", tiers: ["weights"], rebinds: true),
    .revise(case: "4", purpose: nil, tiers: nil, rebinds: false),
    .revise(
      case: "4",
      purpose: nil,
      tiers: nil,
      rebinds: false,
      answers: ["request": ["purpose": "é"]]
    ),
    .withdraw(case: "4", reason: "no longer"),
  ]

  static let judgements: [Verb] = [
    .approve(case: "4", reason: "good"), .deny(case: "4", .purpose, reason: "vague"),
    .return(case: "4", reason: "say more"), .recuse(case: "4", reason: "a friend"),
    .comment(.case("4"), text: "hm", isPublic: true),
    .flag(.tier("weights"), .leak, text: "on a forum"),
    .hold(
      .key("SHA256:x"),
      .init(code: .keyCompromise, text: "lost", until: Samples.noon, since: Samples.noon)
    ), .revoke(grant: reference, .misuse, text: "sold"), .surrender(grant: reference),
  ]

  static let records: [Verb] = [
    .bind("weights", manifest: Samples.digest("weights")),
    .answer(.case("4"), form: "request", answers: ["purpose": "é"]),
    .answer(.grant(reference), form: "findings", answers: ["found": "none"]), .accept("use"),
    .accept("use", for: .case("4")), .accept("use", for: .grant(reference)),
    .credential(
      "person:bob",
      .init(
        type: "email-domain",
        values: ["domain": "example.org"],
        assertedAt: Samples.noon,
        expiresAt: Samples.noon
      )
    ),
    .evidence(
      "weights",
      .init(
        kind: "detectability",
        metrics: ["accuracy": "0.94"],
        method: "held out",
        attachments: ["roc.png": Samples.digest("roc")],
        publishes: true
      )
    ), .confirm(statement: reference, reason: "done again"),
    .retract(statement: reference, reason: "a mistake"),
    .join("press", "person:bob", fields: ["sector": "press"]), .leave("press", "person:bob"),
    .leave("press", nil),
    .delegate("board", to: "person:ben", from: Samples.noon, until: Samples.noon),
  ]
}
