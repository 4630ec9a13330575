import SluiceEncoding
import SluiceGovernance

extension Yarn {
  /// Something that somebody says, with the answers behind a commitment.
  typealias Words = (said: Entry.Said, answers: JSONObject?)

  /// Something that can only help: neither a verdict nor one of those by which somebody is left out.
  func help(_ asked: Case, _ luck: inout Luck) -> Words? {
    let who = luck.pick(Self.people)
    let recusesAuthors = policy.gate(asked.gate)?.recuse.contains(.evidenceAuthor) ?? false
    switch Int.random(in: 0..<9, using: &luck) {
    case 0: return answer(luck.pick(policy.forms), of: asked, by: asked.beneficiary ?? who)
    case 1: return accept(luck.pick(policy.terms), by: asked.beneficiary ?? who)
    case 2 where !recusesAuthors, 3 where !recusesAuthors:
      return evidence(luck.pick(["score", "watch"]), by: who, &luck)
    case 4:
      return release.evidence.last.map { (confirm($0, by: who), nil) }
    case 5: return credential(by: who, for: luck.pick(Self.people), &luck)
    case 6:
      let fields = ["sector": luck.pick(["press", "labs"])]
      // Whoever joins a group that asks is left out.
      guard asked.party == nil || asked.beneficiary != nil else { return nil }
      return (
        said(.join(luck.pick(Self.people), fields: fields), about: named("group:readers"), by: who),
        nil
      )
    case 7:
      let body = Statement.Body.comment(text: "hm", isPublic: false)
      return (said(body, about: Self.document("case", asked.id.rawValue), by: who), nil)
    default:
      let body = Statement.Body.report(luck.pick([.leak, .misuse]), text: "seen")
      return (said(body, about: named("tier:\(luck.pick(policy.tiers).id)"), by: who), nil)
    }
  }

  /// Anything that somebody might say about a case.
  func anything(_ asked: Case, _ luck: inout Luck) -> Words? {
    let who = luck.pick(Self.people)
    switch Int.random(in: 0..<14, using: &luck) {
    case 0, 1, 2, 3, 12, 13:
      let denial: ReasonCode? = luck.once(in: 5) ? .safety : nil
      let strength = luck.pick([.session, .key, .touch] as [Strength])
      return (verdict(asked, by: who, denial: denial, strength), nil)
    case 4 where luck.once(in: 3):
      let body = Statement.Body.recuse(reason: "mine")
      return (said(body, about: Self.document("case", asked.id.rawValue), by: who), nil)
    case 5 where luck.once(in: 3):
      let role = Role.ID(luck.pick(RandomPolicy.roles))
      let body = Statement.Body.delegate(
        to: luck.pick(Self.people),
        from: now,
        until: now + Duration(seconds: Int.random(in: 1...20, using: &luck) * 86_400)
      )
      return (said(body, about: named("role:\(role)"), by: who), nil)
    case 6 where luck.once(in: 3): return hold(by: who, on: asked, &luck)
    default: return help(asked, &luck)
    }
  }

  func answer(_ form: Form, of asked: Case, by who: Principal.ID) -> Words {
    let answers = JSONObject(form.fields.map { .init(name: $0.id, value: "text") })
    let commitment = SHA256Digest(of: JSONValue.object(answers).canonical)
    let subject = Statement.Subject(name: "form:\(form.id)", digest: form.digest)
    return (
      said(.answer(.case(asked.id), commitment: commitment), about: subject, by: who, .session),
      answers
    )
  }

  func accept(_ terms: Terms, by who: Principal.ID) -> Words {
    let digest = release.adoption?.terms[terms.id] ?? Self.bytes("")
    return (said(.accept, about: .init(name: "terms:\(terms.id)", digest: digest), by: who), nil)
  }

  func evidence(_ kind: String, by who: Principal.ID, _ luck: inout Luck) -> Words? {
    let metrics = [
      "points": luck.pick(["1", "2.5", "3.0", "10"]), "share": luck.pick(["0", "1.0", "0.5"]),
    ]
    return evidence(kind, luck.pick(policy.tiers).id, metrics, by: who)
  }

  func evidence(
    _ kind: String,
    _ tier: Tier.ID,
    _ metrics: [String: String],
    by who: Principal.ID
  ) -> Words? {
    release.standing(of: tier).map { standing in
      let finding = Statement.Finding(kind: kind, metrics: metrics, method: "by chance")
      return (
        said(.evidence(finding), about: .init(name: "manifest", digest: standing), by: who), nil
      )
    }
  }

  /// Has everything that a random policy asks for measured of every tier, and confirmed by everybody.
  mutating func measureAll() {
    for tier in policy.tiers {
      for kind in ["score", "watch"] {
        for points in ["1", "10"] {
          let metrics = ["points": points, "share": "0.5"]
          guard let words = evidence(kind, tier.id, metrics, by: "person:yan") else { continue }
          _ = say(words.said)
        }
      }
    }
    for evidence in release.evidence {
      for head in Self.people { _ = say(confirm(evidence, by: head)) }
    }
  }

  func confirm(_ evidence: Evidence, by who: Principal.ID) -> Entry.Said {
    said(
      .confirm(reason: "seen"),
      about: Self.document("statement", evidence.id.rawValue),
      by: who
    )
  }

  func credential(by who: Principal.ID, for holder: Principal.ID, _ luck: inout Luck) -> Words {
    credential(
      by: who,
      for: holder,
      level: luck.pick(["1", "2", "3.5"]),
      luck.once(in: 3) ? now + Duration(seconds: 3_600) : nil
    )
  }

  func credential(
    by who: Principal.ID,
    for holder: Principal.ID,
    level: String,
    _ until: Instant? = nil
  ) -> Words {
    let claim = Statement.Claim(
      type: "badge",
      values: ["level": level],
      assertedAt: now,
      expiresAt: until
    )
    return (said(.credential(claim), about: named(holder.rawValue), by: who), nil)
  }

  private func hold(by who: Principal.ID, on asked: Case, _ luck: inout Luck) -> Words {
    let subjects = [
      named("tier:weights"), named("stage:gated"), named(luck.pick(Self.people).rawValue),
      named("key:SHA256:\(luck.pick(Self.people).name)"),
      Self.document("case", asked.id.rawValue),
    ]
    let subject = luck.pick(subjects)
    let since = subject.name.hasPrefix("key:") && luck.once(in: 2) ? Self.start : nil
    let order = Statement.Order(
      code: .safety,
      text: "wait",
      until: luck.once(in: 2) ? now + Duration(seconds: 86_400) : nil,
      since: since
    )
    return (said(.hold(order), about: subject, by: who), nil)
  }

  /// A case of some kind that is open, whoever files it.
  mutating func anyCase(_ luck: inout Luck) -> Case.ID? {
    let who = luck.pick(Self.people)
    switch Int.random(in: 0..<6, using: &luck) {
    case 0:
      return file(
        .open("late", manifests: manifests(of: "late")),
        about: named("stage:late"),
        by: "service:clerk"
      )
    case 1:
      return file(
        .access("gated", tiers: ["hosted"], beneficiary: .group("readers"), purpose: ""),
        about: named("stage:gated"),
        by: who
      )
    case 2:
      return file(
        .access("gated", tiers: ["weights"], beneficiary: .principal("person:zed"), purpose: ""),
        about: named("stage:gated"),
        by: "service:clerk"
      )
    default:
      let tiers: [Tier.ID] = luck.pick([["weights"], ["hosted"], ["hosted", "weights"]])
      return file(
        .access("gated", tiers: tiers, beneficiary: .principal(who), purpose: ""),
        about: named("stage:gated"),
        by: who
      )
    }
  }
}
