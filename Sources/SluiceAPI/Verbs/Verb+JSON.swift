internal import SluiceEncoding
internal import SluiceGovernance

extension Verb {
  /// The word of the command line.
  public var name: String { words.0 }

  /// The verb as JSON: `verb`, and its arguments by the names of the command line's flags.
  var members: JSONObject {
    let (verb, arguments) = words
    var members = arguments
    members["verb"] = .string(verb)
    return members
  }

  private var words: (String, JSONObject) {
    switch self {
    case .adopt(let proposal): ("adopt", proposal.members)
    case .open(let stage): ("open", ["stage": .string(stage.rawValue)])
    case .bind(let tier, let manifest):
      ("bind", ["manifest": .string(manifest.hex), "tier": .string(tier.rawValue)])
    case .request(let wish): ("request", wish.members)
    case .renew(let grant, let purpose, let gift):
      ("renew", gift.members.with("grant", grant).with("purpose", purpose))
    case .lift(let hold, let purpose): ("lift", JSONObject("hold", hold, "purpose", purpose))
    case .appeal(let id, let reason): ("appeal", JSONObject("case", id, "reason", reason))
    case .emergency(let tiers, let person, let purpose):
      (
        "emergency",
        [
          "purpose": .string(purpose), "tiers": .names(tiers), "to": .string(person.rawValue),
        ]
      )
    case .revise(let id, let purpose, let tiers, let rebinds, let answers):
      (
        "revise",
        JSONObject().with("case", id)
          .with("answers", answers.members.isEmpty ? nil : JSONValue.object(answers)).with(
            "rebind",
            .bool(rebinds)
          )
          .with("purpose", purpose).with("tiers", tiers.map { JSONValue.names($0) })
      )
    case .withdraw(let id, let reason): ("withdraw", JSONObject("case", id, "reason", reason))
    case .approve(let id, let reason): ("approve", JSONObject("case", id, "reason", reason))
    case .deny(let id, let code, let reason):
      ("deny", JSONObject("case", id, "reason", reason).with("code", code.rawValue))
    case .return(let id, let reason): ("return", JSONObject("case", id, "reason", reason))
    case .recuse(let id, let reason): ("recuse", JSONObject("case", id, "reason", reason))
    case .comment(let topic, let text, let isPublic):
      (
        "comment",
        JSONObject("subject", topic.description, "text", text).with("public", .bool(isPublic))
      )
    case .flag(let topic, let code, let text):
      (
        "flag",
        JSONObject("subject", topic.description, "text", text).with("code", code.rawValue)
      )
    case .answer(.case(let id), let form, let answers):
      ("answer", JSONObject("case", id, "form", form.rawValue).with("answers", .object(answers)))
    case .answer(.grant(let id), let form, let answers):
      ("answer", JSONObject("grant", id, "form", form.rawValue).with("answers", .object(answers)))
    case .accept(let terms, let occasion):
      ("accept", (occasion?.members ?? [:]).with("terms", terms.rawValue))
    case .credential(let holder, let vouching):
      ("credential", vouching.members.with("person", holder.rawValue))
    case .evidence(let tier, let finding):
      ("evidence", finding.members.with("tier", tier.rawValue))
    case .confirm(let id, let reason): ("confirm", JSONObject("statement", id, "reason", reason))
    case .retract(let id, let reason): ("retract", JSONObject("statement", id, "reason", reason))
    case .join(let group, let person, let fields):
      (
        "join",
        JSONObject("group", group.rawValue, "person", person.rawValue)
          .with("fields", .texts(fields))
      )
    case .leave(let group, let person):
      ("leave", JSONObject().with("group", group.rawValue).with("person", person?.rawValue))
    case .delegate(let role, let person, let from, let until):
      (
        "delegate",
        JSONObject("role", role.rawValue, "to", person.rawValue)
          .with("from", from.description).with("until", until.description)
      )
    case .hold(let topic, let order):
      ("hold", order.members.with("subject", topic.description))
    case .revoke(let grant, let code, let text):
      ("revoke", JSONObject("grant", grant, "text", text).with("code", code.rawValue))
    case .surrender(let grant): ("surrender", ["grant": .string(grant)])
    }
  }
}

extension JSONObject {
  fileprivate init() { self = [:] }

  fileprivate init(_ one: String, _ first: String, _ two: String, _ second: String) {
    self.init([.init(name: one, value: .string(first)), .init(name: two, value: .string(second))])
  }

  /// The object with one more member; without it, if there is no value.
  func with(_ name: String, _ value: JSONValue?) -> JSONObject {
    var copy = self
    copy[name] = value
    return copy
  }

  /// The object with one more text; without it, if there is none.
  func with(_ name: String, _ text: String?) -> JSONObject {
    with(name, text.map { JSONValue.string($0) })
  }
}
