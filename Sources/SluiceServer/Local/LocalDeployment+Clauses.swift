internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The part of the policy on which a refusal rests, as far as one of those who are told may see it.
  ///
  /// The rules of a release are shown to those for whom it exists, the gate of a case to those who see
  /// its page; a grant is known by whoever sees it.
  ///
  /// - Parameters:
  ///   - refusal: What was turned down.
  ///   - ground: What was tried.
  ///   - release: Where.
  ///   - viewers: Who is told.
  /// - Returns: The part; `nil` where there is none, or none for them.
  /// - Throws: What the ledger throws.
  func clause(
    behind refusal: Refusal,
    on ground: Ground,
    in release: Release.ID,
    for viewers: [Viewer]
  ) async throws -> Clause? {
    if case .unknownRelease = refusal { return nil }
    var (ground, scope) = (ground, Scope.levelOnly)
    var asked: Case.ID?
    if let reference = ground.case {
      guard let row = try await ledger.case(reference), row.release == release else { return nil }
      asked = row.id
      scope = .case(row.id)
    }
    let seats: [Seat]
    do {
      seats = try await self.seats(of: viewers, in: release, scope: scope)
    } catch Refusal.unknownRelease {
      return nil
    }
    guard let seat = seats.first(where: \.knowsRelease) else { return nil }
    var policy = Rules(seat.release)?.policy
    if let asked {
      guard let found = seat.release.cases[asked],
        seats.contains(where: { $0.sight(of: found) >= .page })
      else { return nil }
      ground.gate = found.gate
      ground.stage = found.stage
      ground.tiers = found.tiers
      policy = seat.release.policy(of: found)
    }
    if let grant = ground.grant.flatMap({ seat.release.grants[Grant.ID($0)] }),
      seats.contains(where: { $0.sees(grant) })
    {
      ground.stage = grant.terms.stage
      ground.tiers = grant.terms.tiers.keys.sorted { $0.rawValue < $1.rawValue }
      policy = seat.release.policy(of: grant)
    }
    return policy?.clause(behind: refusal, on: ground)
  }

  /// Why a stage has not opened, to those who may look into the case that asks for it.
  func explanation(
    of refusal: Refusal,
    in release: Release.ID,
    for viewers: [Viewer]
  ) async throws -> JSONValue? {
    guard case .stageClosed(let stage) = refusal else { return nil }
    let seats = try await seats(of: viewers, in: release, scope: .levelOnly)
    let opening = seats.first?.release.cases.values.first {
      $0.isOpen && $0.kind == .open && $0.stage == stage
    }
    guard let opening, seats.contains(where: { $0.knowsRelease && $0.sight(of: opening) >= .page })
    else { return nil }
    return try await view(of: opening.id, in: release).explanation
  }

  /// A refusal of what the reader tried, with the part of the policy on which it rests.
  func explained(
    _ refusal: Refusal,
    on ground: Ground,
    in release: Release.ID
  ) async throws -> Explained {
    let viewers = [try await viewer]
    let clause = try await clause(behind: refusal, on: ground, in: release, for: viewers)
    return Explained(
      refusal,
      about: .init(
        release: release,
        tier: ground.tiers.count == 1 ? ground.tiers.first : nil,
        clause: clause
      ),
      explanation: try await explanation(of: refusal, in: release, for: viewers)
    )
  }
}
