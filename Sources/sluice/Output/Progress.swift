import Foundation

/// Bytes, rate and time left of long work, on one line of a terminal that is rewritten.
///
/// Silent where nobody watches. Calls may come from any task.
actor Progress {
  private let label: String
  private let total: Int
  private let began = ContinuousClock.now
  private var shown = ContinuousClock.now
  private var done = 0

  /// Begins a line for `total` bytes of work.
  init(_ label: String, total: Int) {
    self.label = label
    self.total = total
  }

  /// Adds finished bytes and redraws at most ten times a second.
  func add(_ bytes: Int) {
    done += bytes
    guard Terminal.showsProgress, ContinuousClock.now - shown > .milliseconds(100) else { return }
    shown = .now
    let seconds = max(0.001, (shown - began) / .seconds(1))
    let rate = Double(done) / seconds
    let left = rate > 0 ? Int(Double(max(0, total - done)) / rate) : 0
    write(
      "\r\(label): \(readable(done)) of \(readable(total)), \(readable(Int(rate)))/s, \(left) s left "
    )
  }

  /// Clears the line.
  func end() {
    if Terminal.showsProgress { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
