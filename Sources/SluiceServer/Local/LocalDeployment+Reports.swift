public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A report about a release: what it says of itself for all who may know of it, its public record for
  /// everybody once that has begun, who was let in early for those with a role, auditors and, once there
  /// is a record, everybody, how long decisions take for those with a role and auditors.
  ///
  /// - Throws: `Refusal.unfit` for an instant that has passed, of which the ledger keeps no numbers.
  public func report(
    _ kind: ReportPage.Kind,
    of release: Release.ID,
    at: Instant?
  ) async throws -> ReportPage {
    let seat = try await seat(amongPersonsOf: release)
    let now = seat.now
    if let at, at < now, kind != .earlyAccess {
      throw Refusal.unfit("at: this report is as of now")
    }
    let isOpen = seat.hasRole || seat.seesEverybody
    switch kind {
    case .release:
      guard let rules = Rules(seat.release) else {
        throw Refusal.stale("nothing is proposed for \(release) yet")
      }
      return ReportPage(
        of: seat.release,
        rules: rules,
        counts: try await counts(for: seat),
        nameless: try await ledger.countedHandOuts(of: release),
        at: now
      )
    case .publicRecord:
      guard let record = try await ledger.publicRecord(of: release) else {
        throw Refusal.stale("\(release) has no public record: no stage is open to everyone yet")
      }
      return ReportPage(record, at: now)
    case .earlyAccess:
      guard isOpen || seat.release.isPublic else { throw Refusal.notForYou }
      let groups = seat.release.adoption?.policy.groups.map(\.id) ?? []
      let folded = try await ledger.release(
        release,
        scope: groups.reduce(.levelOnly) { $0.union(.group($1)) },
        after: try await size(at: at)
      )
      return ReportPage(EarlyAccess(of: folded), of: release, at: at ?? now)
    case .serviceLevel:
      guard isOpen else { throw Refusal.notForYou }
      return ReportPage(try await ledger.serviceLevel(of: release), of: release, at: now)
    }
  }

  /// The past cases that another policy would have judged otherwise, for those with a role and auditors.
  ///
  /// Cases about persons are among them, so that they were looked at is recorded.
  public func replay(
    _ question: ReplayQuestion,
    of release: Release.ID
  ) async throws -> [ReplayLine] {
    try requireName()
    let seat = try await seat(amongPersonsOf: release)
    guard seat.hasRole || seat.seesEverybody else { throw Refusal.notForYou }
    let draft = try Policy(text: question.policy)
    let found = try await ledger.rejudged(of: release, under: draft).filter { line in
      seat.sight(of: seat.release.outline(of: line.case)) >= .page
    }
    if found.contains(where: { !seat.release.isOnRecord($0.case.filing) }) {
      try await record(.cases, of: release)
    }
    return found.map { line in
      ReplayLine(
        case: line.case.id,
        number: line.case.number,
        kind: line.case.kind,
        summary: line.case.summary,
        before: line.before,
        after: line.after
      )
    }
  }
}
