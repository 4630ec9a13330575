internal import SluiceEncoding

extension Scenario.Claim {
  /// Reads what must be so.
  static func reading(_ words: [String]) throws(Malformed) -> Self {
    let words = words.map { $0.last == "," || $0.last == ":" ? String($0.dropLast()) : $0 }
    if let fails = words.firstIndex(of: "fails") {
      guard words.count == fails + 3, words[fails + 1] == "with" else {
        throw Sentence.fault("must end in: fails with CODE")
      }
      let (act, name) = try Scenario.Act.reading(Array(words[..<fails]))
      guard case .said = act, name == nil else {
        throw Sentence.fault("only what somebody says can fail, and it gets no name")
      }
      return .refusal(act, code: words[fails + 2])
    }
    if words.count > 1, words[1] == "may" { return try obtaining(words) }
    guard words.count >= 3, let place = words.firstIndex(of: "is"), place < words.count - 1 else {
      throw Sentence.fault("must say what is, what may be obtained, or what fails")
    }
    return try standing(of: Array(words[..<place]), Array(words[(place + 1)...]))
  }

  private static func obtaining(_ words: [String]) throws(Malformed) -> Self {
    let nobody = ["anybody", "everyone"]
    let who = nobody.contains(words[0]) ? nil : try Scenario.Cast.principal(words[0])
    if words.count == 4, words[2] == "obtain" { return .obtains(who, Tier.ID(words[3])) }
    guard words.count == 6, words[2] == "not", words[3] == "obtain" else {
      throw Sentence.fault("must be NAME may obtain TIER, or NAME may not obtain TIER: CODE")
    }
    return .obtainsNot(who, Tier.ID(words[4]), code: words[5])
  }

  private static func standing(of subject: [String], _ rest: [String]) throws(Malformed) -> Self {
    let word = rest[0]
    switch (subject.first, subject.count, rest.count) {
    case ("stage", 2, 1):
      guard ["open", "closed"].contains(word) else {
        throw Sentence.fault("a stage is open or closed")
      }
      return .stage(Stage.ID(subject[1]), isOpen: word == "open")
    case ("hold", 2, 1):
      guard ["active", "over"].contains(word) else {
        throw Sentence.fault("a hold is active or over")
      }
      return .hold(subject[1], isActive: word == "active")
    case ("grant", 3, 1) where subject[1] == "of":
      guard let status = Grant.Status(rawValue: word) else {
        throw Sentence.fault("a grant is \(list(Grant.Status.allCases.map(\.rawValue)))")
      }
      return .grant(subject[2], status)
    case (let name?, 1, _): return try standing(of: name, word, rest.dropFirst())
    default: throw Sentence.fault("must begin with a case, stage NAME, hold NAME or grant of CASE")
    }
  }

  private static func standing(
    of name: String,
    _ word: String,
    _ rest: ArraySlice<String>
  ) throws(Malformed) -> Self {
    guard words.contains(word) else { throw Sentence.fault("a case is \(list(words))") }
    var rest = rest
    switch rest.popFirst() {
    case nil: return .standing(name, word: word, missing: [])
    case "until" where word == "waiting" && rest.count == 1:
      return .waiting(name, until: try Instant(rest.first ?? ""))
    case "missing" where !rest.isEmpty:
      if let odd = rest.first(where: { !kinds.contains($0) }) {
        throw Sentence.fault("\(odd) is no kind of requirement: \(list(kinds))")
      }
      return .standing(name, word: word, missing: Array(rest))
    default: throw Sentence.fault("after \(word) stands: missing KIND …")
    }
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }

  /// What a case can be: while it is open the result of its evaluation, or withheld, or late.
  private static let words =
    ["open", "waiting", "met", "dead", "held", "overdue"]
    + Case.State.allCases.map(\.rawValue).filter { $0 != "open" }

  private static let kinds = [
    "approve", "evidence", "accept", "answer", "credential", "member", "after", "wait",
  ]
}
