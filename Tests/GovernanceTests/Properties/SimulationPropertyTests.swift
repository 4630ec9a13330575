import SluiceEncoding
import SluiceGovernance
import Testing

/// The invariants of governance-domain 20 that a log alone can break, over stories that chance tells.
@Suite("Whatever is said, a simulation")
struct SimulationPropertyTests {
  @Test(arguments: Luck.seeds(7, of: 10))
  func `keeps what must never be otherwise`(seed: UInt64) throws {
    var luck = Luck(seed: seed)
    let random = try RandomPolicy(&luck)
    for _ in 0..<10 {
      var walk = Walk(random)
      for _ in 0..<40 {
        walk.step(&luck)
        walk.checkNothingIsLeft("SLUICE_SEED=\(seed)")
      }
      walk.check("SLUICE_SEED=\(seed)")
    }
  }
}

/// A release in which people do this and that, and time passes.
private struct Walk {
  private var yarn: Yarn
  private var simulation: Simulation

  init(_ random: RandomPolicy) {
    yarn = Yarn(random)
    simulation = Simulation(yarn.release, size: yarn.entries.count, at: Yarn.start)
  }

  mutating func step(_ luck: inout Luck) {
    let pause = luck.pick([0, 1, 3_600, 43_200, 86_400, 5 * 86_400])
    let now = simulation.now + Duration(seconds: pause)
    yarn = Yarn(yarn, simulation, at: now)
    guard let words = words(&luck) else { return simulation.pass(to: now) }
    do throws(Refusal) {
      try simulation.say(words.said, answers: words.answers, at: now)
    } catch {}
  }

  private func words(_ luck: inout Luck) -> Yarn.Words? {
    let now = simulation.now
    let cases = simulation.release.cases.values.filter { $0.number > 3 }.sorted {
      $0.number < $1.number
    }
    let grants = simulation.release.grants.values.sorted { $0.index < $1.index }
    let who = luck.pick(Yarn.people)
    let stewards = yarn.roster.heads(of: "stewards")
    switch Int.random(in: 0..<16, using: &luck) {
    case 0, 1, 2, 14: return filing(&luck, by: who).map { ($0, nil) }
    case 3 where !grants.isEmpty:
      let grant = luck.pick(grants)
      let subject = Yarn.document("grant", grant.id.rawValue)
      guard luck.once(in: 2), case .principal(let holder) = grant.terms.audience else {
        let body = Statement.Body.revoke(.misuse, text: "sold")
        return (yarn.said(body, about: subject, by: luck.pick(stewards)), nil)
      }
      return (yarn.said(.surrender, about: subject, by: holder), nil)
    case 15 where !cases.isEmpty:
      let order = Statement.Order(
        code: .other,
        text: "wait",
        until: now + Duration(seconds: 200_000)
      )
      let subject = luck.pick([
        yarn.named("tier:weights"), yarn.named("person:zed"), yarn.named("stage:late"),
        Yarn.document("case", luck.pick(cases).id.rawValue),
      ])
      return (yarn.said(.hold(order), about: subject, by: luck.pick(stewards)), nil)
    case 4 where !cases.isEmpty:
      let asked = luck.pick(cases)
      let words = Statement.Rewording(
        revision: asked.revision.id,
        purpose: luck.pick([nil, "again"])
      )
      let body = luck.pick([.revise(words), .withdraw(reason: "")] as [Statement.Body])
      return (
        yarn.said(body, about: Yarn.document("case", asked.id.rawValue), by: asked.requester), nil
      )
    case 5 where !cases.isEmpty:
      let asked = luck.pick(cases)
      let body = Statement.Body.return(
        case: asked.id,
        revision: asked.revision.id,
        reason: "what for"
      )
      return (
        yarn.said(body, about: Yarn.document("revision", asked.revision.id.rawValue), by: who), nil
      )
    default:
      guard !cases.isEmpty else { return nil }
      return yarn.anything(luck.pick(cases), &luck)
    }
  }

  private func filing(_ luck: inout Luck, by who: Principal.ID) -> Entry.Said? {
    let release = simulation.release
    let grants = release.grants.values.sorted { $0.index < $1.index }
    let denied = release.cases.values.filter { $0.state == .denied }.sorted {
      $0.number < $1.number
    }
    switch Int.random(in: 0..<8, using: &luck) {
    case 0:
      let filing = Statement.Filing.open("late", manifests: yarn.manifests(of: "late"))
      return yarn.said(
        .file(filing),
        about: yarn.named("stage:late"),
        by: luck.pick([who, "service:clerk"])
      )
    case 1 where !grants.isEmpty:
      let grant = luck.pick(grants)
      let subject = Yarn.document("grant", grant.id.rawValue)
      guard case .principal(let holder) = grant.terms.audience else { return nil }
      return yarn.said(.file(.renew(grant.id, purpose: "")), about: subject, by: holder)
    case 2 where !release.holds.isEmpty:
      let id = luck.pick(release.holds).id
      let subject = Yarn.document("hold", id.rawValue)
      let filer = luck.pick(
        yarn.roster.heads(of: luck.pick(["board", "safety"])) + ["service:clerk"]
      )
      return yarn.said(.file(.lift(id, purpose: "")), about: subject, by: filer)
    case 3 where !denied.isEmpty:
      let asked = luck.pick(denied)
      let filing = Statement.Filing.appeal(asked.id, revision: asked.revision.id, purpose: "")
      return yarn.said(
        .file(filing),
        about: Yarn.document("case", asked.id.rawValue),
        by: asked.requester
      )
    case 4:
      guard let manifest = release.standing(of: "weights") else { return nil }
      let filing = Statement.Filing.emergency(
        ["weights": manifest],
        beneficiary: "person:zed",
        purpose: "now"
      )
      return yarn.said(
        .file(filing),
        about: Yarn.document("policy", yarn.policy.digest.hex),
        by: who
      )
    default:
      let filing = Statement.Filing.access(
        "gated",
        tiers: luck.pick([["weights"], ["hosted"]]),
        beneficiary: luck.once(in: 6) ? .group("readers") : .principal(who),
        purpose: luck.pick(["", "again"])
      )
      return yarn.said(.file(filing), about: yarn.named("stage:gated"), by: who)
    }
  }

  /// Whatever an entry moves is judged: no case is left met or dead.
  ///
  /// Late is safe, and two things are noticed only with the next act: that somebody joined a group for
  /// which a case asks, and that a delegation began or ended.
  func checkNothingIsLeft(_ seed: String) {
    let release = simulation.release
    guard release.delegations.isEmpty else { return }
    for asked in release.cases.values where asked.state == .open && asked.beneficiary != nil {
      let evaluation = evaluate(asked, in: release, at: simulation.now)
      #expect(
        evaluation.flatMap { Decision($0) } == nil,
        "\(seed): case \(asked.number) is not decided"
      )
    }
  }

  func check(_ seed: String) {
    let release = simulation.release
    var times = Yarn.start
    var decided: [Case.Revision.ID] = []
    for step in simulation.steps {
      #expect(step.entry.at >= times, "\(seed): time goes back")
      times = step.entry.at
      guard let decision = step.decision else { continue }
      let asked = decision.evaluation.case
      #expect(!decided.contains(asked.revision.id), "\(seed): a revision is decided twice")
      decided.append(asked.revision.id)
      guard decision.outcome == .approved else { continue }
      #expect(decision.evaluation.holds.isEmpty, "\(seed): approved in spite of a hold")
      // I7.
      let slots = decision.evaluation.best?.parts.flatMap(\.slots) ?? []
      #expect(Set(slots.compactMap(\.head)).count == slots.count, "\(seed): a head counts twice")
      for head in slots.compactMap(\.head) {
        #expect(head != asked.requester && head != asked.beneficiary, "\(seed): a party counts")
        #expect(!asked.barred.contains(head), "\(seed): somebody barred counts")
      }
      // I5.
      let grants = release.grants.values.filter { $0.terms.case == asked.id }
      let grantsSomething =
        switch asked.kind {
        case .access, .renew, .emergency, .open: true
        case .amend, .lift, .appeal, .review: false
        }
      #expect(
        grants.count == (grantsSomething ? 1 : 0),
        "\(seed): \(asked.kind) has \(grants.count) grants"
      )
      // I13.
      if asked.kind == .emergency {
        #expect(
          release.cases.values.contains { $0.filing == .review(asked.id) },
          "\(seed): no review"
        )
      }
    }
    // I11.
    let open = release.cases.values.filter { $0.isOpen && $0.kind == .access }
    let asked = open.map { "\($0.stage?.rawValue ?? "") \($0.party?.shown ?? "") \($0.purpose)" }
    #expect(Set(asked).count == asked.count, "\(seed): the same is asked twice")
    let successors = release.grants.values.compactMap(\.terms.successorOf)
    #expect(Set(successors).count == successors.count, "\(seed): a grant has two successors")
    let openings = release.cases.values.filter { $0.kind == .open && $0.state == .approved }
      .compactMap(\.stage)
    #expect(Set(openings).count == openings.count, "\(seed): a stage opens twice")
    // I12.
    for hold in release.holds where hold.liftedAt != nil {
      let lifted = release.cases.values.contains { lift in
        if case .lift(hold.id, _) = lift.filing { lift.state == .approved } else { false }
      }
      #expect(lifted, "\(seed): a hold ended by itself")
    }
    // I8.
    for asked in release.cases.values where !asked.isOpen {
      let late = asked.verdicts.contains { verdict in asked.endedAt.map { verdict.at > $0 } ?? false
      }
      #expect(!late, "\(seed): a verdict after the end")
    }
  }
}
