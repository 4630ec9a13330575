import SluiceEncoding
import SluiceGovernance

/// A policy and a roster that nobody would write, and that are accepted all the same.
struct RandomPolicy {
  let policy: Policy
  let roster: Roster

  static let roles = ["board", "safety", "outreach", "stewards"]
  static let heads = ["ana", "ben", "cho", "dee", "eli", "fay"]
  static let organisations = ["institute", "lab"]

  /// Makes one; what the checks refuse is made again.
  ///
  /// - Parameters:
  ///   - luck: Where chance comes from.
  ///   - before: The version that it follows, if it follows one.
  /// - Throws: What is wrong with a roster that chance wrote, which is a fault of these tests.
  init(_ luck: inout Luck, after before: RandomPolicy? = nil) throws {
    while true {
      let text = Self.text(&luck, after: before)
      guard let policy = try? Policy(text: text) else { continue }
      for _ in 0..<4 {
        let roster = try Roster(text: Self.roster(&luck, after: before))
        guard policy.conflicts(with: roster).isEmpty else { continue }
        self.policy = policy
        self.roster = roster
        return
      }
    }
  }

  /// What the head of a document says of its place in the history.
  private static func history(_ previous: SHA256Digest?) -> String {
    previous.map { "version: 2\nprevious: \($0)" } ?? "version: 1"
  }

  private static func roster(_ luck: inout Luck, after before: RandomPolicy?) -> String {
    let people = heads.enumerated().map { index, head in
      let organisation =
        luck.once(in: 2) ? ", organisation: \"org:\(luck.pick(organisations))\"" : ""
      return "  person:\(head): {keys: [\"\(key(index))\"]\(organisation)}"
    }
    let seats = roles.map { role in
      var members = heads.shuffled(using: &luck).prefix(Int.random(in: 1...4, using: &luck))
        .map { "\"person:\($0)\"" }
      if role == "board" { members.append("\"service:clerk\"") }
      return "  \(role): [\(members.joined(separator: ", "))]"
    }
    return
      (["sluice: roster/1", "id: random", history(before?.roster.digest), "principals:"] + people
      + ["  service:clerk: {keys: []}", "roles:"] + seats).joined(separator: "\n")
  }

  private static func key(_ index: Int) -> String {
    let kind = Array("ssh-ed25519".utf8)
    let key = [UInt8](repeating: UInt8(index + 1), count: 32)
    return "ssh-ed25519 " + Base64.encode([0, 0, 0, 11] + kind + [0, 0, 0, 32] + key)
  }

  /// What becomes of the open cases and the grants of the version before.
  private static func transition(_ luck: inout Luck) -> String {
    let cases = luck.pick(["keep", "restart"])
    let grants = luck.pick(["keep", "{end-after: P5D}", "{end-after: P90D}"])
    return luck.once(in: 4) ? "" : "on-adoption: {open-cases: \(cases), grants: \(grants)}"
  }

  private static func text(_ luck: inout Luck, after before: RandomPolicy?) -> String {
    let inner = luck.some(1...2) { requirement(&$0, depth: 0, party: true) }
    let main = luck.some(1...3) { requirement(&$0, depth: 2, party: true) }
    let ship = luck.some(0...2) { requirement(&$0, depth: 1, party: false) }
    let recuse =
      luck.once(in: 3) ? ", recuse: [\(luck.pick(["same-organisation", "evidence-author"]))]" : ""
    let times = luck.once(in: 3) ? ", due: P3D, lapse: P40D, reapply: P2D" : ""
    return """
      sluice: policy/1
      id: random
      \(history(before?.policy.digest))
      title: Random
      roles: [\(roles.joined(separator: ", "))]
      tiers: {paper: {kind: paper}, weights: {kind: weights}, draft: {kind: data}, hosted: {kind: service}}
      terms: {use: {file: use.md}, other: {file: other.md}}
      forms: {ask: [{id: why, type: text}], more: [{id: what, type: text}]}
      groups: {readers: {managers: outreach, describe: [sector]}}
      gates:
        inner: {require: [\(inner.joined(separator: ", "))]}
        main: {require: [\(main.joined(separator: ", "))]\(times)\(recuse)}
        ship: {require: [\((["approve: {role: \(luck.pick(roles))}"] + ship).joined(separator: ", "))]}
        urgent: {require: [approve: {role: board}]}
        look-back: {require: [approve: {role: safety}], recuse: [deciders]}
      stages:
        public: {offers: [paper], opens: ship, admits: everyone}
        gated: {offers: [weights, hosted], opens: ship, admits: main, lasts: P30D, renews: {gate: main, window: P30D, grace: P2D}, owes: [{answer: more, within: P2D, then: hold}]}
        late: {offers: [draft], opens: ship, admits: everyone}
      governance:
        stewards: stewards
        amend: ship
        lift: ship
        appeal: ship
        emergency: {gate: urgent, lasts: PT24H, review: look-back, within: P3D}
      \(before == nil ? "" : transition(&luck))
      """
  }

  private static func requirement(_ luck: inout Luck, depth: Int, party: Bool) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 14 : 11), using: &luck) {
    case 0, 1, 2: return "approve: {\(approve(&luck))}"
    case 3, 4: return "evidence: {\(evidence(&luck, named: !party))}"
    case 5: return "wait: \(luck.pick(["PT1H", "P1D", "P7D"]))"
    case 6:
      return luck.once(in: 2)
        ? "after: \"2026-0\(Int.random(in: 1...3, using: &luck))-05T12:00:00Z\""
        : "after: {stage: public, plus: \(luck.pick(["P0D", "P3D", "P20D"]))}"
    case 7 where party: return "accept: \(luck.pick(["use", "other"]))"
    case 8 where party: return "answer: \(luck.pick(["ask", "more"]))"
    case 9 where party: return "credential: {\(credential(&luck))}"
    case 10 where party: return "member: readers"
    case 7, 8, 9, 10: return "approve: {\(approve(&luck))}"
    case 11 where party: return "gate: inner"
    default:
      let alternatives = luck.some(2...3) { luck in
        luck.once(in: 2)
          ? requirement(&luck, depth: depth - 1, party: party)
          : "[\(luck.some(1...2) { requirement(&$0, depth: depth - 1, party: party) }.joined(separator: ", "))]"
      }
      return "any: [\(alternatives.joined(separator: ", "))]"
    }
  }

  private static func approve(_ luck: inout Luck) -> String {
    var parts = ["role: \(luck.pick(roles))"]
    if luck.once(in: 3) { parts.append("count: 2") }
    if luck.once(in: 3) { parts.append("veto: \(luck.pick(["none", "2"]))") }
    if luck.once(in: 6) { parts.append("signature: \(luck.pick(["session", "touch"]))") }
    return parts.joined(separator: ", ")
  }

  private static func evidence(_ luck: inout Luck, named: Bool) -> String {
    var parts = ["kind: \(luck.pick(["score", "watch"]))"]
    if named || luck.once(in: 3) {
      parts.append("of: \(luck.pick(["paper", "weights", "hosted"]))")
    }
    if luck.once(in: 2) {
      parts.append("where: [\(luck.pick(["points >= 3", "points < 2.50", "share != 1"]))]")
    }
    if luck.once(in: 2) { parts.append("max-age: \(luck.pick(["P1D", "P9D"]))") }
    if luck.once(in: 2) { parts.append("confirm: \(luck.pick(roles))") }
    return parts.joined(separator: ", ")
  }

  private static func credential(_ luck: inout Luck) -> String {
    var parts = ["type: badge"]
    if luck.once(in: 2) { parts.append("from: [\"issuer:orcid\"]") }
    if luck.once(in: 2) { parts.append("where: [level >= 2]") }
    if luck.once(in: 2) { parts.append("max-age: P5D") }
    return parts.joined(separator: ", ")
  }
}
