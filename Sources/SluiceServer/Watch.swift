internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import SluiceEncoding
internal import SluiceLedger

/// What the daemon does by the clock: cut off what was revoked, record what time alone made happen.
///
/// Revocations come from other processes too, so the ledger is asked; only while something is under
/// way, and for the grants of that alone.
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
      var settled = clock()
      var asked = ContinuousClock.now
      while !Task.isCancelled {
        do {
          try await Task.sleep(for: Self.look)
          try await cutOff()
          asked = .now
          if try await isDue(since: settled) {
            settled = clock()
            try await ledger.settle(at: settled)
            try await log.settle(at: settled)
          }
        } catch is CancellationError {
          return
        } catch {
          logger.error("The watch failed", metadata: ["error": "\(error)"])
          // Nothing goes on that was not asked about for a minute (serving-and-storage 5.5).
          if ContinuousClock.now - asked > .seconds(Self.longestPause) {
            for grant in await transfers.grants { await transfers.revoke(grant) }
          }
        }
      }
    }
  }

  private func cutOff() async throws {
    let grants = await transfers.grants
    guard !grants.isEmpty else { return }
    let live = try await ledger.live(grants, at: clock())
    for grant in grants.subtracting(live) { await transfers.revoke(grant) }
  }

  // Once a minute, and when something is due before; a clock that was set back counts as due.
  private func isDue(since settled: Instant) async throws -> Bool {
    let now = clock()
    guard abs(now.seconds - settled.seconds) < Self.longestPause else { return true }
    guard let due = try await ledger.nextDue() else { return false }
    return due <= now && due > settled
  }
}
