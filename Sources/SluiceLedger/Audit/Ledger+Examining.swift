internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Checks every invariant of the domain against the file, one by one, and changes nothing.
  ///
  /// What an audit recomputes is not recomputed another time: its faults are sorted by the invariant that
  /// they break. The rest is read off the log here, by other code than that which decides.
  ///
  /// - Parameters:
  ///   - clock: What the examiner's clock shows.
  ///   - blobs: Whether files are hashed again; without it, only what they are on disk is compared.
  ///   - progress: Called from time to time.
  /// - Returns: What does not hold, by invariant; empty of a sound deployment.
  /// - Throws: `CancellationError`; what SQLite threw, if it could not go on.
  public func examine(
    at clock: Instant,
    blobs: Bool = true,
    progress: @escaping @Sendable (AuditReport.Progress) -> Void = { _ in }
  ) async throws -> [Finding] {
    let report = try await verify(at: clock, blobs: blobs, progress: progress)
    var findings = report.faults.map { Finding($0.breaks, $0.place, $0.what) }
    if report.unlisted > 0 {
      findings.append(Finding(.log, .database, "\(report.unlisted) further faults"))
    }
    findings += try await database.read { db in
      var doctor = Doctor(self, in: db)
      try doctor.examine()
      return doctor.findings
    }
    var seen: Set<Finding.Spot> = []
    return Invariant.allCases.flatMap { invariant in findings.filter { $0.invariant == invariant } }
      .filter { seen.insert($0.spot).inserted }
  }
}

extension Finding {
  /// A finding without its words; an audit and the doctor may see the same.
  fileprivate struct Spot: Hashable {
    let invariant: Invariant
    let place: AuditFault.Place
  }

  fileprivate var spot: Spot { Spot(invariant: invariant, place: place) }
}
