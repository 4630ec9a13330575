internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

/// What a deployment needs in order to do its work.
public enum Readiness: String, CaseIterable, Hashable, Sendable {
  /// The clock is not behind the log.
  case clock
  /// The file can be written.
  case database
  /// Every file that was bound is here, and is the one that was imported.
  case files
  /// Entries, frontier and the last checkpoint tell one story.
  case log
}

extension Ledger {
  /// What is missing, with what was thrown; empty if the deployment can do its work.
  ///
  /// Nothing is left behind: the file is written in a transaction that is rolled back. A disk that is
  /// full shows only when something is kept.
  public func failures(at clock: Instant) async -> [Readiness: any Error] {
    var failures: [Readiness: any Error] = [:]
    for need in Readiness.allCases {
      do { try await check(need, at: clock) } catch { failures[need] = error }
    }
    return failures
  }

  private func check(_ need: Readiness, at clock: Instant) async throws {
    switch need {
    case .clock: _ = try await database.read { db in try logTime(clock, in: db) }
    case .database:
      try await database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try db.execute(sql: "UPDATE frontier SET bytes = bytes")
          return .rollback
        }
      }
    case .files:
      guard let home else { return }
      let blobs = Blobs(in: home.blobs)
      for blob in try await recordedBlobs() { try blobs.check(blob) }
    case .log: try await database.read { db in try checkHistory(in: db) }
    }
  }

  /// Whether an error says that the file cannot be used as things are: the disk is full or broken, the
  /// file may only be read, another process does not let go of it.
  ///
  /// What was asked for was not done then, and may be asked for again.
  public static func isUnavailable(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    let codes: [ResultCode] = [
      .SQLITE_BUSY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_LOCKED,
      .SQLITE_NOTADB, .SQLITE_PERM, .SQLITE_PROTOCOL, .SQLITE_READONLY,
    ]
    return codes.contains(error.resultCode)
  }
}
