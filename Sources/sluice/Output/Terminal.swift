import Foundation

/// What goes to people beside the results: notices, questions, progress; all on standard error.
enum Terminal {
  /// Whether somebody is there who can be asked.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && isatty(STDIN_FILENO) == 1
  static let showsProgress = isatty(STDERR_FILENO) == 1

  static func notice(_ text: String) { write(text + "\n") }

  static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Asks a question whose answer is yes or no; without a terminal the answer is no.
  static func confirms(_ question: String) -> Bool {
    guard let answer = ask("\(question) [y/N] ") else { return false }
    return isYes(answer)
  }

  /// Whether an answer means yes.
  static func isYes(_ answer: String) -> Bool { ["y", "yes"].contains(answer.lowercased()) }

  /// Asks for a line, which is answered without blanks around it; `nil` without a terminal or at the
  /// end of the input.
  static func ask(_ prompt: String) -> String? {
    guard isInteractive else { return nil }
    write(prompt)
    guard waits(), let line = readLine() else {
      write("\n")
      return nil
    }
    return line.trimmingCharacters(in: .whitespaces)
  }

  /// Waits for an answer; `false` once the task that asks was cancelled.
  private static func waits() -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while poll(&input, 1, 100) <= 0 {
      if Task.isCancelled { return false }
    }
    return true
  }

  /// Asks for a secret, which is not shown while it is typed; where nobody can be asked it is the
  /// first line of the standard input.
  static func askSecret(_ prompt: String) throws -> String? {
    guard isInteractive else { return readLine()?.trimmingCharacters(in: .whitespaces) }
    return try withoutEcho { ask(prompt) }
  }

  private static func withoutEcho(_ work: () -> String?) throws -> String? {
    var usual = termios()
    guard tcgetattr(STDIN_FILENO, &usual) == 0 else { throw failure }
    var silent = usual
    silent.c_lflag &= ~tcflag_t(ECHO)
    let guards = restoring(usual)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { throw failure }
    let answer = work()
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual) == 0 else { throw failure }
    for guarding in guards { guarding.cancel() }
    // The line feed that was typed was not shown either.
    if answer != nil { write("\n") }
    return answer
  }

  /// Shows again what is typed if the program is ended meanwhile, and ends it as it would have been.
  private static func restoring(_ usual: termios) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        var usual = usual
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
        write("\n")
        exit(128 + number)
      }
      source.setCancelHandler { signal(number, SIG_DFL) }
      source.resume()
      return source
    }
  }

  private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
