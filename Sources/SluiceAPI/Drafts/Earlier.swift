internal import SluiceEncoding
public import SluiceGovernance

/// What is on record of somebody that bears on what they ask for: the same asked before, and holds
/// on them.
public struct Earlier: Hashable, Sendable {
  /// Cases of theirs, access and appeals among them.
  public var cases: [CaseLine]
  /// Holds on them or on whom they ask for.
  public var holds: [HoldLine]

  /// Collects what is on record.
  public init(cases: [CaseLine] = [], holds: [HoldLine] = []) {
    self.cases = cases
    self.holds = holds
  }

  /// Refuses a request that the rules would refuse for what is on record.
  func check(
    _ asking: Asking,
    for beneficiary: Statement.Beneficiary,
    purpose: String,
    at now: Instant
  ) throws(Refusal) {
    if let hold = holds.first(where: \.isActive) { throw .held(hold.id, hold.code) }
    let before = cases.filter { line in
      line.kind == .access && line.stage == asking.stage && line.party == beneficiary
    }
    let open = before.first { $0.purpose.utf8.elementsEqual(purpose.utf8) && isPending($0) }
    if let open { throw .duplicate(open.number) }
    let denied = before.filter { $0.state == .denied }.compactMap(\.endedAt).max()
    guard let pause = asking.reapply, let denied, now < denied + pause else { return }
    throw .tooSoon(until: denied + pause)
  }

  /// Whether a case can still be approved: it is open, or an appeal against its denial is.
  private func isPending(_ line: CaseLine) -> Bool {
    switch line.state {
    case .open, .returned: true
    case .denied:
      cases.contains { $0.about == .case(line.id) && $0.kind == .appeal && $0.isOpen }
    case .approved, .withdrawn, .lapsed: false
    }
  }
}

extension CaseLine {
  fileprivate var isOpen: Bool { state == .open || state == .returned }
}

extension Deployment {
  /// What is on record of the reader that bears on a request of theirs; nothing, if somebody else
  /// reads than would ask, because it is told to nobody else.
  ///
  /// - Parameters:
  ///   - asker: Who would ask.
  ///   - asking: For what.
  ///   - beneficiary: For whom; by default for themself.
  ///   - release: Where.
  /// - Returns: Cases and holds.
  /// - Throws: Whatever the deployment does.
  public func earlier(
    of asker: Principal.ID,
    asking: Asking,
    for beneficiary: Statement.Beneficiary? = nil,
    in release: Release.ID
  ) async throws -> Earlier {
    guard try await standing().principal == asker else { return Earlier() }
    let isOwn = beneficiary == nil || beneficiary == .principal(asker)
    let cases = try await cases(
      CaseFilter(
        release: release,
        kind: isOwn ? nil : .access,
        stage: isOwn ? nil : asking.stage,
        isMine: isOwn
      )
    )
    var holds = try await holds(HoldFilter(release: release, subject: .principal(asker)))
    if !isOwn, case .principal(let person)? = beneficiary {
      holds += try await self.holds(HoldFilter(release: release, subject: .principal(person)))
    }
    return Earlier(cases: cases, holds: holds)
  }
}
