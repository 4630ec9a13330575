internal import SluiceEncoding

extension Scenario.Deed {
  /// Reads what is put on record, and what closes.
  static func record(_ sentence: inout Sentence, by who: Principal.ID) throws(Malformed) -> Self {
    switch sentence.verb {
    case "give":
      let type = try sentence.object("a type")
      let values = try sentence.values()
      return .credential(
        type,
        values,
        for: try Scenario.Cast.principal(try sentence.clause("to", "NAME")),
        since: try sentence.instant("since"),
        until: try sentence.instant("until")
      )
    case "bind":
      return .bind(
        Tier.ID(try sentence.object("a tier")),
        to: try sentence.clause("to", "any word, which stands for bytes")
      )
    case "record":
      guard try sentence.object("evidence KIND") == "evidence" else {
        throw Sentence.fault("what is recorded is evidence")
      }
      let kind = try sentence.object("a kind of evidence")
      let tier = Tier.ID(try sentence.clause("of", "TIER"))
      return .evidence(kind, tier, try sentence.values("with"))
    case "confirm": return .confirm(try sentence.object("evidence or a report"))
    case "retract": return .retract(try sentence.object("what is taken back"))
    case "join":
      let member = try Scenario.Cast.principal(try sentence.object("a member"))
      let group = Group.ID(try sentence.clause("to", "GROUP"))
      return .join(member, group, try sentence.values("with"))
    case "leave": return .leave(who, Group.ID(try sentence.object("a group")))
    case "remove":
      let member = try Scenario.Cast.principal(try sentence.object("a member"))
      return .leave(member, Group.ID(try sentence.clause("from", "GROUP")))
    case "delegate":
      let role = Role.ID(try sentence.object("a role"))
      let other = try Scenario.Cast.principal(try sentence.clause("to", "NAME"))
      let from = try sentence.instant("from")
      guard let until = try sentence.instant("until") else {
        throw Sentence.fault("delegate needs until INSTANT")
      }
      return .delegate(role, to: other, from: from, until: until)
    case "hold":
      let subject = try sentence.object("what is held")
      return .hold(
        subject,
        try code(try sentence.object("a code")),
        since: try sentence.instant("since"),
        until: try sentence.instant("until")
      )
    case "revoke":
      let asked = try sentence.object("the case of the grant")
      return .revoke(asked, try code(try sentence.object("a code")))
    case "surrender": return .surrender(try sentence.object("the case of the grant"))
    case "report":
      let code = try code(try sentence.object("a code"))
      return .report(code, try sentence.clause("of", "TIER"))
    default: throw Sentence.fault("no such verb: \(sentence.verb)")
    }
  }
}
