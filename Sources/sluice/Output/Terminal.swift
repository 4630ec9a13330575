import Foundation

/// What goes to people beside the results: notices, questions, progress; all on standard error.
enum Terminal {
  /// Whether somebody is watching.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && isatty(STDIN_FILENO) == 1
  static let showsProgress = isatty(STDERR_FILENO) == 1

  static func notice(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Asks a question whose answer is yes or no; without a terminal the answer is no.
  static func confirms(_ question: String) -> Bool {
    guard let answer = ask("\(question) [y/N] ") else { return false }
    return ["y", "yes"].contains(answer.lowercased())
  }

  /// Asks for a line; `nil` without a terminal or at the end of the input.
  static func ask(_ prompt: String) -> String? {
    guard isInteractive else { return nil }
    FileHandle.standardError.write(Data(prompt.utf8))
    return readLine()
  }
}

/// A size in the units people use: 1.5 GiB.
func readable(_ bytes: Int) -> String {
  var value = Double(bytes)
  for unit in ["B", "KiB", "MiB", "GiB"] {
    if value < 1024 || unit == "GiB" {
      return unit == "B" ? "\(bytes) B" : String(format: "%.1f %@", value, unit)
    }
    value /= 1024
  }
  return "\(bytes) B"
}
