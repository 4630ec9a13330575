internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// Recomputes everything from the stored bodies, and changes nothing.
  ///
  /// Every commitment, leaf and checkpoint; every statement's signature under a key that counted, the
  /// head that it names and the rules of its type; every decision with its explanation; every grant;
  /// every delivery against the rule; every table that is read off the log; documents, answers,
  /// manifests, and the files themselves. A fault is never thrown, but listed.
  ///
  /// - Parameters:
  ///   - clock: What the auditor's clock shows, for the report.
  ///   - blobs: Whether files are hashed again; without it, only what they are on disk is compared.
  ///   - progress: Called from time to time.
  /// - Returns: What was looked at, and every fault.
  /// - Throws: `CancellationError`; what SQLite threw, if it could not go on.
  public func verify(
    at clock: Instant,
    blobs: Bool = true,
    progress: @escaping @Sendable (AuditReport.Progress) -> Void = { _ in }
  ) async throws -> AuditReport {
    var (report, files) = try await database.read { db in
      var auditor = try Auditor(self, at: clock, in: db)
      let files = try auditor.verifyAll(progress: progress)
      return (auditor.report, files)
    }
    guard let home else { return report }
    let all = files.reduce(0) { $0 + $1.size }
    let store = Blobs(in: home.blobs)
    for file in files {
      report.counts.blobs += 1
      let place = AuditFault.Place.blob(file.sha256.hex)
      do throws(BlobFault) {
        if let recorded = file.recorded { try store.check(recorded) }
      } catch {
        report.add(place, error.description, breaks: .manifests)
      }
      if file.recorded == nil {
        report.add(place, "nothing is recorded of its file", breaks: .manifests)
      }
      guard blobs else { continue }
      do {
        let before = report.counts.bytes
        let found = try await store.measure(file.sha256) { progress(.bytes(before + $0, of: all)) }
        report.counts.bytes += found.size
        if found.sha256 != file.sha256 {
          report.add(place, "its content has another digest", breaks: .manifests)
        }
        if found.size != file.size {
          report.add(place, "has \(found.size) bytes", breaks: .manifests)
        }
      } catch let fault as BlobFault {
        report.add(place, fault.description, breaks: .manifests)
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
      guard try compareFile() else { return [] }
      proving = .log
      try readErasures()
      try readLog(progress: progress)
      try compareTree()
      proving = .signatures
      try compareSigners()
      proving = .projections
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
