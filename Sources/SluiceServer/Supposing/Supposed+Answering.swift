internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

extension Supposed {
  /// Whether somebody may obtain a tier, with the case by which they ask for it.
  struct Answer {
    let release: Release
    let head: Statement.Head
    let tier: Tier.ID
    let principal: Principal.ID?
    /// The draft under which it is answered.
    let draft: Policy?
    /// Why the case by which they ask stands where it stands.
    let pending: Explanation?
    /// The grant that a delivery would count on, or why there is none.
    let outcome: Result<Grant, Refusal>
  }

  /// Answers a question about access, after what it supposes.
  ///
  /// Whoever has not asked and is supposed to have been approved asks first, through the first open
  /// stage that would admit them.
  mutating func answer(
    _ question: AccessQuestion,
    for whose: Principal.ID?,
    isPast: Bool = false
  ) throws(Refusal) -> Answer {
    let acts = question.supposing.assumed
    let openings = acts.filter { $0.act == .open }
    try assume(openings, about: nil, for: whose)
    var asked = release.pending(for: whose, question.tier)
    if asked == nil, question.supposing != .nothing, let whose { asked = ask(question.tier, whose) }
    try assume(acts.filter { $0.act != .open }, about: asked, for: nil)
    var pending: Explanation?
    if let asked {
      pending = try explanation(of: asked, as: nil)
      if question.supposing != .nothing { decide(asked) }
    }
    return Answer(
      release: release,
      head: head,
      tier: question.tier,
      principal: whose,
      draft: draft,
      pending: pending,
      outcome: release.outcome(for: whose, tier: question.tier, at: now, isPast: isPast)
    )
  }

  /// Has somebody ask for a tier, if some stage would let them and nothing serves them yet.
  private mutating func ask(_ tier: Tier.ID, _ whose: Principal.ID) -> Case.ID? {
    guard let policy = draft ?? release.adoption?.policy,
      case .failure = release.outcome(for: whose, tier: tier, at: now, isPast: false)
    else { return nil }
    let stage = policy.stages.first { stage in
      stage.admits != .everyone && stage.offers.contains(tier) && release.openings[stage.id] != nil
    }
    guard let stage else { return nil }
    let filed = say(
      .file(.access(stage.id, tiers: [tier], beneficiary: .principal(whose), purpose: "")),
      about: .init(name: "stage:\(stage.id)", in: release.id),
      by: whose,
      number: 0
    )
    let id = Case.ID(filed.rawValue)
    return release.cases[id] == nil ? nil : id
  }
}

extension Release {
  /// The open case by which somebody asks for a tier, the newest.
  fileprivate func pending(for whose: Principal.ID?, _ tier: Tier.ID) -> Case.ID? {
    guard let whose else { return nil }
    return cases.values.filter {
      $0.isOpen && $0.beneficiary == whose && $0.tiers.contains(tier)
    }.max { $0.number < $1.number }?.id
  }

  /// The grant on which handing a tier to somebody would count, or why there is none.
  fileprivate func outcome(
    for whose: Principal.ID?,
    tier: Tier.ID,
    at now: Instant,
    isPast: Bool
  ) -> Result<Grant, Refusal> {
    guard adoption != nil else {
      let when = isPast ? "was in force at \(now)" : "is in force yet"
      return .failure(.stale("no policy of \(id) \(when)"))
    }
    do throws(Refusal) { return .success(try grant(for: asker(whose), tier: tier, at: now)) } catch
    {
      return .failure(error)
    }
  }
}

extension Supposed.Answer {
  /// The answer as the reader in a seat may see it.
  func page(at now: Instant, seat: Seat) -> AccessPage {
    let who = principal?.name ?? "anybody"
    switch outcome {
    case .success(let found):
      let line = line(found, at: now)
      return page(
        at: now,
        line,
        lines: ["\(who) may obtain \(tier) of \(release.id)", line.words]
      )
    case .failure(let refusal):
      let why = explanation(of: refusal, at: now, for: seat)
      let told = Problem(
        refusal,
        about: .init(release: release.id, tier: tier, clause: clause(behind: refusal)),
        explanation: why?.json
      )
      let lines =
        ["\(who) may not obtain \(tier) of \(release.id): \(told.code)", told.detail]
        + (told.policy.map { ["policy: \($0)"] } ?? [])
      return page(
        at: now,
        refusal.grant.flatMap { release.grants[$0] }.map { line($0, at: now) },
        told,
        lines: lines + (why.map { [$0.text] } ?? told.next)
      )
    }
  }

  /// The part of the policy on which a refusal rests: of a grant that it was issued under, else of the
  /// draft or of the one in force.
  private func clause(behind refusal: Refusal) -> Clause? {
    var ground = Ground(tiers: [tier])
    var policy = draft ?? release.adoption?.policy
    if let grant = refusal.grant.flatMap({ release.grants[$0] }) {
      ground.stage = grant.terms.stage
      policy = release.policy(of: grant)
    }
    return policy?.clause(behind: refusal, on: ground)
  }

  /// The explanation that belongs to a refusal: of the case that is pending, or of the opening that the
  /// reader may look into.
  private func explanation(
    of refusal: Refusal,
    at now: Instant,
    for seat: Seat
  ) -> Explanation? {
    switch refusal {
    case .noGrant(_?): return pending
    case .stageClosed(let stage):
      let opening = release.cases.values.first {
        $0.isOpen && $0.kind == .open && $0.stage == stage
      }
      guard let opening, seat.sight(of: release.outline(of: opening)) >= .page,
        let evaluation = evaluate(opening, in: release, at: now)
      else { return nil }
      return Explanation(evaluation, log: head)
    default: return nil
    }
  }

  private func line(_ grant: Grant, at now: Instant) -> GrantLine {
    GrantLine(grant, number: release.cases[grant.terms.case]?.number, in: release, at: now)
  }

  private func page(
    at now: Instant,
    _ grant: GrantLine?,
    _ problem: Problem? = nil,
    lines: [String]
  ) -> AccessPage {
    AccessPage(
      release: release.id,
      tier: tier,
      principal: principal,
      at: now,
      grant: grant,
      problem: problem,
      text: lines.joined(separator: "\n")
    )
  }
}

extension Refusal {
  /// The grant that came closest.
  fileprivate var grant: Grant.ID? {
    switch self {
    case .grantPending(let id, _), .grantExpired(let id, _), .grantRevoked(let id, _, _, _),
      .grantGrace(let id, _, _), .grantSurrendered(let id, _):
      id
    default: nil
    }
  }
}

extension GrantLine {
  /// Which grant, from which case, until when.
  fileprivate var words: String {
    let end = notAfter.map { "until \($0)" } ?? "for good"
    let origin = number.map { ", case \($0)" } ?? ""
    let through = stage.map { "stage \($0)" } ?? "emergency"
    return "grant \(id.rawValue.prefix(12)) to \(audience.text) (\(through)\(origin)), \(end)"
  }
}
