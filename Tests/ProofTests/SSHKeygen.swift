import Foundation

/// The real `ssh-keygen` in a folder of its own, which disappears with the value.
final class SSHKeygen {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  struct Failed: Error {
    let arguments: [String]
    let output: String
  }

  /// Runs it with the folder as its working directory and gives what it printed.
  @discardableResult
  func run(_ arguments: String..., input: [UInt8] = []) throws -> String {
    let inputFile = folder.appending(path: "stdin")
    try Data(input).write(to: inputFile)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ssh-keygen"] + arguments
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(arguments: arguments, output: text) }
    return text
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Makes a key and gives its public line.
  func makeKey(_ type: String, named name: String) throws -> String {
    try run("-q", "-t", type, "-N", "", "-C", "a comment", "-f", name)
    return try read("\(name).pub")
  }

  /// Signs with a key of the folder and gives the armor.
  func sign(_ message: [UInt8], key: String, namespace: String, hash: String) throws -> String {
    try Data(message).write(to: folder.appending(path: "message"))
    try? FileManager.default.removeItem(at: folder.appending(path: "message.sig"))
    try run("-Y", "sign", "-f", key, "-n", namespace, "-O", "hashalg=\(hash)", "message")
    return try read("message.sig")
  }

  /// Whether it accepts the armor for the principal, with allowed signers in a text.
  func accepts(
    _ armor: String,
    of message: [UInt8],
    by principal: String,
    namespace: String,
    allowed: String,
    at time: String = "20260301120500Z"
  ) throws -> Bool {
    try write(armor, to: "armor")
    try write(allowed, to: "allowed")
    do {
      try run(
        "-Y",
        "verify",
        "-f",
        "allowed",
        "-I",
        principal,
        "-n",
        namespace,
        "-O",
        "verify-time=\(time)",
        "-s",
        "armor",
        input: message
      )
      return true
    } catch is Failed {
      return false
    }
  }
}
