/// The grammar of a policy file (governance-domain 14, README joins 3 and 15).
///
/// It knows all of the grammar, so that every valid policy has its digest; what is marked `.no` or
/// `.only` is refused afterwards, because a rule that is not honoured must not be adopted.
enum PolicyGrammar {
  static let policy: Shape = .record([
    .key("sluice", .scalar(.word("policy/1"))),
    .key("id", name),
    .key("version", .scalar(.integer(from: 1, "P004"))),
    .optional("previous", .scalar(.digest)),
    .key("title", text),
    .key("roles", .list(name, isSet: true)),
    .key("tiers", .map(.tier, tier)),
    .optional("sealed", .map(.tier, text, atLeast: 0)),
    .optional("terms", .map(.identifier, terms, atLeast: 0), aka: ["licences", "licenses"]),
    .optional("forms", .map(.identifier, .list(field), atLeast: 0)),
    .optional("groups", .map(.identifier, group, atLeast: 0)),
    .key("gates", .map(.identifier, gate, atMost: 100)),
    .key("stages", .map(.identifier, stage)),
    .key("governance", governance),
    .optional("on-adoption", onAdoption),
  ])

  private static let name: Shape = .scalar(.identifier)
  private static let text: Shape = .scalar(.text)
  private static let roleName: Shape = .reference(.identifier, to: "roles")
  private static let tierName: Shape = .reference(.identifier, to: "tiers")
  private static let gateName: Shape = .reference(.identifier, to: "gates")
  private static let stageName: Shape = .reference(.identifier, to: "stages")
  private static let formName: Shape = .reference(.identifier, to: "forms")
  private static let termsName: Shape = .reference(.identifier, to: "terms")
  private static let groupName: Shape = .reference(.identifier, to: "groups")
  private static let duration: Shape = .scalar(.duration)

  private static let tier: Shape = .record([
    .key("kind", .scalar(.word("paper", "code", "data", "weights", "service", "other"))),
    .optional("credits", .list(text, atLeast: 0)),
    .optional("derived-from", .list(text, atLeast: 0)),
    .optional("note", text),
  ])

  private static let terms: Shape = .record([
    .key("file", .scalar(.file), aka: ["path", "text"]),
    .optional("sha256", .scalar(.digest), aka: ["digest"]),
  ])

  private static let field: Shape = .record([
    .key("id", name, aka: ["name"]),
    .key("type", .scalar(.word("text", "choice", "tick", "country", "date", "email"))),
    .optional("ask", text, aka: ["question", "label"]),
    .optional("max", .scalar(.integer(from: 1, "P004"))),
    .optional("options", .list(text, isSet: true), aka: ["choices"]),
    .optional("optional", .scalar(.boolean)),
    .optional("private", .scalar(.boolean)),
    .optional("allow", .list(.scalar(.country), isSet: true)),
    .optional("deny", .list(.scalar(.country), isSet: true)),
  ])

  private static let group: Shape = .record([
    .key("managers", roleName),
    .optional("describe", .list(name, isSet: true)),
    .optional("sectors", .list(name, isSet: true)),
  ])

  private static let gate: Shape = .record([
    .key("require", .list(.requirement), aka: ["requires", "requirements", "needs"]),
    .optional("due", duration),
    .optional("lapse", duration, aka: ["expires"]),
    .optional("reapply", duration),
    .optional("recuse", .list(.scalar(.recusal), isSet: true)),
  ])

  /// Exactly one of the ten kinds (governance-domain 5).
  static let requirement: Shape = .record(
    [
      .optional("approve", approve),
      .optional("evidence", evidence),
      .optional("accept", termsName),
      .optional("answer", formName),
      .optional("credential", credential),
      .optional("member", groupName),
      .optional("after", .either(.instant, or: afterStage)),
      .optional("wait", duration),
      .optional("gate", gateName),
      .optional("any", .list(.oneOrMore(.requirement), atLeast: 2)),
    ],
    oneOf: [
      "approve", "evidence", "accept", "answer", "credential", "member", "after", "wait", "gate",
      "any",
    ]
  )

  private static let approve: Shape = .record([
    .key("role", roleName, aka: ["by", "group"]),
    .optional("count", .scalar(.count), aka: ["quorum", "threshold", "number", "min"]),
    .optional("veto", .scalar(.veto), aka: ["vetoes", "denials"]),
    .optional("signature", .scalar(.word("session", "key", "touch", "pin"))),
  ])

  private static let conditions: Shape = .list(.scalar(.condition))

  private static let evidence: Shape = .record([
    .key("kind", name),
    .optional("of", tierName),
    .optional("where", conditions),
    .optional("max-age", duration),
    .optional("confirm", roleName),
  ])

  private static let credential: Shape = .record([
    .key("type", name),
    .optional("from", .list(.scalar(.issuer), isSet: true)),
    .optional("where", conditions),
    .optional("max-age", duration),
  ])

  private static let afterStage: Shape = .record([
    .key("stage", stageName), .optional("plus", duration),
  ])

  private static let stage: Shape = .record([
    .key("offers", .list(tierName, isSet: true), aka: ["tiers"]),
    .key("opens", gateName, aka: ["gate"]),
    .key("admits", .reference(.identifier, to: "gates", or: "everyone"), aka: ["audience"]),
    .optional("lasts", duration, aka: ["expires", "duration"]),
    .optional(
      "renews",
      .record([.key("gate", gateName), .key("window", duration), .key("grace", duration)])
    ),
    .optional("owes", .list(obligation, atLeast: 0)),
    .optional("note", text),
    .optional("delivery", delivery),
  ])

  private static let obligation: Shape = .record(
    [
      .optional("answer", formName), .optional("accept", termsName), .key("within", duration),
      .key("then", .scalar(.word("hold", "note"))),
    ],
    oneOf: ["answer", "accept"]
  )

  private static let delivery: Shape = .record([
    .optional("mode", .scalar(.word("direct", "redirect")), .only(.text("direct"))),
    .optional("quota", .scalar(.integer(from: 1, "P004")), .no),
    .optional("parallel", .scalar(.integer(from: 1, "P004")), .only(.integer(8))),
    .optional("receipt", .scalar(.word("required")), .no),
    .optional("mark", .scalar(.boolean), .only(.boolean(false))),
  ])

  private static let governance: Shape = .record([
    .key("stewards", roleName),
    .key("amend", gateName),
    .key("lift", gateName),
    .key("appeal", gateName),
    .optional(
      "emergency",
      .record([
        .key("gate", .reference(.identifier, to: "gates", or: "everyone")), .key("lasts", duration),
        .key("review", gateName), .key("within", duration),
      ])
    ),
  ])

  private static let onAdoption: Shape = .record([
    .optional("open-cases", .scalar(.word("keep", "restart"))),
    .optional("grants", .either(.word("keep"), or: .record([.key("end-after", duration)]))),
  ])
}

/// The grammar of a roster file (governance-domain 14, README join 11).
enum RosterGrammar {
  static let roster: Shape = .record([
    .key("sluice", .scalar(.word("roster/1"))),
    .key("id", .scalar(.identifier)),
    .key("version", .scalar(.integer(from: 1, "P004"))),
    .optional("previous", .scalar(.digest)),
    .key("principals", .map(.principal, principal, atMost: 5_000)),
    .key("roles", .map(.identifier, .list(member, atLeast: 0, isSet: true))),
  ])

  private static let member: Shape = .reference(.principal, to: "principals")

  private static let principal: Shape = .record([
    .key("keys", .list(.scalar(.key), atLeast: 0, isSet: true), aka: ["key"]),
    .optional("organisation", .scalar(.organisation), aka: ["organization", "org"]),
    .optional("shown", .scalar(.text), aka: ["name"]),
  ])
}
