public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// Whether somebody may obtain a tier at an instant, and why.
  ///
  /// An instant that has passed is answered from the log as it was then. Others than oneself may be
  /// asked about by whoever holds a role in the release, and by the operator.
  public func access(
    of principal: Principal.ID?,
    to release: Release.ID,
    tier: Tier.ID,
    at: Instant?
  ) async throws -> AccessPage {
    let seat = try await seat(in: release)
    let whose = principal ?? reader.principal
    guard whose == reader.principal || seat.hasRole else { throw Refusal.notForYou }
    let now = clock()
    var size = try await ledger.head().size
    if let at, at < now { size = try await ledger.size(at: at) }
    let state = try await ledger.release(
      release,
      scope: whose.map { .person($0) } ?? .levelOnly,
      after: size
    )
    let pending = try await pending(for: whose, tier: tier, in: state, size: size, at: at ?? now)
    return try await page(of: tier, for: whose, in: state, pending: pending, at: at ?? now)
  }

  /// The open case by which somebody asks for a tier.
  private func pending(
    for whose: Principal.ID?,
    tier: Tier.ID,
    in release: Release,
    size: Int,
    at now: Instant
  ) async throws -> CaseView? {
    guard let whose else { return nil }
    let open = release.cases.values.filter {
      $0.isOpen && $0.beneficiary == whose && $0.tiers.contains(tier)
    }
    guard let last = open.max(by: { $0.number < $1.number }) else { return nil }
    return try CaseView(last, in: release, at: now, log: try await ledger.head(after: size))
  }

  private func page(
    of tier: Tier.ID,
    for whose: Principal.ID?,
    in release: Release,
    pending: CaseView?,
    at now: Instant
  ) async throws -> AccessPage {
    let who = "\(whose?.name ?? "anybody")"
    var grant: GrantLine?
    var problem: Problem?
    var lines: [String]
    do throws(Refusal) {
      let found = try release.grant(for: whose, tier: tier, at: now)
      grant = GrantLine(found, number: release.cases[found.terms.case]?.number, at: now)
      lines = ["\(who) may obtain \(tier) of \(release.id)", grant?.words ?? ""]
    } catch {
      var refusal = error
      if case .noGrant = refusal { refusal = .noGrant(pending: pending?.asked.number) }
      let isPending = refusal == .noGrant(pending: pending?.asked.number) && pending != nil
      let told = Problem(
        refusal,
        about: .init(release: release.id, tier: tier),
        explanation: isPending ? pending?.explanation : nil
      )
      problem = told
      grant = refusal.grant.flatMap { release.grants[$0] }
        .map { GrantLine($0, number: release.cases[$0.terms.case]?.number, at: now) }
      lines = ["\(who) may not obtain \(tier) of \(release.id): \(told.code)", told.detail]
      lines += isPending ? [pending?.text ?? ""] : told.next
    }
    return AccessPage(
      release: release.id,
      tier: tier,
      principal: whose,
      at: now,
      grant: grant,
      problem: problem,
      text: lines.joined(separator: "\n")
    )
  }
}

extension Release {
  /// The grant on which a delivery of a tier would count.
  fileprivate func grant(
    for principal: Principal.ID?,
    tier: Tier.ID,
    at now: Instant
  ) throws(Refusal) -> Grant {
    guard let policy = adoption?.policy else { throw .stale("no policy of \(id) is in force yet") }
    guard let declared = policy.tier(tier) else { throw .unfit("the policy has no tier \(tier)") }
    guard declared.kind != .service else {
      throw .unfit("tier \(tier) is a service: it has no bytes")
    }
    guard let manifest = pinned(tier) else {
      guard let stage = policy.stages.first(where: { $0.offers.contains(tier) }) else {
        throw .unfit("no stage offers tier \(tier)")
      }
      throw .stageClosed(stage.id)
    }
    return try DeliveryRule.grant(
      among: Array(grants.values),
      for: principal,
      manifest: manifest,
      named: nil,
      at: now
    )
  }
}

extension Refusal {
  /// The grant that came closest.
  fileprivate var grant: Grant.ID? {
    switch self {
    case .grantPending(let id, _), .grantExpired(let id, _), .grantRevoked(let id, _, _, _): id
    default: nil
    }
  }
}

extension GrantLine {
  /// Which grant, from which case, until when.
  fileprivate var words: String {
    let end = notAfter.map { "until \($0)" } ?? "for good"
    let origin = number.map { ", case \($0)" } ?? ""
    return "grant \(id.rawValue.prefix(12)) to \(audience.text) (stage \(stage)\(origin)), \(end)"
  }
}
