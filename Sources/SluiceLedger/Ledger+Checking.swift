internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// The rules of a type that need more than the folded release: stored documents and manifests, the
  /// registry, the signer's own clock.
  func check(
    _ statement: Statement,
    _ documents: [SHA256Digest: [UInt8]],
    in release: Release,
    at now: Instant,
    in db: Database
  ) throws {
    switch statement.body {
    case .file(.amend(_, let roster, _, _)):
      if release.adoption == nil { try takeName(of: release, for: statement.by, in: db) }
      try checkDocuments(of: statement, among: documents, in: release, in: db)
      for member in release.library.rosters[roster]?.principals ?? [] {
        try checkEnrolment(of: member.id, keys: try member.publicKeys(), in: db)
      }
    case .approve(let verdict), .deny(let verdict, _):
      try checkTime(of: statement, on: verdict, in: release, in: db)
    case .bind: try checkManifest(of: statement, in: db)
    case .evidence:
      try checkDocuments(of: statement, among: documents, in: release, in: db)
    case .comment, .report: try checkSight(of: statement, in: release, at: now)
    case .delegate(let delegate, _, _):
      guard try !isUnvetted(delegate, in: db) else {
        throw Refusal.unfit("to: nobody has vouched for \(delegate) yet")
      }
    default: break
    }
  }

  /// Nobody speaks of a case that they may not see: to be taken in would tell that there is one.
  private func checkSight(
    of statement: Statement,
    in release: Release,
    at now: Instant
  ) throws(Refusal) {
    guard statement.subject.name == "case" else { return }
    let id = Case.ID(statement.subject.digest.hex)
    guard release.sees(id, statement.by, at: now) else { throw .unknownCase(id) }
  }

  /// A verdict is not from before what it answers, nor from before its head's last word on it.
  ///
  /// The first is judged with ``clockTolerance``, because it compares two clocks; the second is not.
  private func checkTime(
    of statement: Statement,
    on verdict: Statement.Verdict,
    in release: Release,
    in db: Database
  ) throws {
    guard let asked = release.cases[verdict.case] else { return }
    guard statement.at + Self.clockTolerance >= asked.revision.at else {
      throw Refusal.stale("at: \(statement.at) is before the case was filed, \(asked.revision.at)")
    }
    guard let earlier = asked.verdicts.last(where: { $0.by == statement.by }),
      let bytes = try bytes(of: earlier.statement, in: db)
    else { return }
    let last = try Statement(canonical: bytes).at
    guard statement.at >= last else {
      throw Refusal.stale("at: \(statement.at) is before your last verdict, \(last)")
    }
  }

  /// The bytes of a statement that was taken in.
  func bytes(of statement: Statement.ID, in db: Database) throws -> [UInt8]? {
    try Data.fetchOne(
      db,
      sql: "SELECT bytes FROM statement WHERE sha256 = ?",
      arguments: [statement.rawValue]
    ).map { Array($0) }
  }
}

extension Release {
  /// Whether somebody may see a case.
  func sees(_ id: Case.ID, _ reader: Principal.ID, at now: Instant) -> Bool {
    cases[id].map { sight(of: $0, for: .principal(reader), at: now) >= .page } ?? false
  }
}
