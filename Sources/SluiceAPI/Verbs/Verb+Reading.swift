internal import SluiceEncoding
internal import SluiceGovernance

extension Verb {
  /// Takes `verb` and its arguments out; texts that only explain may be left out.
  init(_ fields: inout JSONFields) throws(Malformed) {
    let verb = try fields.string("verb")
    var read = try Self.filing(verb, &fields)
    if read == nil { read = try Self.judging(verb, &fields) }
    if read == nil { read = try Self.recording(verb, &fields) }
    guard let read else { throw fields.fault("verb", "no verb of this version") }
    self = read
  }

  /// Verbs that begin a case or word one.
  private static func filing(
    _ verb: String,
    _ fields: inout JSONFields
  ) throws(Malformed) -> Verb? {
    switch verb {
    case "adopt": .adopt(try Proposal(&fields))
    case "open": .open(try fields.name("stage"))
    case "request": .request(try Wish(&fields))
    case "renew":
      .renew(
        grant: try fields.string("grant"),
        purpose: try fields.optionalString("purpose") ?? "",
        try Gift(&fields)
      )
    case "lift":
      .lift(
        hold: try fields.string("hold"),
        purpose: try fields.optionalString("purpose") ?? ""
      )
    case "appeal": .appeal(case: try fields.string("case"), reason: try fields.reason())
    case "emergency":
      .emergency(
        try fields.names("tiers"),
        to: try fields.principal("to"),
        purpose: try fields.string("purpose")
      )
    case "revise":
      .revise(
        case: try fields.string("case"),
        purpose: try fields.optionalString("purpose"),
        tiers: try fields.optionalTexts("tiers").map { $0.map { Tier.ID($0) } },
        rebinds: try fields.optionalBool("rebind") ?? false,
        answers: try fields.answers()
      )
    case "withdraw": .withdraw(case: try fields.string("case"), reason: try fields.reason())
    default: nil
    }
  }

  /// Verbs about a case, a grant or whatever can be held.
  private static func judging(
    _ verb: String,
    _ fields: inout JSONFields
  ) throws(Malformed) -> Verb? {
    switch verb {
    case "approve": .approve(case: try fields.string("case"), reason: try fields.reason())
    case "deny":
      .deny(
        case: try fields.string("case"),
        try fields.word("code"),
        reason: try fields.string("reason")
      )
    case "return": .return(case: try fields.string("case"), reason: try fields.string("reason"))
    case "recuse": .recuse(case: try fields.string("case"), reason: try fields.reason())
    case "comment":
      .comment(
        try Topic(try fields.string("subject")),
        text: try fields.string("text"),
        isPublic: try fields.optionalBool("public") ?? false
      )
    case "flag":
      .flag(
        try Topic(try fields.string("subject")),
        try fields.word("code"),
        text: try fields.string("text")
      )
    case "hold":
      .hold(
        try Topic(try fields.string("subject")),
        Statement.Order(
          code: try fields.word("code"),
          text: try fields.string("text"),
          until: try fields.optionalInstant("until"),
          since: try fields.optionalInstant("since")
        )
      )
    case "revoke":
      .revoke(
        grant: try fields.string("grant"),
        try fields.word("code"),
        text: try fields.string("text")
      )
    case "surrender": .surrender(grant: try fields.string("grant"))
    default: nil
    }
  }

  /// Verbs that put something on record.
  private static func recording(
    _ verb: String,
    _ fields: inout JSONFields
  ) throws(Malformed) -> Verb? {
    switch verb {
    case "bind": .bind(try fields.name("tier"), manifest: try fields.digest("manifest"))
    case "answer":
      .answer(
        try Occasion(&fields),
        form: try fields.name("form"),
        answers: try fields.object("answers")
      )
    case "accept":
      .accept(try fields.name("terms"), for: try Occasion(ifAny: &fields))
    case "credential": .credential(try fields.principal("person"), try Vouching(&fields))
    case "evidence": .evidence(try fields.name("tier"), try Statement.Finding(&fields))
    case "confirm": .confirm(statement: try fields.string("statement"), reason: try fields.reason())
    case "retract": .retract(statement: try fields.string("statement"), reason: try fields.reason())
    case "join":
      .join(
        try fields.name("group"),
        try fields.principal("person"),
        fields: try fields.optionalMap("fields") ?? [:]
      )
    case "leave": .leave(try fields.name("group"), try fields.optionalPrincipal("person"))
    case "delegate":
      .delegate(
        try fields.name("role"),
        to: try fields.principal("to"),
        from: try fields.instant("from"),
        until: try fields.instant("until")
      )
    default: nil
    }
  }
}

extension JSONFields {
  /// Takes `reason`, which may be left out.
  fileprivate mutating func reason() throws(Malformed) -> String {
    try optionalString("reason") ?? ""
  }
}
