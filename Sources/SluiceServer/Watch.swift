internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import SluiceEncoding
internal import SluiceLedger

/// What the daemon does by the clock: cut off what was revoked, record what time alone made happen.
///
/// Grants and tokens are revoked by other processes too, and both end by themselves; so the ledger is
/// asked, only while something is under way and only about what that rests on.
struct Watch: Service {
  private static let look = Swift.Duration.seconds(1)
  private static let longestPause = 60

  let ledger: Ledger
  let log: DeliveryLog
  let transfers: OpenTransfers
  let clock: @Sendable () -> Instant
  let logger: Logger

  /// Watches until the server has ended.
  ///
  /// What fails is tried again at the next turn.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      let keeper = ClockKeeper(ledger, clock: clock)
      var settled = clock()
      var asked = ContinuousClock.now
      while !Task.isCancelled {
        do {
          try await Task.sleep(for: Self.look)
          if let jump = try await keeper.compare() {
            logger.warning(
              "The clock jumped; nothing is decided by time until sluice clock confirm",
              metadata: ["seconds": "\(jump)"]
            )
          }
          try await cutOff()
          asked = .now
          let now = clock()
          if try await isDue(at: now, since: settled) {
            try await ledger.settle(at: now)
            try await log.settle(at: now)
            settled = now
          }
        } catch is CancellationError {
          return
        } catch {
          logger.error("The watch failed", metadata: ["error": "\(error)"])
          // Nothing goes on that was not asked about for a minute (serving-and-storage 5.5).
          if ContinuousClock.now - asked > .seconds(Self.longestPause) {
            for permit in await transfers.permits { await transfers.revoke(permit) }
          }
        }
      }
    }
  }

  private func cutOff() async throws {
    let permits = await transfers.permits
    guard !permits.isEmpty else { return }
    let live = try await ledger.live(permits, at: clock())
    for permit in permits.subtracting(live) { await transfers.revoke(permit) }
  }

  // Once a minute, and in the very second in which something is due: of a case or of what is owed. The
  // ledger is asked anew each time, because other processes write there too. A clock that was set back
  // counts as due.
  private func isDue(at now: Instant, since settled: Instant) async throws -> Bool {
    guard abs(now.seconds - settled.seconds) < Self.longestPause else { return true }
    guard let due = try await ledger.nextDue() else { return false }
    return due <= now
  }
}
