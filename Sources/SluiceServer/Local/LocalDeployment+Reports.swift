public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A report about a release: what it says of itself for all who may know of it, its public record for
  /// everybody once that has begun, the rest for those with a role and auditors.
  ///
  /// - Throws: `Refusal.unfit` for an instant that has passed; the log keeps no numbers of then.
  public func report(
    _ kind: ReportPage.Kind,
    of release: Release.ID,
    at: Instant?
  ) async throws -> ReportPage {
    let seat = try await seat(amongPersonsOf: release)
    let now = clock()
    if let at, at < now { throw Refusal.unfit("at: reports are as of now") }
    switch kind {
    case .release: return ReportPage(of: seat.release, rules: try rules(of: seat), at: now)
    case .publicRecord:
      guard let record = try await ledger.publicRecord(of: release) else {
        throw Refusal.stale("\(release) has no public record: no stage is open to everyone yet")
      }
      return ReportPage(record, at: now)
    case .earlyAccess, .serviceLevel:
      try requireName()
      guard seat.hasRole || seat.seesEverybody else { throw Refusal.notForYou }
      return ReportPage(try await ledger.statistics(of: release), of: release, at: now)
    }
  }

  private func rules(of seat: Seat) throws(Refusal) -> Rules {
    guard let rules = Rules(seat.release) else {
      throw .stale("nothing is proposed for \(seat.release.id) yet")
    }
    return rules
  }

  /// The decided cases that another policy would have judged otherwise, for those who see all cases.
  ///
  /// - Throws: `PolicyFaults` for a draft that is no policy; `Refusal.notForYou`.
  public func replay(
    _ question: ReplayQuestion,
    of release: Release.ID
  ) async throws -> [ReplayLine] {
    let seat = try await seat(in: release)
    guard seat.hasRole || seat.seesEverybody else { throw Refusal.notForYou }
    let draft = try Policy(text: question.policy)
    let changed = try await ledger.rejudged(of: release, under: draft)
    return changed.filter { seat.sight(of: $0.case) >= .page }.map { line in
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
