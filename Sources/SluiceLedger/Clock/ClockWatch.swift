public import SluiceEncoding

/// Notices that the wall clock went ahead of a steady one by more than an hour (governance-domain 9).
///
/// Small steps add up for a day, so that many of them are no way around it; what a clock drifts in a
/// day is far less. A clock that was set back and is set right again has not jumped.
public struct ClockWatch: Sendable {
  /// How many seconds the wall clock may get ahead.
  public static let mostAhead = 3_600
  private static let day = 86_400

  /// By how much the wall clock was ahead of the steady one, and when by the latter.
  private var start: (ahead: Int, at: Int)?

  /// Has seen no clock yet.
  public init() {}

  /// Looks at both clocks.
  ///
  /// - Parameters:
  ///   - wall: What the wall clock shows.
  ///   - steady: What a clock shows that nobody can set and that goes on while the machine sleeps, in
  ///     seconds since any moment.
  /// - Returns: By how many seconds the wall clock jumped ahead, if that is more than an hour; once a
  ///   jump.
  public mutating func jump(wall: Instant, steady: Int) -> Int? {
    let ahead = wall.seconds - steady
    guard let start else {
      start = (ahead, steady)
      return nil
    }
    let jump = ahead - start.ahead
    guard jump <= Self.mostAhead else {
      self.start = (ahead, steady)
      return jump
    }
    if steady - start.at >= Self.day { self.start = (ahead, steady) }
    return nil
  }
}
