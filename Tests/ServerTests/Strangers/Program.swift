import Dispatch
import Foundation
import SluiceEncoding

/// The program itself, run in a folder of its own with an empty environment.
struct Program: Sendable {
  /// What one run printed, and its exit status.
  struct Seen: Hashable, Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  let folder: URL

  /// The program: `SLUICE_BINARY`, else what was built last beside the tests.
  private static var path: String {
    if let named = ProcessInfo.processInfo.environment["SLUICE_BINARY"] { return named }
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../..").standardized
    let built = ["release", "debug"].map {
      repository.appending(path: ".build/\($0)/sluice").path()
    }
    return built.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "sluice"
  }

  /// Makes a folder with the files that commands are given.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = [
      "old.yaml": Town.policy, "new.yaml": try Town.nextPolicy,
      "answers.yaml": "name: x\npurpose: y\n",
    ]
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "terms"),
      withIntermediateDirectories: true
    )
    try Data(Deployed.terms).write(to: folder.appending(path: "terms/use.md"))
  }

  /// Removes the folder.
  func leave() throws { try FileManager.default.removeItem(at: folder) }

  /// Runs a command line against a daemon, as the owner of a token.
  ///
  /// The address and the folder stand as words in what it printed, so that runs can be compared.
  func run(_ line: String, at port: Int, token: String?) async throws -> Seen {
    let words =
      Self.words(line) + (line.contains("--help") ? [] : ["--server", Self.address(port)])
    let seen = try await run(words, token: token)
    func named(_ text: String) -> String {
      text.replacing(Self.address(port), with: "URL").replacing(folder.path(), with: "FOLDER")
    }
    return Seen(status: seen.status, output: named(seen.output), errors: named(seen.errors))
  }

  private static func address(_ port: Int) -> String { "http://127.0.0.1:\(port)" }

  /// The words of a line; those in quotes are one.
  private static func words(_ line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
      place,
      part in
      place.isMultiple(of: 2)
        ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }

  /// Runs the program on a thread of its own: the tests serve it from theirs.
  func run(_ words: [String], token: String? = nil) async throws -> Seen {
    let folder = folder
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try Self.run(words, token: token, in: folder) })
      }
    }
  }

  private static func run(_ words: [String], token: String?, in folder: URL) throws -> Seen {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path(), "PATH": "/usr/bin:/bin", "TZ": "UTC"]
    if let token { process.environment?["SLUICE_TOKEN"] = token }
    let names = ["out", "err"].map { folder.appending(path: "\($0)-\(UUID())") }
    for name in names { try Data().write(to: name) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    let texts = try names.map { try String(contentsOf: $0, encoding: .utf8) }
    for name in names { try FileManager.default.removeItem(at: name) }
    return Seen(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  /// Every command that does something, by its words, with whether a daemon can be asked by it.
  func commands() async throws -> [(words: String, takesServer: Bool)] {
    let printed = try await run(["--experimental-dump-help"]).output
    let dump = try JSONValue(
      parsing: Array(printed.utf8),
      .document.limited(to: 16 << 20),
      format: "help"
    )
    return Self.commands(of: dump.objectValue?["command"], below: [])
  }

  private static func commands(
    of command: JSONValue?,
    below parents: [String]
  ) -> [(words: String, takesServer: Bool)] {
    guard let members = command?.objectValue, let name = members["commandName"]?.stringValue,
      name != "help"
    else { return [] }
    let words = name == "sluice" ? [] : parents + [name]
    let below = members["subcommands"]?.arrayValue ?? []
    guard below.isEmpty else { return below.flatMap { commands(of: $0, below: words) } }
    let options = (members["arguments"]?.arrayValue ?? [])
      .flatMap { $0.objectValue?["names"]?.arrayValue ?? [] }
      .compactMap { $0.objectValue?["name"]?.stringValue }
    return [(words.joined(separator: " "), options.contains("server"))]
  }
}
