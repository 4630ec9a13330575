import Foundation

/// A terminal with nobody before it: what a program asks there is answered from a list.
///
/// Whatever waits for an answer ends with a question mark, a colon or a bracket and a blank; only
/// then is the next line typed, as a person would.
struct PseudoTerminal {
  private let master: Int32
  private let slave: FileHandle

  init() throws {
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    guard openpty(&ends.master, &ends.slave, nil, nil, nil) == 0 else { throw Self.failure }
    master = ends.master
    slave = FileHandle(fileDescriptor: ends.slave, closeOnDealloc: true)
  }

  /// Runs a process whose input and error output are the terminal, and answers its questions.
  ///
  /// - Parameters:
  ///   - process: What to run; its standard output is left as it is.
  ///   - lines: The answers; `^D` is the end of the input.
  /// - Returns: What was to be seen on the terminal, with line feeds as programs write them.
  /// - Throws: `POSIXError` if there is no terminal.
  func run(_ process: Process, typing lines: [String]) throws -> String {
    defer { close(master) }
    process.standardInput = slave
    process.standardError = slave
    try process.run()
    // Only the process keeps it open now, so that its end is the end of the terminal.
    try slave.close()
    var seen: [UInt8] = []
    var fresh: [UInt8] = []
    var rest = lines[...]
    let deadline = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < deadline {
      guard let bytes = try read() else { break }
      seen += bytes
      fresh += bytes
      if Self.asks(fresh), let line = rest.popFirst() {
        fresh = []
        try write(line == "^D" ? "\u{4}" : line + "\n")
      } else if bytes.isEmpty, !process.isRunning {
        break
      }
    }
    if process.isRunning { process.terminate() }
    process.waitUntilExit(atMost: 60)
    return String(decoding: seen, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  private static func asks(_ bytes: [UInt8]) -> Bool {
    let end = bytes.suffix(2)
    return end.count == 2 && end.last == UInt8(ascii: " ")
      && end.first.map("?:]".utf8.contains) ?? false
  }

  /// What has come; nothing if nothing came for a while; `nil` at the end.
  private func read() throws -> [UInt8]? {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, 50) > 0 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = Glibc.read(master, &buffer, buffer.count)
    // The end of a terminal whose last reader is gone is an error of input and output.
    guard count > 0 else { return nil }
    return Array(buffer.prefix(count))
  }

  private func write(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard Glibc.write(master, bytes, bytes.count) == bytes.count else { throw Self.failure }
  }

  private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
