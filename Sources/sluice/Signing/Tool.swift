import Foundation

/// Runs a program of the system and collects what it prints.
struct Tool {
  let status: Int32
  let output: String
  let problem: String

  /// Runs `name` from the `PATH`.
  ///
  /// With `sharesTerminal` it may ask its user: its standard input is then ours.
  static func run(_ name: String, _ arguments: [String], sharesTerminal: Bool = false) throws
    -> Tool
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    let output = Pipe()
    let problem = Pipe()
    process.standardOutput = output
    process.standardError = problem
    if !sharesTerminal || !Terminal.isInteractive { process.standardInput = FileHandle.nullDevice }
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complained = problem.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Tool(
      status: process.terminationStatus,
      output: String(decoding: printed, as: UTF8.self),
      problem: String(decoding: complained, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    )
  }
}
