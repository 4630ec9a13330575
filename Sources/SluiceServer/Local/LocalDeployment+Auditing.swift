public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// Who may obtain what of a release at an instant, for the operator, the release's stewards and
  /// auditors; that they asked is recorded.
  public func who(_ question: WhoQuestion) async throws -> [WhoLine] {
    let seat = try await seat(overseeing: question.release, recording: .grants)
    let at = question.at ?? seat.now
    let release = try await ledger.release(
      question.release,
      scope: .whole,
      after: try await size(at: question.at)
    )
    return WhoLine.lines(of: release, tier: question.tier, at: at)
  }

  /// Who received which weights, for the same; that they asked is recorded.
  public func possessions(_ question: PossessionQuestion) async throws -> [PossessionLine] {
    _ = try await seat(overseeing: question.release, recording: .deliveries)
    let found = try await ledger.possessions(
      of: question.release,
      tier: question.tier,
      file: question.file,
      sha256: question.sha256,
      at: question.at
    )
    return try await lines(found)
  }

  /// What was received, with the organisations of those who did.
  func lines(_ possessions: [Possession]) async throws -> [PossessionLine] {
    var organisations: [Principal.ID: Principal.ID] = [:]
    for principal in Set(possessions.compactMap(\.principal)) {
      organisations[principal] = try await ledger.registration(principal)?.organisation
    }
    return possessions.map { possession in
      PossessionLine(possession, organisation: possession.principal.flatMap { organisations[$0] })
    }
  }

  /// The seat of somebody who sees everybody in a release, and is on record for it.
  func seat(
    overseeing release: Release.ID,
    recording viewing: Viewing
  ) async throws -> Seat {
    try requireName()
    let seat = try await seat(amongPersonsOf: release)
    guard seat.seesEverybody else { throw Refusal.notForYou }
    try await record(viewing, of: release)
    return seat
  }
}
