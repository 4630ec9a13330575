import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

/// Every statement goes through the rules of the ledger, every page through its own check.
@Suite("What a draft composes")
struct FoldedDraftTests {
  @Test func `begins a release, opens it, and lets somebody in`() throws {
    var fold = try Fold.standing()
    #expect(fold.release.isPublic)
    let grant = try fold.grant()
    #expect(grant.status == .live)
    #expect(grant.audience == .principal("person:bob"))
    #expect(grant.terms.keys.sorted { $0.rawValue < $1.rawValue } == ["use"])
  }

  @Test func `words a case anew, and judges what it says then`() throws {
    var fold = try Fold.standing()
    let id = try fold.request()
    let old = try fold.casePage(id)
    try fold.say(fold.draft("person:ana").return(old, reason: "Say what for."))
    #expect(throws: Refusal.caseReturned(old.case.number)) {
      try fold.draft("person:ben").approve(fold.casePage(id))
    }
    let revised = try fold.draft("person:bob").revise(
      fold.casePage(id),
      purpose: "To count its errors.",
      tiers: ["weights", "query"],
      on: fold.page()
    )
    try fold.say(revised)
    let page = try fold.casePage(id)
    #expect(page.case.revision.rawValue == revised.id.rawValue)
    #expect(page.case.tiers == ["query", "weights"])
    #expect(page.manifests == ["weights": Samples.digest("weights")])
    #expect(
      try page.wording.differences(since: old.case.revision) == [
        .init(path: "purpose", before: "To measure.", after: "To count its errors."),
        .init(path: "tiers", before: "weights", after: "query, weights"),
      ]
    )
    // A verdict on what was read before is turned down, whoever composed it.
    let stale = try fold.draft("person:ben").approve(old)
    #expect(throws: Refusal.staleRevision(current: page.case.revision)) { try fold.check(stale) }
    try fold.approve(id, by: "person:ana")
    try fold.approve(id, by: "person:ben")
    #expect(fold.release.cases[id]?.state == .approved)
  }

  @Test func `withdraws a case, and keeps a head from counting`() throws {
    var fold = try Fold.standing()
    let id = try fold.request()
    try fold.say(fold.draft("person:cho").recuse(fold.casePage(id), reason: "A friend."))
    #expect(throws: Refusal.recused(fold.release.cases[id]?.number ?? 0, why: .recused)) {
      try fold.draft("person:cho").approve(fold.casePage(id))
    }
    try fold.say(fold.draft("person:bob").withdraw(fold.casePage(id)))
    #expect(fold.release.cases[id]?.state == .withdrawn)
  }

  @Test func `renews a grant, gives it back, and pays what is owed`() throws {
    var fold = try Fold.standing()
    var grant = try fold.grant()
    try fold.wait(25)
    grant = try fold.grant(grant)
    let verb = Verb.renew(grant: grant.id.rawValue, purpose: "", .init(accepts: ["use"]))
    let renewal = try fold.drafting("person:bob")
      .statements(of: verb, on: Pages(release: fold.page(), grant: grant))
    let id = try fold.say(renewal)
    #expect(try fold.casePage(id).case.strength == .session)
    #expect(try fold.casePage(id).case.about == .grant(grant.id))
    try fold.approve(id, by: "person:ana")
    let next = try fold.grant(of: id)
    #expect(next.successorOf == grant.id)
    #expect(next.notBefore == grant.notAfter)
    #expect(try fold.grant(grant).successor == next.id)

    try fold.say(fold.draft("person:bob").surrender(next))
    let ended = try fold.grant(next)
    #expect(ended.ended?.kind == .surrendered)
    #expect(ended.owes.map(\.state) == [.due])
    let policy = try FoldRules.policy()
    let paid = try fold.drafting("person:bob").statements(
      of: .answer(.grant(next.id.rawValue), form: "findings", answers: ["found": "Nothing."]),
      on: Pages(grant: ended, policy: policy)
    )
    try fold.say(paid)
    #expect(try fold.grant(next).owes.map(\.state) == [.paid])
  }

  @Test func `appeals against a denial, which begins the case anew`() throws {
    var fold = try Fold.standing()
    let id = try fold.request()
    try fold.say(fold.draft("person:ana").deny(fold.casePage(id), .purpose, reason: "Too vague."))
    #expect(fold.release.cases[id]?.state == .denied)
    let appeal = try fold.say(fold.draft("person:bob").appeal(fold.casePage(id), purpose: "No."))
    #expect(try fold.casePage(appeal).case.party == .principal("person:bob"))
    try fold.approve(appeal, by: "person:dee")
    let page = try fold.casePage(id)
    #expect(page.case.state == .open)
    #expect(page.wording.steps == [.appealed(appeal)])
    #expect(throws: Refusal.recused(page.case.number, why: .decider)) {
      try fold.draft("person:ana").approve(fold.casePage(id, for: "person:ana"))
    }
    try fold.approve(id, by: "person:ben")
    try fold.approve(id, by: "person:cho")
    #expect(fold.release.cases[id]?.state == .approved)
  }

  @Test func `grants an emergency, and looks at it again`() throws {
    var fold = try Fold.standing()
    let emergency = try fold.draft("person:ana").emergency(
      ["weights", "query"],
      for: "person:bob",
      purpose: "An outage.",
      on: fold.page()
    )
    let id = try fold.say(emergency)
    #expect(try fold.casePage(id).manifests == ["weights": Samples.digest("weights")])
    try fold.approve(id, by: "person:ben")
    #expect(try fold.grant(of: id).stage == nil)
    let review = try #require(fold.release.cases.values.first { $0.kind == .review })
    let page = try fold.casePage(review.id)
    #expect(page.case.deadline == fold.now + Duration(seconds: 3 * 86_400))
    #expect(throws: Refusal.unfit("a review cannot be worded anew")) {
      try fold.draft("person:eli").return(page, reason: "Why?")
    }
    try fold.approve(review.id, by: "person:eli")
    #expect(fold.release.cases[review.id]?.state == .approved)
  }

  @Test func `holds, and asks that a hold end`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    let order = Statement.Order(code: .leak, text: "Found in public.")
    try fold.say(fold.draft("person:eli").hold(.tier("weights"), order, on: fold.page()))
    #expect(try fold.grant(grant).status == .held)
    let hold = try #require(fold.holds().first)
    #expect(try fold.grant(grant).held == hold.id)
    let id = try fold.say(fold.draft("person:ana").lift(hold, purpose: "It was not ours."))
    #expect(try fold.casePage(id).case.about == .hold(hold.id))
    try fold.approve(id, by: "person:dee")
    #expect(try fold.grant(grant).status == .live)
    try fold.say(fold.draft("person:eli").revoke(fold.grant(grant), .leak, text: "It was."))
    #expect(try fold.grant(grant).status == .revoked)
  }

  @Test func `invites into a group, for which its manager asks`() throws {
    var fold = try Fold.standing()
    let invitation = Verb.join("press", "person:bob", fields: ["sector": "press"])
    try fold.say(
      fold.drafting("person:dee").statements(of: invitation, on: Pages(release: fold.page()))
    )
    let wish = Verb.Wish(
      tiers: ["weights"],
      beneficiary: .group("press"),
      gift: .init(answers: ["request": ["purpose": "To write."]], accepts: ["use"])
    )
    let id = try fold.say(
      fold.drafting("person:dee").statements(of: .request(wish), on: Pages(release: fold.page()))
    )
    #expect(try fold.grant(of: id).audience == .group("press"))
    #expect(WhoLine.lines(of: fold.release, tier: "weights", at: fold.now).isEmpty)
    try fold.say(fold.draft("person:bob").accept("use", on: fold.page()))
    let served = WhoLine.lines(of: fold.release, at: fold.now)
    #expect(served.map(\.tier) == ["code", "weights"])
    #expect(served.map(\.principal) == [nil, "person:bob"])
    try fold.say(fold.draft("person:bob").leave("press", members: fold.members()))
    #expect(WhoLine.lines(of: fold.release, tier: "weights", at: fold.now).isEmpty)
  }

  @Test func `puts measurements and words on record, and takes them back`() throws {
    var fold = try Fold.standing()
    let finding = Statement.Finding(
      kind: "detectability",
      metrics: ["accuracy": "0.94"],
      method: "held out"
    )
    try fold.say(fold.draft("person:ana").evidence(finding, about: "weights", on: fold.page()))
    try fold.say(fold.draft("person:ana").evidence(finding, about: "query", on: fold.page()))
    let evidence = fold.evidence()
    #expect(evidence.map(\.tiers) == [["weights"], ["query"]])
    try fold.say(fold.draft("person:ben").confirm(evidence[0]))
    let confirmed = try #require(fold.evidence().first?.confirmations.first)
    #expect(confirmed.by == "person:ben")
    try fold.say(fold.draft("person:ben").retract(confirmed.statement, by: "person:ben"))
    #expect(fold.evidence().first?.confirmations == [])
    let claim = Statement.Claim(type: "email-domain", values: [:], assertedAt: fold.now)
    try fold.say(fold.draft("person:dee").credential(claim, about: "person:bob"))
    #expect(fold.release.credentials.map(\.holder) == ["person:bob"])
    try fold.say(
      fold.draft("person:ana").delegate(
        "board",
        to: "person:zoe",
        from: fold.now,
        until: fold.now + Duration(seconds: 86_400),
        on: fold.page()
      )
    )
    #expect(fold.release.delegations.map(\.delegate) == ["person:zoe"])
    let topic = Statement.Subject(name: "tier:weights", in: fold.release.id)
    try fold.say(fold.draft("person:bob").comment(on: topic, text: "Good.", isPublic: true))
    try fold.say(fold.draft("person:bob").flag(topic, .leak, text: "On a forum."))
    #expect(fold.evidence().last?.isReport == true)
  }

  @Test func `adopts the next version, which begins open cases anew`() throws {
    var fold = try Fold.standing()
    let id = try fold.request()
    try fold.approve(id, by: "person:ana")
    let next = try FoldRules.next()
    let pages = Pages(release: try fold.page(), roster: try FoldRules.roster())
    let drafted = try fold.drafting("person:ana")
      .statements(of: .adopt(.init(policy: next.text)), on: pages)
    #expect(drafted.documents.count == 3)
    let amendment = try fold.say(drafted)
    let shown = try fold.casePage(amendment)
    #expect(shown.case.about == .policy(next.digest))
    #expect(shown.case.policy == (try FoldRules.policy().digest))
    try fold.approve(amendment, by: "person:ben")
    let page = try fold.casePage(id)
    #expect(page.wording.steps == [.restarted(next.digest)])
    #expect(page.case.policy == next.digest)
    try fold.approve(id, by: "person:ana")
    try fold.approve(id, by: "person:ben")
    #expect(fold.release.cases[id]?.state == .approved)
  }
}
