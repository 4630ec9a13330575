internal import SluiceEncoding
internal import SluiceLedger

/// Compares the wall clock with a steady one, and records in the ledger when it jumped ahead.
///
/// Whatever is done by the clock asks here first, so that a jump is on record before anything follows
/// from it.
actor ClockKeeper {
  private let ledger: Ledger
  private let clock: @Sendable () -> Instant
  private let start = ContinuousClock.now
  private var watch = ClockWatch()
  /// A jump that was seen and could not be recorded yet.
  private var unrecorded: Int?

  init(_ ledger: Ledger, clock: @escaping @Sendable () -> Instant) {
    self.ledger = ledger
    self.clock = clock
  }

  /// Compares the clocks.
  ///
  /// - Returns: By how many seconds the wall clock jumped, if it did since the last time.
  /// - Throws: What SQLite threw; the jump is recorded the next time then.
  func compare() async throws -> Int? {
    let steady = Int((ContinuousClock.now - start).components.seconds)
    if let jump = watch.jump(wall: clock(), steady: steady) { unrecorded = jump }
    guard let jump = unrecorded else { return nil }
    try await ledger.noteJump(of: jump)
    unrecorded = nil
    return jump
  }
}
