public import SluiceEncoding

/// Whether what the clock says makes things happen (governance-domain 9).
public enum ClockState: Hashable, Sendable {
  /// It does.
  case running
  /// It jumped forward by so many seconds, and nothing happens by time alone until the operator says
  /// that it is right.
  case paused(since: Instant, jump: Int)

  /// Log time as it counts for what happens by time alone: it stands still while the clock is in doubt.
  public func trusted(_ now: Instant) -> Instant {
    switch self {
    case .running: now
    case .paused(let since, _): min(now, since)
    }
  }
}
