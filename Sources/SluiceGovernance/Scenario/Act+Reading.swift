internal import SluiceEncoding

extension Scenario.Act {
  /// Reads what happens, and what the story calls it from there on.
  static func reading(_ words: [String]) throws(Malformed) -> (act: Self, name: String?) {
    switch words.count {
    case 2 where words[0] == "opened": return (.opened(Stage.ID(words[1])), nil)
    case 3 where words[0] == "the" && words[1] == "clock":
      switch words[2] {
      case "jumps": return (.clock(isPaused: true), nil)
      default: throw Sentence.fault("the clock jumps, or is confirmed")
      }
    case 4 where words == ["the", "clock", "is", "confirmed"]:
      return (.clock(isPaused: false), nil)
    default: break
    }
    var sentence = try Sentence(words)
    let name = try sentence.clause("as")
    let act = try said(&sentence)
    try sentence.finish()
    return (act, name)
  }

  private static func said(_ sentence: inout Sentence) throws(Malformed) -> Self {
    let who = try Scenario.Cast.principal(sentence.subject)
    let word = try sentence.clause("by")
    guard let strength = word.map({ Strength(rawValue: $0) }) ?? .key else {
      let known = Strength.allCases.map(\.rawValue).joined(separator: ", ")
      throw Sentence.fault("by must say how it is signed: \(known)")
    }
    return .said(by: who, try Scenario.Deed(&sentence, by: who), strength)
  }
}

extension Scenario.Deed {
  fileprivate init(_ sentence: inout Sentence, by who: Principal.ID) throws(Malformed) {
    switch sentence.verb {
    case "file": self = try Self.filing(try sentence.object("a kind of case"), &sentence, by: who)
    case "ask", "renew", "lift", "appeal":
      self = try Self.filing(sentence.verb, &sentence, by: who)
    case "approve":
      self = .verdict(
        try sentence.object("a case"),
        denial: nil,
        revision: try Self.revision(&sentence)
      )
    case "deny":
      let asked = try sentence.object("a case")
      let code = try sentence.object().map { word throws(Malformed) in try Self.code(word) }
      self = .verdict(asked, denial: code ?? .other, revision: try Self.revision(&sentence))
    case "return": self = .return(try sentence.object("a case"))
    case "withdraw": self = .withdraw(try sentence.object("a case"))
    case "recuse": self = .recuse(try sentence.clause("from", "CASE"))
    case "comment": self = .comment(try sentence.clause("of", "CASE"))
    case "revise":
      let asked = try sentence.object("a case")
      self = .revise(
        asked,
        tiers: try sentence.clause("to").map { Self.tiers($0) },
        purpose: sentence.phrase("for")
      )
    case "answer": self = try Self.answers(&sentence)
    case "accept": self = .accept(Terms.ID(try sentence.object("terms")))
    default: self = try Self.record(&sentence, by: who)
    }
  }

  private static func filing(
    _ kind: String,
    _ sentence: inout Sentence,
    by who: Principal.ID
  ) throws(Malformed) -> Self {
    switch kind {
    case "amend":
      return .amend(policy: try sentence.clause("to"), roster: try sentence.clause("with"))
    case "open": return .open(Stage.ID(try sentence.object("a stage")))
    case "ask":
      let tiers = tiers(try sentence.clause("for", "TIER"))
      let stage = Stage.ID(try sentence.clause("of", "STAGE"))
      let party = try sentence.clause("behalf").map { word throws(Malformed) in
        try Scenario.Cast.party(word)
      }
      return .access(
        tiers,
        stage,
        for: party ?? .principal(who),
        purpose: sentence.phrase("to") ?? ""
      )
    case "renew":
      return .renew(
        try sentence.object("the case of the grant"),
        purpose: sentence.phrase("to") ?? ""
      )
    case "lift": return .lift(try sentence.object("a hold"))
    case "appeal": return .appeal(try sentence.object("a case"))
    case "emergency":
      return .emergency(
        tiers(try sentence.object("tiers")),
        for: try Scenario.Cast.principal(try sentence.clause("for", "NAME"))
      )
    default: throw Sentence.fault("no such kind of case: \(kind)")
    }
  }

  private static func answers(_ sentence: inout Sentence) throws(Malformed) -> Self {
    let form = Form.ID(try sentence.object("a form"))
    let values = try sentence.values("with")
    if let grant = try sentence.clause("after") { return .answer(form, .after(grant), values) }
    return .answer(form, .of(try sentence.clause("of", "CASE")), values)
  }

  /// `of N` behind a verdict, which is about the current revision else.
  private static func revision(_ sentence: inout Sentence) throws(Malformed) -> Int? {
    guard let word = try sentence.clause("of") else { return nil }
    guard let number = Int(word), number > 0 else {
      throw Sentence.fault("of must say which revision, from 1")
    }
    return number
  }

  static func code(_ word: String) throws(Malformed) -> ReasonCode {
    guard let code = ReasonCode(rawValue: word) else {
      let known = ReasonCode.allCases.map(\.rawValue).joined(separator: ", ")
      throw Sentence.fault("\(word) is no code: \(known)")
    }
    return code
  }

  static func tiers(_ list: String) -> [Tier.ID] {
    list.split(separator: ",", omittingEmptySubsequences: false)
      .map { Tier.ID(String($0)) }.sorted { $0.rawValue < $1.rawValue }
  }
}
