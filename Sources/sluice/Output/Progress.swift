/// Bytes, rate and time left of long work, on one line of a terminal that is rewritten.
///
/// Silent where nobody watches. Calls may come from any task. The line is rewritten with blanks, not
/// with control sequences, so any terminal can show it and nothing is coloured.
actor Progress {
  private let label: String
  private let isShown: Bool
  /// When the first bytes came; what was prepared before says nothing about the rate.
  private var began: ContinuousClock.Instant?
  private var total: Int
  private var done = 0
  /// What was there before, and says nothing about the rate.
  private var found = 0
  private var shown: ContinuousClock.Instant?
  private var width = 0
  private var isOver = false

  /// Begins a line for `total` bytes of work; a quiet command shows none.
  init(_ label: String, total: Int, isQuiet: Bool) {
    self.label = label
    self.total = total
    isShown = Terminal.showsProgress && !isQuiet
  }

  /// Adds finished bytes.
  func add(_ bytes: Int) {
    done += bytes
    if bytes > 0 { draw() }
  }

  /// Adds bytes that need no work, because they are there from an earlier time.
  func find(_ bytes: Int) {
    found += bytes
    add(bytes)
  }

  /// Says how much is finished by now, and of how much; an earlier call that comes late is ignored.
  func reach(_ bytes: Int, of total: Int) {
    self.total = total
    done = max(done, bytes)
    draw()
  }

  /// Clears the line.
  func end() {
    isOver = true
    guard width > 0 else { return }
    Terminal.write("\r" + String(repeating: " ", count: width) + "\r")
    width = 0
  }

  /// Draws the line at the first bytes, then at most ten times a second.
  private func draw() {
    let now = ContinuousClock.now
    guard isShown, !isOver, shown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    shown = now
    let began = began ?? now
    self.began = began
    let line = line(after: (now - began) / .seconds(1))
    Terminal.write("\r" + line + String(repeating: " ", count: max(0, width - line.count)))
    width = line.count
  }

  /// The line; before a second of data has come, nothing can be said about rate and time.
  private func line(after seconds: Double) -> String {
    let amount = "\(label): \(readable(done)) of \(readable(total))"
    let rate = Double(done - found) / max(1, seconds)
    guard seconds >= 1, rate > 0 else { return "\(amount), …/s, … left" }
    let left = Int((Double(max(0, total - done)) / rate).rounded(.up))
    return "\(amount), \(readable(Int(rate)))/s, \(readable(seconds: left)) left"
  }
}
