public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// Whether somebody may obtain a tier at an instant, and why; or whether they would, of which nothing
  /// is written.
  ///
  /// An instant that has passed is answered from the log as it was then. Others than oneself may be
  /// asked about by the operator, the release's stewards and auditors, and by those who decide who gets
  /// the tier; that they asked is recorded.
  public func access(_ question: AccessQuestion) async throws -> AccessPage {
    let whose = question.supposing.person ?? question.principal ?? reader.principal
    let seat: Seat
    if let whose, whose != reader.principal {
      seat = try await self.seat(lookingAt: whose, in: question.release, tier: question.tier)
      try await record(.access, of: question.release)
    } else {
      seat = try await self.seat(in: question.release)
    }
    let at = question.at ?? clock()
    var size = try await ledger.head().size
    let isPast = question.at.map { $0 < clock() } ?? false
    if isPast { size = try await ledger.size(at: at) }
    let scope = try await whose.asyncMap { try await self.scope(of: $0, in: question.release) }
    let release = try await ledger.release(
      question.release,
      scope: scope ?? .levelOnly,
      after: size
    )
    var supposed = try Supposed(
      release,
      on: try await ledger.head(after: size),
      at: at,
      under: question.supposing.policy
    )
    let answer = try supposed.answer(question, for: whose, isPast: isPast)
    return answer.page(at: at, seat: seat)
  }

  /// The seat of somebody who may know of another's access, or a refusal.
  ///
  /// The policy in force may have other gates than that under which somebody asked, so their cases
  /// are looked at too.
  private func seat(
    lookingAt whose: Principal.ID,
    in release: Release.ID,
    tier: Tier.ID
  ) async throws -> Seat {
    let seat = try await seat(amongPersonsOf: release)
    guard !seat.seesEverybody else { return seat }
    let theirs = try await widened(seat, to: .person(whose))
    let asked = theirs.release.cases.values.filter {
      $0.beneficiary == whose && $0.tiers.contains(tier)
    }
    let isSeen = asked.allSatisfy { theirs.sight(of: $0) >= .page }
    guard seat.seesRequests(for: tier), isSeen else { throw Refusal.notForYou }
    return seat
  }

  /// What concerns one person: their own, and what their groups were granted.
  func scope(of principal: Principal.ID, in release: Release.ID) async throws -> Scope {
    let own = Scope.person(principal)
    let groups = try await ledger.release(release, scope: own).groups(of: principal)
    return groups.reduce(own) { $0.union(.group($1)) }
  }
}

extension Optional {
  /// Maps what is there, with a question that takes time.
  func asyncMap<Value>(
    _ transform: (Wrapped) async throws -> Value
  ) async rethrows -> Value? {
    guard let self else { return nil }
    return try await transform(self)
  }
}
