public import SluiceEncoding

extension Statement.Body {
  /// The body as JSON.
  public var json: JSONValue { .object(members) }

  private var members: JSONObject {
    switch self {
    case .file(let filing): filing.members
    case .revise(let rewording): rewording.members
    case .return(let id, let revision, let reason):
      [
        "case": .string(id.rawValue), "reason": .string(reason),
        "revision": .string(revision.rawValue),
      ]
    case .approve(let verdict): verdict.members
    case .deny(let verdict, let code): verdict.members.adding("code", .string(code.rawValue))
    case .withdraw(let reason), .recuse(let reason), .confirm(let reason), .retract(let reason):
      ["reason": .string(reason)]
    case .comment(let text, let isPublic): ["public": .bool(isPublic), "text": .string(text)]
    case .answer(let occasion, let commitment):
      occasion.members.adding("commitment", .string(commitment.hex))
    case .accept, .surrender: [:]
    case .credential(let claim): claim.members
    case .bind(let manifest): ["manifest": .string(manifest.hex)]
    case .evidence(let finding): finding.members
    case .join(let member, let fields):
      ["fields": .texts(fields), "member": .string(member.rawValue)]
    case .leave(let member): ["member": .string(member.rawValue)]
    case .delegate(let delegate, let from, let until):
      [
        "from": .string(from.description), "to": .string(delegate.rawValue),
        "until": .string(until.description),
      ]
    case .hold(let order): order.members
    case .revoke(let code, let text), .report(let code, let text):
      ["code": .string(code.rawValue), "text": .string(text)]
    case .keychange(let change): change.members
    }
  }

  init(
    _ value: JSONValue,
    type: StatementType,
    subject: Statement.Subject
  ) throws(Malformed) {
    var fields = try JSONFields(value, format: Statement.format, path: "predicate.body")
    self = try Self.read(&fields, type, subject)
    try fields.finish()
  }

  private static func read(
    _ fields: inout JSONFields,
    _ type: StatementType,
    _ subject: Statement.Subject
  ) throws(Malformed) -> Self {
    switch type {
    case .file: .file(try Statement.Filing(&fields, subject: subject))
    case .revise: .revise(try Statement.Rewording(&fields))
    case .withdraw: .withdraw(reason: try fields.text("reason", limit: Statement.limit))
    case .return:
      .return(
        case: Case.ID(try fields.digest("case").hex),
        revision: Case.Revision.ID(try fields.digest("revision").hex),
        reason: try fields.saying("reason", limit: Statement.limit)
      )
    case .approve:
      .approve(
        try Statement.Verdict(&fields, reason: try fields.text("reason", limit: Statement.limit))
      )
    case .deny:
      .deny(
        try Statement.Verdict(&fields, reason: try fields.saying("reason", limit: Statement.limit)),
        try ReasonCode(&fields)
      )
    case .recuse: .recuse(reason: try fields.text("reason", limit: Statement.limit))
    case .comment:
      .comment(
        text: try fields.saying("text", limit: Statement.limit),
        isPublic: try fields.bool("public")
      )
    case .answer:
      .answer(try Statement.Occasion(&fields), commitment: try fields.digest("commitment"))
    case .accept: .accept
    case .credential: .credential(try Statement.Claim(&fields))
    case .bind: .bind(manifest: try fields.digest("manifest"))
    case .evidence: .evidence(try Statement.Finding(&fields))
    case .confirm: .confirm(reason: try fields.text("reason", limit: Statement.limit))
    case .retract: .retract(reason: try fields.text("reason", limit: Statement.limit))
    case .join:
      .join(try fields.principal("member"), fields: try fields.texts("fields", limit: 200))
    case .leave: .leave(try fields.principal("member"))
    case .delegate: try delegation(&fields)
    case .hold: .hold(try Statement.Order(&fields, subject: subject))
    case .revoke:
      .revoke(try ReasonCode(&fields), text: try fields.saying("text", limit: Statement.limit))
    case .surrender: .surrender
    case .report:
      .report(try ReasonCode(&fields), text: try fields.saying("text", limit: Statement.limit))
    case .keychange: .keychange(try Statement.KeyChange(&fields))
    }
  }

  // At most 30 days, so that nobody is represented for good (governance-domain 6).
  private static func delegation(_ fields: inout JSONFields) throws(Malformed) -> Self {
    let from = try fields.instant("from")
    let until = try fields.instant("until")
    guard from < until else { throw fields.fault("until", "must be after from") }
    guard until.seconds - from.seconds <= 30 * 86_400 else {
      throw fields.fault("until", "must be at most 30 days after from")
    }
    return .delegate(to: try fields.principal("to"), from: from, until: until)
  }
}

extension Statement {
  /// The longest text of a reason, a comment or a method, in Unicode scalars.
  static let limit = 4_000
}
