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

  @Test(arguments: Luck.seeds(5, of: 5))
  func `has for every gate a log that meets it`(seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let random = try RandomPolicy(&luck)
    for filing in ["access", "open", "emergency"] {
      var yarn = Yarn(random)
      guard let id = try Self.file(filing, in: &yarn) else { continue }
      Self.pass(in: &yarn, id)
      let asked = try #require(yarn.release.cases[id])
      let found = try #require(evaluate(asked, in: yarn.release, at: yarn.now))
      #expect(
        found.result == .met,
        "SLUICE_SEED=\(seed) \(filing) in \(yarn.policy.text) \(yarn.roster.text)"
      )
      let lacking = found.branches.flatMap(\.parts).filter { $0.result != .met }
      #expect(lacking.map(\.path) == [], "SLUICE_SEED=\(seed) \(filing) in \(yarn.policy.text)")
    }
  }

  /// Somebody files whom no roster counts.
  private static func file(_ kind: String, in yarn: inout Yarn) throws -> Case.ID? {
    switch kind {
    case "access":
      return yarn.file(
        .access(
          "gated",
          tiers: ["hosted", "weights"],
          beneficiary: .principal("person:zed"),
          purpose: ""
        ),
        about: yarn.named("stage:gated"),
        by: "person:zed"
      )
    case "open":
      return yarn.file(
        .open("late", manifests: yarn.manifests(of: "late")),
        about: yarn.named("stage:late"),
        by: "service:clerk"
      )
    case "emergency":
      let manifest = try #require(yarn.release.standing(of: "weights"))
      return yarn.file(
        .emergency(["weights": manifest], beneficiary: "person:zed", purpose: "an outage"),
        about: Yarn.document("policy", yarn.policy.digest.hex),
        by: "service:clerk"
      )
    default: return nil
    }
  }

  /// Everybody does what they can, and enough time passes first.
  private static func pass(in yarn: inout Yarn, _ id: Case.ID) {
    yarn.now = yarn.now + Duration(seconds: 100 * 86_400)
    for tier in yarn.policy.tiers {
      for kind in ["score", "watch"] {
        for points in ["1", "10"] {
          let metrics = ["points": points, "share": "0.5"]
          guard let words = yarn.evidence(kind, tier.id, metrics, by: "person:yan") else {
            continue
          }
          _ = yarn.say(words.said)
        }
      }
    }
    for evidence in yarn.release.evidence {
      for head in Yarn.people { _ = yarn.say(yarn.confirm(evidence, by: head)) }
    }
    _ = yarn.say(yarn.credential(by: "org:orcid", for: "person:zed", level: "2").said)
    for head in Yarn.people {
      _ = yarn.say(yarn.credential(by: head, for: "person:zed", level: "3").said)
      let body = Statement.Body.join("person:zed", fields: [:])
      _ = yarn.say(yarn.said(body, about: yarn.named("group:readers"), by: head))
    }
    guard let asked = yarn.release.cases[id] else { return }
    for terms in yarn.policy.terms { _ = yarn.say(yarn.accept(terms, by: "person:zed").said) }
    for form in yarn.policy.forms {
      let words = yarn.answer(form, of: asked, by: "person:zed")
      _ = yarn.say(words.said, answers: words.answers)
    }
    for head in Yarn.people { _ = yarn.say(yarn.verdict(asked, by: head, .touch)) }
  }
}
