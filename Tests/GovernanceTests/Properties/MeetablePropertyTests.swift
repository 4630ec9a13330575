import SluiceEncoding
import SluiceGovernance
import Testing

/// Governance-domain 17: what the check accepts can be lived with.
@Suite("A policy that is accepted with a roster")
struct MeetablePropertyTests {
  /// The first gate of all, which nothing can be recorded for in advance.
  @Test(arguments: Luck.seeds(3, of: 1))
  func `can be adopted`(seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let random = try RandomPolicy(&luck)
    var yarn = Yarn(unadopted: random)
    let filing = Statement.Filing.amend(
      policy: random.policy.digest,
      roster: random.roster.digest,
      terms: yarn.texts
    )
    let subject = Yarn.document("policy", random.policy.digest.hex)
    let filed = yarn.file(filing, about: subject, by: "service:clerk")
    let id = try #require(filed)
    yarn.now = yarn.now + Duration(seconds: 100 * 86_400)
    let asked = try #require(yarn.release.cases[id])
    for head in Yarn.people { _ = yarn.say(yarn.verdict(asked, by: head, .touch)) }
    let same = try #require(yarn.release.cases[id])
    let found = try #require(evaluate(same, in: yarn.release, at: yarn.now))
    #expect(found.result == .met, "SLUICE_SEED=\(seed) \(yarn.policy.text) \(yarn.roster.text)")
  }

  /// Each gate as each kind of case comes to it, but for appeals: how many denied is not the policy's to
  /// say, and none of them counts.
  @Test(arguments: Luck.seeds(100, of: 6))
  func `has for every gate a log that meets it`(seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let random = try RandomPolicy(&luck)
    var yarn = Yarn(random)
    var asked = try Self.fileAll(in: &yarn)
    Self.helpAll(in: &yarn)
    for (id, kind) in asked {
      let heads = kind == .emergency ? [try Self.decider(in: yarn)] : Yarn.people
      try Self.meet(id, kind, by: heads, in: &yarn, seed)
    }
    // Its decision begins the review.
    let emergency = try #require(asked.first { $0.kind == .emergency }?.id)
    let evaluation = try #require(
      yarn.release.cases[emergency].flatMap { evaluate($0, in: yarn.release, at: yarn.now) }
    )
    let decision = try #require(Decision(evaluation))
    yarn.append(.decided(decision.record(review: yarn.entries.count + 1)))
    let review = try #require(yarn.release.cases.values.first { $0.filing == .review(emergency) })
    asked.append((review.id, .review))
    try Self.meet(review.id, .review, by: Yarn.people, in: &yarn, seed)
    #expect(asked.count == 6)
  }

  /// Chance writes each of the ten kinds, wherever it may stand.
  @Test func `asks for all there is`() throws {
    var seen: Set<String> = []
    for seed in UInt64(1)...60 {
      var luck = Luck(seed: seed)
      for gate in try RandomPolicy(&luck).policy.gates {
        seen.formUnion(gate.requirements.flatMap(\.kinds).map { "\(gate.id) \($0)" })
      }
    }
    let composing = ["any", "approve", "evidence", "after", "wait"]
    let ofParties = ["accept", "answer", "credential", "member"]
    let inner = (composing.dropFirst() + ofParties).map { "inner \($0)" }
    let main = (composing + ofParties + ["gate"]).map { "main \($0)" }
    #expect(
      seen
        == Set(
          inner + main + composing.map { "ship \($0)" } + ["urgent approve", "look-back approve"]
        )
    )
  }

  /// Somebody files whom no roster counts; what is renewed and what is lifted is there already, and
  /// nobody placed the hold.
  private static func fileAll(in yarn: inout Yarn) throws -> [(id: Case.ID, kind: Case.Kind)] {
    let day = Duration(seconds: 86_400)
    yarn.issue(to: .principal("person:zed"), ["hosted"], from: yarn.now, until: yarn.now + day)
    yarn.issue(to: .principal("person:yan"), ["hosted"], from: yarn.now, until: yarn.now + day)
    let grants = yarn.release.grants.values.sorted { $0.index < $1.index }.map(\.id)
    yarn.append(.unpaid(grants[1], owes: 0, event: Yarn.bytes("unpaid")))
    let hold = try #require(yarn.release.holds.first)
    let manifest = try #require(yarn.release.standing(of: "weights"))
    let filings: [(Statement.Filing, Statement.Subject, Principal.ID)] = [
      (
        .access(
          "gated",
          tiers: ["hosted", "weights"],
          beneficiary: .principal("person:zed"),
          purpose: ""
        ), yarn.named("stage:gated"), "person:zed"
      ),
      (
        .open("late", manifests: yarn.manifests(of: "late")), yarn.named("stage:late"),
        "service:clerk"
      ),
      (
        .emergency(["weights": manifest], beneficiary: "person:zed", purpose: "an outage"),
        Yarn.document("policy", yarn.policy.digest.hex), "service:clerk"
      ),
      (
        .renew(grants[0], purpose: ""), Yarn.document("grant", grants[0].rawValue), "person:zed"
      ),
      (.lift(hold.id, purpose: ""), Yarn.document("hold", hold.id.rawValue), "service:clerk"),
    ]
    return try filings.map { filing, subject, filer in
      let id = yarn.file(filing, about: subject, by: filer)
      return (try #require(id, "\(filing.kind)"), filing.kind)
    }
  }

  /// Enough time passes, and everybody does what helps and is no verdict.
  private static func helpAll(in yarn: inout Yarn) {
    yarn.now = yarn.now + Duration(seconds: 100 * 86_400)
    yarn.measureAll()
    _ = yarn.say(yarn.credential(by: "org:orcid", for: "person:zed", level: "2").said)
    for head in Yarn.people {
      _ = yarn.say(yarn.credential(by: head, for: "person:zed", level: "3").said)
      let body = Statement.Body.join("person:zed", fields: [:])
      _ = yarn.say(yarn.said(body, about: yarn.named("group:readers"), by: head))
    }
    for terms in yarn.policy.terms { _ = yarn.say(yarn.accept(terms, by: "person:zed").said) }
  }

  /// Somebody who can grant an emergency and leaves somebody to review it.
  private static func decider(in yarn: Yarn) throws -> Principal.ID {
    let reviewers = yarn.roster.heads(of: "safety")
    let decider = yarn.roster.heads(of: "board").first { reviewers != [$0] }
    return try #require(decider)
  }

  private static func meet(
    _ id: Case.ID,
    _ kind: Case.Kind,
    by heads: [Principal.ID],
    in yarn: inout Yarn,
    _ seed: UInt64
  ) throws {
    let asked = try #require(yarn.release.cases[id])
    if asked.beneficiary == "person:zed" {
      for form in yarn.policy.forms {
        let words = yarn.answer(form, of: asked, by: "person:zed")
        _ = yarn.say(words.said, answers: words.answers)
      }
    }
    for head in heads { _ = yarn.say(yarn.verdict(asked, by: head, .touch)) }
    let same = try #require(yarn.release.cases[id])
    let found = try #require(evaluate(same, in: yarn.release, at: yarn.now))
    let lacking = found.branches.flatMap(\.parts).filter { $0.result != .met }
    #expect(
      found.result == .met && lacking.isEmpty,
      "SLUICE_SEED=\(seed) \(kind) \(lacking.map(\.path)) in \(yarn.policy.text) \(yarn.roster.text)"
    )
  }
}

extension Requirement {
  /// The words of the policy file for it and for all that stands in it.
  fileprivate var kinds: [String] {
    switch self {
    case .plain(let plain): [plain.kind]
    case .gate: ["gate"]
    case .any(let alternatives): ["any"] + alternatives.joined().flatMap(\.kinds)
    }
  }
}
