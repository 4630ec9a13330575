import SluiceEncoding
import SluiceGovernance

extension Yarn {
  /// Issues a grant of chance: to anybody, for any tiers, from and until any time around now.
  mutating func issueAny(_ luck: inout Luck) {
    let audiences: [Grant.Audience] =
      [.everyone, .group("readers"), .group("readers")]
      + Self.people.prefix(8).map { .principal($0) }
    let offers: [[Tier.ID]] = [["weights"], ["hosted"], ["weights", "hosted"], ["paper"]]
    let tiers = luck.pick(offers)
    let day = 86_400
    let start = now + Duration(seconds: luck.pick([0, 0, 0, 3_600, 2 * day]))
    let lasts = luck.pick([nil, 3_600, day, 9 * day] as [Int?])
    issue(
      to: luck.pick(audiences),
      tiers,
      from: start,
      until: lasts.map { start + Duration(seconds: $0) },
      asking: luck.pick([[], [], ["use"], ["use", "other"]]),
      through: luck.pick(["gated", "gated", "public", nil])
    )
  }

  /// Issues a grant as a decision would have had it.
  mutating func issue(
    to audience: Grant.Audience,
    _ tiers: [Tier.ID],
    from start: Instant,
    until end: Instant?,
    asking texts: [Terms.ID] = [],
    through stage: Stage.ID? = "gated",
    after old: Grant.ID? = nil
  ) {
    let terms = Grant.Terms(
      release: release.id,
      case: Case.ID(Self.bytes("case \(entries.count)").hex),
      stage: stage,
      audience: audience,
      tiers: tiers.reduce(into: [:]) { $0[$1] = release.standing(of: $1) },
      notBefore: start,
      notAfter: end,
      terms: texts.reduce(into: [:]) { $0[$1] = release.adoption?.terms[$1] },
      policy: policy.digest,
      successorOf: old
    )
    let id = Grant.ID(Self.bytes("grant \(entries.count)").hex)
    append(.issued(Grant(issuing: terms, as: id, at: entries.count)))
  }

  /// Somebody does something that a delivery can depend on; perhaps the rules do not let it in.
  mutating func moveDeliveries(_ luck: inout Luck) {
    let who = luck.pick(Self.people)
    let stewards = roster.heads(of: "stewards")
    let managers = roster.heads(of: "outreach")
    let grants = release.grants.values.sorted { $0.index < $1.index }
    switch Int.random(in: 0..<12, using: &luck) {
    case 0, 1, 2: issueAny(&luck)
    case 3 where !grants.isEmpty:
      let old = luck.pick(grants)
      guard let end = old.terms.notAfter else { return }
      issue(
        to: old.terms.audience,
        old.terms.tiers.keys.sorted { $0.rawValue < $1.rawValue },
        from: end,
        until: end + Duration(seconds: 86_400),
        after: old.id
      )
    case 4 where !grants.isEmpty:
      let about = Self.document("grant", luck.pick(grants).id.rawValue)
      _ = say(said(.revoke(.misuse, text: "sold"), about: about, by: luck.pick(stewards)))
    case 5 where !grants.isEmpty:
      let about = Self.document("grant", luck.pick(grants).id.rawValue)
      _ = say(said(.surrender, about: about, by: who))
    case 6, 7: holdAny(&luck, by: luck.pick(stewards), grants)
    case 8:
      let held = release.holds.filter { $0.isActive(at: now) }
      guard !held.isEmpty else { return }
      lift(luck.pick(held).id)
    case 9, 10:
      let body = luck.pick([.join(who, fields: [:]), .leave(who)] as [Statement.Body])
      _ = say(said(body, about: named("group:readers"), by: luck.pick(managers)))
    default: _ = say(accept(luck.pick(policy.terms), by: who).said)
    }
  }

  private mutating func holdAny(_ luck: inout Luck, by steward: Principal.ID, _ grants: [Grant]) {
    var subjects = [
      named("tier:weights"), named("stage:gated"), named("stage:public"),
      named(luck.pick(Self.people).rawValue), named("org:\(luck.pick(RandomPolicy.organisations))"),
      named("key:SHA256:\(luck.pick(Self.people).name)"),
    ]
    if !grants.isEmpty { subjects.append(Self.document("grant", luck.pick(grants).id.rawValue)) }
    let until = luck.pick([nil, 3_600, 86_400] as [Int?])
    let order = Statement.Order(
      code: .safety,
      text: "wait",
      until: until.map { now + Duration(seconds: $0) }
    )
    _ = say(said(.hold(order), about: luck.pick(subjects), by: steward))
  }

  /// Has a hold end as an approved `lift` ends it.
  private mutating func lift(_ id: Hold.ID) {
    let about = Self.document("hold", id.rawValue)
    let filed = said(
      .file(.lift(id, purpose: "")),
      about: about,
      by: "service:clerk",
      number: entries.count + 1
    )
    guard say(filed) else { return }
    append(.supposed(Premise(approving: Case.ID(filed.statement.id.rawValue))))
  }
}
