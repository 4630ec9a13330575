public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A part of those who may obtain something of a release at an instant, for the operator, the
  /// release's stewards and auditors; that they asked is recorded.
  public func who(_ question: WhoQuestion, _ slice: Slice) async throws -> Listing<WhoLine> {
    let place = try slice.number
    let seat = try await seat(overseeing: question.release, recording: .grants)
    let found = try await ledger.entitlements(
      to: question.release,
      tier: question.tier,
      at: question.at ?? seat.now,
      after: place ?? -1,
      limit: slice.count
    )
    return Listing(found.lines.map(WhoLine.init), next: found.next.map(String.init))
  }

  /// A part of who received which weights, for the same; that they asked is recorded.
  public func possessions(
    _ question: PossessionQuestion,
    _ slice: Slice
  ) async throws -> PossessionsPage {
    let place = try slice.number
    _ = try await seat(overseeing: question.release, recording: .deliveries)
    let filter = PossessionFilter(
      tier: question.tier,
      file: question.file,
      sha256: question.sha256
    )
    let found = try await ledger.possessionPage(
      of: question.release,
      filter,
      at: question.at,
      after: place,
      limit: slice.count
    )
    var totals: PossessionsPage.Totals?
    if place == nil {
      let counted = try await ledger.possessionTotals(
        of: question.release,
        filter,
        at: question.at
      )
      let nameless = try await ledger.countedHandOuts(
        of: question.release,
        filter,
        at: question.at
      )
      totals = .init(
        lines: counted.lines,
        recipients: counted.recipients,
        deliveries: counted.deliveries,
        counted: nameless.served,
        countedBytes: nameless.bytes
      )
    }
    return PossessionsPage(
      try await lines(found.lines),
      next: found.next.map(String.init),
      totals: totals
    )
  }

  /// What was received, with the organisations of those who did and the approvals behind it.
  func lines(_ possessions: [Possession]) async throws -> [PossessionLine] {
    var organisations: [Principal.ID: Principal.ID] = [:]
    for principal in Set(possessions.compactMap(\.principal)) {
      organisations[principal] = try await ledger.registration(principal)?.organisation
    }
    let approvals = try await ledger.approvals(ofCases: Set(possessions.compactMap(\.case)))
    return possessions.map { possession in
      PossessionLine(
        possession,
        organisation: possession.principal.flatMap { organisations[$0] },
        approvals: possession.case.flatMap { approvals[$0] } ?? []
      )
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

extension Slice {
  /// The place, where lists give the index of an entry.
  fileprivate var number: Int? {
    get throws(Malformed) {
      guard let after else { return nil }
      guard let number = Int(after), number >= 0 else {
        throw Malformed("query", "after: no place that a list gave as next")
      }
      return number
    }
  }
}

extension WhoLine {
  fileprivate init(_ entitlement: Entitlement) {
    self.init(
      tier: entitlement.tier,
      audience: entitlement.grant.terms.audience,
      principal: entitlement.principal,
      organisation: entitlement.organisation,
      grant: entitlement.grant.id,
      since: entitlement.grant.terms.notBefore,
      until: entitlement.grant.notAfter
    )
  }
}
