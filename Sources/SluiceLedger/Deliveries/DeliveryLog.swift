internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance

/// Records deliveries for many callers at once, each before it is answered.
///
/// Group commit (serving-and-storage 8.3): while one transaction is on its way to the disk, calls
/// queue up, and the next takes up to 512 of them in the order in which they came. There is no timer
/// and no added delay. What is thrown by a transaction is thrown to every caller that waits for it;
/// a refusal only to its own.
public actor DeliveryLog {
  /// One call that waits: what it writes, and how it learns what became of it.
  private struct Job: Sendable {
    /// Runs inside the transaction; what it returns is called once that is committed.
    let run: @Sendable (Database) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private static let most = 512

  private let ledger: Ledger
  private var waiting: [Job] = []
  private var isWriting = false

  /// Writes to `ledger`; a process needs one for each.
  public init(_ ledger: Ledger) { self.ledger = ledger }

  /// Lets a file be handed out, or says why not.
  ///
  /// Where it is recorded, the `deliver` entry is on the disk when this returns, so that no byte
  /// leaves before; where it is only counted, the count is. A refusal is recorded too, once an hour.
  /// Each admission needs an ``end(_:as:handed:acked:evidence:at:)``; without one all that was asked
  /// for counts as handed out, and of a recorded one the whole file.
  ///
  /// - Parameters:
  ///   - query: Who asks for what.
  ///   - bytes: How many bytes of the file are asked for; `nil` for the whole of it.
  ///   - clock: What the process's clock shows.
  /// - Returns: The admission.
  /// - Throws: A `Refusal`; what SQLite threw, after which no byte may leave.
  public func admit(
    _ query: DeliveryQuery,
    bytes: Int? = nil,
    at clock: Instant
  ) async throws -> Admission {
    try await commit { ledger, db -> Result<Admission, Refusal> in
      let now = try ledger.logTime(clock, in: db)
      do {
        var admission = try ledger.clearance(for: query, at: now, in: db)
        if admission.isRecorded {
          admission.index = try ledger.begin(admission, for: query, at: now, in: db)
        } else {
          admission.counted = try ledger.count(
            admission,
            bytes: bytes ?? admission.size,
            at: now,
            in: db
          )
        }
        return .success(admission)
      } catch let refusal as Refusal {
        guard refusal.isOfGrant else { throw refusal }
        try ledger.refuse(query, with: refusal, at: now, in: db)
        return .failure(refusal)
      }
    }.get()
  }

  /// Answers what a query would be answered, for `HEAD` and for whoever asks before a byte moves.
  ///
  /// Only a refusal leaves a trace, the same as from ``admit(_:at:)``.
  ///
  /// - Throws: A `Refusal`; what SQLite threw.
  public func clear(_ query: DeliveryQuery, at clock: Instant) async throws -> Admission {
    do {
      return try await ledger.clearance(for: query, at: clock)
    } catch let refusal as Refusal where refusal.isOfGrant {
      try await commit { ledger, db in
        try ledger.refuse(query, with: refusal, at: try ledger.logTime(clock, in: db), in: db)
      }
      throw refusal
    }
  }

  /// Records how far a transfer has come; to be called at least every 5 s while bytes move.
  ///
  /// - Parameters:
  ///   - admission: What ``admit(_:at:)`` answered.
  ///   - handed: What may have left: the upper bound.
  ///   - acked: What the peer acknowledged: the lower bound.
  ///   - clock: What the process's clock shows.
  /// - Throws: `Refusal.clockUntrusted`; what SQLite threw.
  public func cover(
    _ admission: Admission,
    handed: Range<Int>,
    acked: Range<Int>,
    at clock: Instant
  ) async throws {
    guard let index = admission.index else { return }
    try await commit { ledger, db in
      let now = try ledger.logTime(clock, in: db)
      try ledger.cover(index, handed: handed, acked: acked, at: now, in: db)
    }
  }

  /// Records the end of a transfer.
  ///
  /// The delivery is closed with it if every byte is acknowledged, or if it was revoked or drained
  /// and no other transfer of it runs; otherwise a further range may go on with it. Of what is only
  /// counted, the bytes that were not handed out are taken back; where all were, nothing is written.
  public func end(
    _ admission: Admission,
    as outcome: Delivery.Outcome,
    handed: Range<Int>,
    acked: Range<Int>,
    evidence: Delivery.Evidence,
    at clock: Instant
  ) async throws {
    guard let index = admission.index else {
      guard let counted = admission.counted, handed.count < counted.bytes else { return }
      return try await commit { ledger, db in
        try ledger.takeBack(counted.bytes - handed.count, of: admission, counted, in: db)
      }
    }
    try await commit { ledger, db in
      let now = try ledger.logTime(clock, in: db)
      try ledger.cover(index, handed: handed, acked: acked, at: now, in: db)
      try ledger.end(index, outcome, evidence: evidence, at: now, in: db)
    }
  }

  /// Closes deliveries that rest for too long, and records the counts of hours that are over.
  ///
  /// To be called about once a minute.
  public func settle(at clock: Instant) async throws {
    try await commit { ledger, db in
      let now = try ledger.logTime(clock, in: db)
      try ledger.closeIdle(for: Delivery.longestPause, at: now, in: db)
      try ledger.appendCounts(since: now.seconds - Ledger.countedTogether, at: now, in: db)
    }
  }

  /// Closes every delivery that has no end: at the start of the daemon, and when it has stopped.
  ///
  /// One whose transfers have all ended is closed as what they were; one whose transfer has not, as
  /// unknown, and counts as the whole file.
  public func closeAbandoned(at clock: Instant) async throws {
    try await commit { ledger, db in
      let now = try ledger.logTime(clock, in: db)
      try ledger.closeIdle(for: 0, at: now, in: db)
    }
  }

  private func commit<Value: Sendable>(
    _ write: @escaping @Sendable (Ledger, Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let job = Job(
        run: { [ledger] db in
          do {
            let value = try db.savingPoint { try write(ledger, db) }
            return { continuation.resume(returning: value) }
          } catch let refusal as Refusal {
            return { continuation.resume(throwing: refusal) }
          }
        },
        fail: { continuation.resume(throwing: $0) }
      )
      waiting.append(job)
      guard !isWriting else { return }
      isWriting = true
      Task { await writeAll() }
    }
  }

  private func writeAll() async {
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(Self.most))
      waiting.removeFirst(batch.count)
      do {
        let answers = try await ledger.database.write { db in try batch.map { try $0.run(db) } }
        for answer in answers { answer() }
      } catch {
        for job in batch { job.fail(error) }
      }
    }
    isWriting = false
  }
}

extension Refusal {
  /// Whether it says that a grant is missing or does not serve, which is worth an entry.
  fileprivate var isOfGrant: Bool {
    switch self {
    case .noGrant, .grantPending, .grantGrace, .grantSurrendered, .grantExpired, .grantRevoked,
      .termsUnaccepted, .held:
      true
    default: false
    }
  }
}

extension Database {
  /// Runs `work`; if it throws, what it wrote is taken back and the transaction goes on.
  fileprivate func savingPoint<Value>(_ work: () throws -> Value) throws -> Value {
    var value: Value?
    try inSavepoint {
      value = try work()
      return .commit
    }
    guard let value else { preconditionFailure("a savepoint that was kept without its work") }
    return value
  }
}
