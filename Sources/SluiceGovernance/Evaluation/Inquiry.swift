internal import SluiceEncoding

/// What is on record for the requirements that no head's verdict meets (governance-domain 5, step 4).
struct Inquiry {
  private let asked: Case
  private let release: Release
  private let policy: Policy
  private let roster: Roster
  private let now: Instant

  init(_ electorate: Electorate) {
    asked = electorate.asked
    release = electorate.release
    policy = electorate.policy
    roster = electorate.roster
    now = electorate.now
  }

  func judge(_ part: Part) -> Evaluation.Part {
    switch part.requirement {
    case .approve: judged(part, .open, .statement(nil), "approve.missing")
    case .evidence(let wanted): judge(part, wanted)
    case .accept(let terms): judged(part, acceptance(of: terms), else: "accept.missing")
    case .answer(let form):
      judged(part, answer(to: form), else: "answer.missing")
    case .credential(let wanted): judge(part, wanted)
    case .member(let group): judge(part, group)
    case .after(.instant(let instant)): judged(part, reached: instant)
    case .after(.opening(let stage, let plus)):
      if let opening = release.openings[stage] {
        judged(part, reached: opening.at + plus)
      } else {
        judged(part, .open, .moment(nil), "after.stage-closed")
      }
    case .wait(let duration): judged(part, reached: asked.revision.at + duration)
    }
  }

  private func judged(_ part: Part, reached instant: Instant) -> Evaluation.Part {
    let isReached = release.trusted(now) >= instant
    return judged(part, isReached ? .met : .waiting, .moment(instant), nil)
  }

  private func judged(
    _ part: Part,
    _ statement: Statement.ID?,
    else code: String
  ) -> Evaluation.Part {
    judged(
      part,
      statement == nil ? .open : .met,
      .statement(statement),
      statement == nil ? code : nil
    )
  }

  private func judged(
    _ part: Part,
    _ result: Evaluation.Result,
    _ found: Evaluation.Found,
    _ code: String?
  ) -> Evaluation.Part {
    Evaluation.Part(
      path: part.path,
      requirement: part.requirement,
      result: result,
      found: found,
      code: code
    )
  }

  private func acceptance(of terms: Terms.ID) -> Statement.ID? {
    guard let agreeing = asked.agreeing,
      let digest = release.terms(under: policy.digest)[terms],
      let said = release.acceptances[agreeing]?[digest],
      !release.isDoubtful(said.key, at: said.at, now: now)
    else { return nil }
    return said.statement
  }

  private func answer(to form: Form.ID) -> Statement.ID? {
    guard let form = policy.form(form), let said = asked.answers[form.digest],
      !release.isDoubtful(said.key, at: said.at, now: now)
    else { return nil }
    return said.statement
  }

  /// A person must be in the group; where the group itself asks, everybody for whom it does is.
  private func judge(_ part: Part, _ group: Group.ID) -> Evaluation.Part {
    let isMember =
      switch asked.party {
      case .principal(let beneficiary): release.groups(of: beneficiary).contains(group)
      case .group(let asking): asking == group
      case nil: false
      }
    return judged(
      part,
      isMember ? .met : .open,
      .statement(nil),
      isMember ? nil : "member.missing"
    )
  }

  private func judge(_ part: Part, _ wanted: Requirement.Credential) -> Evaluation.Part {
    guard let beneficiary = asked.beneficiary else {
      return judged(part, nil, else: "credential.missing")
    }
    let known = release.credentials.filter { credential in
      credential.holder == beneficiary && credential.claim.type.utf8.elementsEqual(wanted.type.utf8)
        && isTrusted(credential.issuer, by: wanted)
        && !release.isDoubtful(credential.key, at: credential.at, now: now)
    }
    let fitting = known.filter { credential in
      wanted.conditions.allSatisfy { $0.holds(of: credential.claim.values) }
    }
    let live = fitting.filter { credential in
      credential.claim.assertedAt <= now
        && credential.claim.expiresAt.map { now < $0 } ?? true
        && wanted.maxAge.map { now <= credential.claim.assertedAt + $0 } ?? true
    }
    if live.isEmpty, let instant = fitting.compactMap({ beginning(of: $0.claim) }).min() {
      return judged(part, .waiting, .moment(instant), nil)
    }
    let code =
      known.isEmpty
      ? "credential.missing" : fitting.isEmpty ? "credential.unmet" : "credential.stale"
    return judged(part, live.last?.id, else: code)
  }

  /// The later instant at which something that was vouched for begins to be so, if it ever is.
  private func beginning(of claim: Statement.Claim) -> Instant? {
    guard claim.assertedAt > now, claim.expiresAt.map({ claim.assertedAt < $0 }) ?? true else {
      return nil
    }
    return claim.assertedAt
  }

  /// Whose word counts: a listed issuer's; without a list that of whoever holds a role here.
  private func isTrusted(_ issuer: Principal.ID, by wanted: Requirement.Credential) -> Bool {
    guard !wanted.from.isEmpty else { return !roster.roles(of: issuer).isEmpty }
    return wanted.from.contains { issuer.isMeant(by: $0) }
  }

  private func judge(_ part: Part, _ wanted: Requirement.Evidence) -> Evaluation.Part {
    let records = release.manifests(for: wanted, in: asked).map { tier, manifest in
      record(of: tier, manifest, wanted)
    }
    let worst = records.first { $0.code != nil }
    let code = records.isEmpty ? "evidence.missing" : worst?.code
    return judged(part, code == nil ? .met : .open, .records(records), code)
  }

  /// The measurement of a tier that comes closest: of several equally close ones the latest.
  private func record(
    of tier: Tier.ID,
    _ manifest: SHA256Digest?,
    _ wanted: Requirement.Evidence
  ) -> Evaluation.Record {
    let candidates = release.evidence.filter { evidence in
      evidence.manifest == manifest && evidence.kind.utf8.elementsEqual(wanted.kind.utf8)
        && !release.isDoubtful(evidence.key, at: evidence.at, now: now)
    }.map { record(of: tier, $0, wanted) }
    let best = candidates.reduce(nil as Evaluation.Record?) { best, next in
      guard let best else { return next }
      return next.closeness >= best.closeness ? next : best
    }
    return best
      ?? .init(
        tier: tier,
        evidence: nil,
        goodUntil: nil,
        confirmedBy: nil,
        code: "evidence.missing"
      )
  }

  private func record(
    of tier: Tier.ID,
    _ evidence: Evidence,
    _ wanted: Requirement.Evidence
  ) -> Evaluation.Record {
    let goodUntil = wanted.maxAge.map { evidence.at + $0 }
    let isFitting = wanted.conditions.allSatisfy { $0.holds(of: evidence.metrics) }
    let isFresh = goodUntil.map { now <= $0 } ?? true
    let role = wanted.confirm ?? (evidence.isReport ? policy.governance.stewards : nil)
    let confirming = role.flatMap { confirmation(of: evidence, by: $0) }
    var isConfirmed = role == nil || confirming != nil
    if evidence.isReport, wanted.confirm != nil, isConfirmed {
      isConfirmed = confirmation(of: evidence, by: policy.governance.stewards) != nil
    }
    let code: String? =
      !isFitting
      ? "evidence.unmet"
      : !isFresh ? "evidence.stale" : !isConfirmed ? "evidence.unconfirmed" : nil
    return .init(
      tier: tier,
      evidence: evidence,
      goodUntil: goodUntil,
      confirmedBy: confirming,
      code: code
    )
  }

  /// A head of the role, not the author, who checked it (S4).
  private func confirmation(of evidence: Evidence, by role: Role.ID) -> Principal.ID? {
    let heads = roster.heads(of: role)
    return evidence.confirmations.first { confirmation in
      confirmation.by != evidence.by && heads.contains(confirmation.by)
        && !release.isDoubtful(confirmation.key, at: confirmation.at, now: now)
    }?.by
  }
}

extension Evaluation.Record {
  /// How close the measurement comes to what is asked.
  fileprivate var closeness: Int {
    switch code {
    case nil: 4
    case "evidence.unconfirmed": 3
    case "evidence.stale": 2
    case "evidence.unmet": 1
    default: 0
    }
  }
}

extension Identifier where Subject == Principal {
  /// Whether the entry of a policy's `from` list means this principal: `issuer:NAME`, the name alone
  /// being unique over the kinds, or the principal as such.
  public func isMeant(by entry: String) -> Bool {
    let issuer = "issuer:"
    if entry.hasPrefix(issuer) {
      return entry.dropFirst(issuer.count).utf8.elementsEqual(name.utf8)
    }
    return entry.utf8.elementsEqual(rawValue.utf8)
  }
}
