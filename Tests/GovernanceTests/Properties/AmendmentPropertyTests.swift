import SluiceEncoding
import SluiceGovernance
import Testing

/// Governance-domain 14: the old authority consents and the new one is proved able to act, and what the
/// next version says of cases and grants happens to them, and nothing else.
@Suite("Whatever the two versions, an amendment")
struct AmendmentPropertyTests {
  @Test(arguments: Luck.seeds(100, of: 10))
  func `is adopted with the consent of both, and does what it says`(seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let first = try RandomPolicy(&luck)
    let next = try RandomPolicy(&luck, after: first)
    for _ in 0..<10 {
      guard var change = Change(first, next, &luck, "SLUICE_SEED=\(seed)") else { continue }
      change.play(&luck)
    }
  }

  /// Otherwise the property would be about nothing.
  @Test func `comes to every end, with every effect`() throws {
    var seen: Set<String> = []
    for seed in UInt64(1)...80 {
      var luck = Luck(seed: seed)
      let first = try RandomPolicy(&luck)
      let next = try RandomPolicy(&luck, after: first)
      guard var change = Change(first, next, &luck, "SLUICE_SEED=\(seed)") else { continue }
      change.play(&luck)
      seen.formUnion(change.seen)
    }
    #expect(
      seen == [
        "adopted", "denied", "open", "only the old consents", "only the new consents", "restarted",
        "kept", "cut", "not cut",
      ]
    )
  }
}

/// A release that is amended once.
private struct Change {
  private var yarn: Yarn
  private var simulation: Simulation
  private let id: Case.ID
  private let old: PlainAuthority
  private let new: PlainAuthority
  private var words: [Principal.ID: PlainAuthority.Word] = [:]
  /// The state as the entries tell it that were looked at.
  private var folded: Release
  private var looked = 0
  private let seed: String
  /// What has come of it.
  private(set) var seen: Set<String> = []

  /// People have asked and been granted things; then the next policy, the next roster or both are
  /// proposed, unless they do not fit each other.
  init?(_ first: RandomPolicy, _ next: RandomPolicy, _ luck: inout Luck, _ seed: String) {
    self.seed = seed
    yarn = Yarn(first, later: next)
    for _ in 0..<4 { yarn.issueAny(&luck) }
    for _ in 0..<3 { _ = yarn.anyCase(&luck) }
    yarn.now = yarn.now + Duration(seconds: luck.pick([1, 100 * 86_400]))
    if !luck.once(in: 4) { yarn.measureAll() }
    for asked in yarn.release.cases.values.sorted(by: { $0.number < $1.number }) where asked.isOpen
    {
      _ = yarn.say(yarn.verdict(asked, by: luck.pick(Yarn.people)))
    }
    old = PlainAuthority(policy: first.policy, roster: first.roster)
    let proposed = luck.pick([
      (next.policy, next.roster), (next.policy, next.roster), (next.policy, first.roster),
      (first.policy, next.roster),
    ])
    new = PlainAuthority(policy: proposed.0, roster: proposed.1)
    simulation = Simulation(yarn.release, size: yarn.entries.count, at: yarn.now)
    folded = yarn.release
    yarn = Yarn(yarn, simulation, at: yarn.now)
    let filing = Statement.Filing.amend(
      policy: new.policy.digest,
      roster: new.roster.digest,
      terms: yarn.texts
    )
    let filed = yarn.said(
      .file(filing),
      about: .init(name: "policy", digest: new.policy.digest),
      by: "service:clerk"
    )
    id = Case.ID(filed.statement.id.rawValue)
    do throws(Refusal) { try simulation.say(filed, at: yarn.now) } catch { return nil }
    look()
  }

  /// Everybody may say something about it, one after the other, and at last time passes.
  mutating func play(_ luck: inout Luck) {
    let speakers = Yarn.people.filter { _ in !luck.once(in: 4) }.shuffled(using: &luck)
    let doubtful = luck.once(in: 3)
    for who in speakers {
      let now = simulation.now + Duration(seconds: luck.pick([0, 3_600, 86_400]))
      speak(who, denies: doubtful && luck.once(in: 3), luck.pick([.key, .touch]), at: now)
      look()
    }
    simulation.pass(to: simulation.now + Duration(seconds: luck.pick([0, 200 * 86_400])))
    look()
    switch simulation.release.cases[id]?.state {
    case .approved: seen.insert("adopted")
    case .denied: seen.insert("denied")
    default: seen.insert("open")
    }
    let versions = simulation.release.adoptions.count
    #expect(versions == (seen.contains("adopted") ? 2 : 1), "\(seed)")
  }

  private mutating func speak(
    _ who: Principal.ID,
    denies: Bool,
    _ strength: Strength,
    at now: Instant
  ) {
    yarn = Yarn(yarn, simulation, at: now)
    guard let asked = simulation.release.cases[id] else { return }
    let said = yarn.verdict(asked, by: who, denial: denies ? .other : nil, strength)
    do throws(Refusal) { try simulation.say(said, at: now) } catch { return }
    words[who] = .init(by: who, approves: !denies, strength: strength)
  }

  /// Compares how the case stands with what both authorities say, and what an adoption has done.
  private mutating func look() {
    for step in simulation.steps.dropFirst(looked) {
      let before = folded
      folded.apply(step.entry)
      guard let decision = step.decision, decision.evaluation.case.id == id else { continue }
      compare(decision.evaluation)
      if decision.outcome == .approved { checkEffects(before, at: step.entry.at) }
    }
    looked = simulation.steps.count
    guard let asked = simulation.release.cases[id], asked.state == .open else { return }
    guard let found = evaluate(asked, in: simulation.release, at: simulation.now) else {
      Issue.record("\(seed): the amendment cannot be judged")
      return
    }
    compare(found)
  }

  private mutating func compare(_ found: Evaluation) {
    func given(_ side: Evaluation.Side) -> [[Bool]] {
      side.branches.map { branch in
        branch.parts.filter { if case .approve = $0.requirement { false } else { true } }
          .map { $0.result == .met }
      }
    }
    guard let successor = found.successor else {
      Issue.record("\(seed): only one authority is asked")
      return
    }
    let said = Set(words.values)
    let requester: Principal.ID = "service:clerk"
    let agrees = (
      old: old.consents(said, requester: requester, given: given(found.side)),
      new: new.consents(said, requester: requester, given: given(successor))
    )
    #expect(
      (found.result == .met) == (agrees.old && agrees.new),
      "\(seed) \(agrees) \(old.policy.text) \(old.roster.text) \(new.policy.text) \(new.roster.text)"
    )
    if agrees.old, !agrees.new { seen.insert("only the old consents") }
    if agrees.new, !agrees.old { seen.insert("only the new consents") }
  }

  private mutating func checkEffects(_ before: Release, at now: Instant) {
    #expect(folded.adoption?.policy == new.policy, "\(seed)")
    #expect(folded.adoption?.roster == new.roster, "\(seed)")
    let rules = new.policy == old.policy ? .keep : new.policy.onAdoption
    for (id, grant) in before.grants {
      let after = folded.grants[id]
      let end = rules.endsGrantsAfter.map { now + $0 }
      guard let end, grant.terms.audience != .everyone, grant.notAfter.map({ end < $0 }) ?? true
      else {
        seen.insert("not cut")
        #expect(after == grant, "\(seed)")
        continue
      }
      seen.insert("cut")
      #expect(after?.notAfter == end, "\(seed)")
      #expect(after?.terms == grant.terms && after?.ending == grant.ending, "\(seed)")
    }
    for (id, asked) in before.cases where id != self.id {
      guard rules.restartsCases, asked.isOpen, let after = folded.cases[id] else {
        if asked.isOpen { seen.insert("kept") }
        #expect(folded.cases[id] == asked, "\(seed)")
        continue
      }
      seen.insert("restarted")
      #expect(after.state == asked.state, "\(seed)")
      #expect(after.policy == new.policy.digest, "\(seed)")
      #expect(after.revision.id != asked.revision.id && after.revision.at == now, "\(seed)")
      #expect(after.verdicts.isEmpty && after.filedAt == asked.filedAt, "\(seed)")
    }
  }
}
