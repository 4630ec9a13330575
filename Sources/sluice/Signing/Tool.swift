import Foundation

/// Runs a program of the system and collects what it prints.
struct Tool {
  let status: Int32
  let output: String
  let problem: String

  /// Runs `name` from the `PATH`.
  ///
  /// With `sharesTerminal` it may ask its user, for a passphrase or a touch.
  static func run(_ name: String, _ arguments: [String], sharesTerminal: Bool = false) throws
    -> Tool
  {
    let (output, problem) = (Pipe(), Pipe())
    let end =
      sharesTerminal && Terminal.isInteractive
      ? try startHere(name, arguments, output, problem)
      : try start(name, arguments, output, problem)
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complained = problem.fileHandleForReading.readDataToEndOfFile()
    return Tool(
      status: try end(),
      output: String(decoding: printed, as: UTF8.self),
      problem: String(decoding: complained, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    )
  }

  /// Starts it without a terminal; answers how to wait for its exit status.
  private static func start(
    _ name: String,
    _ arguments: [String],
    _ output: Pipe,
    _ problem: Pipe
  ) throws -> () throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.standardOutput = output
    process.standardError = problem
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return {
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// Starts it in our own process group.
  ///
  /// `Process` puts what it starts into a group of its own, which the terminal takes for one in the
  /// background: whatever asks there for a passphrase reads an error instead of the answer.
  private static func startHere(
    _ name: String,
    _ arguments: [String],
    _ output: Pipe,
    _ problem: Pipe
  ) throws -> () throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (pipe, target) in [(output, STDOUT_FILENO), (problem, STDERR_FILENO)] {
      posix_spawn_file_actions_adddup2(&actions, pipe.fileHandleForWriting.fileDescriptor, target)
    }
    let words = ([name] + arguments).map { strdup($0) }
    let variables = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for text in words + variables { free(text) } }
    var child = pid_t()
    let code = posix_spawnp(&child, name, &actions, nil, words + [nil], variables + [nil])
    try output.fileHandleForWriting.close()
    try problem.fileHandleForWriting.close()
    guard code == 0 else {
      throw Keygen.Failure(detail: "\(name) cannot be started: \(String(cString: strerror(code)))")
    }
    return { [child] in
      var status: Int32 = 0
      while waitpid(child, &status, 0) == -1 {
        guard errno == EINTR else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .ECHILD) }
      }
      // As a shell has it: the exit status, or 128 and the signal.
      return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }
  }
}
