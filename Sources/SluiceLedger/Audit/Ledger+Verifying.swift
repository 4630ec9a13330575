internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Recomputes everything from the stored bodies, and changes nothing but what is said below.
  ///
  /// Every commitment, leaf and checkpoint; every statement's signature under a key that counted, the
  /// head that it names and the rules of its type; every decision with its explanation; every grant;
  /// every delivery against the rule; every table that is read off the log; documents, answers,
  /// manifests, and the files themselves. A fault is never thrown, but listed.
  ///
  /// - Parameters:
  ///   - clock: What the auditor's clock shows, for the report.
  ///   - blobs: Whether files are hashed again; without it, only what they are on disk is compared.
  ///   - acceptsRestored: Whether a file that was replaced, and whose content is right when it is hashed
  ///     again, is recorded as what it is now; it was restored from a copy.
  ///   - progress: Called from time to time.
  /// - Returns: What was looked at, and every fault.
  /// - Throws: `CancellationError`; what SQLite threw, if it could not go on.
  public func verify(
    at clock: Instant,
    blobs: Bool = true,
    acceptsRestored: Bool = false,
    progress: @escaping @Sendable (AuditReport.Progress) -> Void = { _ in }
  ) async throws -> AuditReport {
    var (report, files) = try await database.read { db in
      var auditor = try Auditor(self, at: clock, in: db)
      let files = try auditor.verifyAll(progress: progress)
      return (auditor.report, files)
    }
    guard let home else { return report }
    let depth: FileDepth = acceptsRestored ? .accept : blobs ? .hash : .facts
    let all = files.reduce(0) { $0 + $1.size }
    for file in files {
      let before = report.counts.bytes
      try await verify(file, in: Blobs(in: home.blobs), depth, in: &report) { step in
        progress(.bytes(before + step, of: all))
      }
    }
    return report
  }
}

extension Auditor {
  /// Verifies all that is in the SQLite file, as far as it can be read.
  ///
  /// - Returns: The files that have to be looked at.
  fileprivate mutating func verifyAll(
    progress: (AuditReport.Progress) -> Void
  ) throws -> [ListedFile] {
    do {
      proving = .projections
      try compareSchema()
      guard try compareFile() else { return [] }
      proving = .log
      try readErasures()
      try readLog(progress: progress)
      try compareTree()
      proving = .signatures
      try compareSigners()
      proving = .projections
      try compareRegistry()
      try compareProjections()
      proving = .decisions
      try compareDocuments()
      proving = .manifests
      try compareManifests()
      return try files()
    } catch let error as DatabaseError where error.isOfTheFile {
      fault(.database, "the audit ends here: \(error.message ?? "unreadable")")
      return []
    }
  }

  /// A file that some manifest lists, and what was recorded of it.
  struct ListedFile: Sendable {
    let sha256: SHA256Digest
    let size: Int
    let recorded: Blob?
  }

  /// Every file that some manifest lists.
  private func files() throws -> [ListedFile] {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT DISTINCT sha256, size FROM manifest_file ORDER BY sha256"
    )
    return try rows.compactMap { row in
      // A digest that is none is a fault of its row already.
      guard let digest = try? SHA256Digest(hex: row["sha256"]) else { return nil }
      return ListedFile(
        sha256: digest,
        size: row["size"],
        recorded: try ledger.recordedBlob(digest, in: db)
      )
    }
  }
}

extension DatabaseError {
  /// Whether SQLite cannot make sense of its file any more.
  fileprivate var isOfTheFile: Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR].contains(resultCode)
  }
}
