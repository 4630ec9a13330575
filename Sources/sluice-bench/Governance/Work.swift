import Foundation

/// Time that the processor spent, which other programs on the machine do not add to.
enum Work {
  /// What the calling thread has used so far, in seconds.
  static var now: Double { read(CLOCK_THREAD_CPUTIME_ID) }

  /// What the whole process has used so far, in seconds.
  static var all: Double { read(CLOCK_PROCESS_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
