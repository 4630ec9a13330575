import Foundation

/// The place where a transcript plays: an empty home, a small model, two keys, nothing else.
final class Stage {
  let folder: URL
  private var variables: [String: String] = [:]
  private var running: [Process] = []

  /// The program: `SLUICE_BINARY`, else what was built last.
  static var program: String {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["SLUICE_BINARY"] { return named }
    let build = repository.appending(path: ".build")
    let built = ["release", "debug"].map { build.appending(path: "\($0)/sluice").path() }
      .filter { FileManager.default.isExecutableFile(atPath: $0) }
    return built.max { Self.age(of: $0) > Self.age(of: $1) } ?? "sluice"
  }

  private static func age(of path: String) -> TimeInterval {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let built = attributes?[.modificationDate] as? Date
    return -(built ?? .distantPast).timeIntervalSinceNow
  }

  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init(files: [(name: String, text: String)]) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "sluice-transcript-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let golden = Self.repository.appending(path: "Tests/WeightsTests/Golden/gpt2-f32")
    let tiny = folder.appending(path: "tiny")
    try FileManager.default.createDirectory(at: tiny, withIntermediateDirectories: true)
    for name in ["config.json", "model.safetensors"] {
      try FileManager.default.copyItem(
        at: golden.appending(path: name),
        to: tiny.appending(path: name)
      )
    }
    for name in ["ana", "bob", "cho", "dee", "eli"] {
      let made = try run(
        "ssh-keygen",
        ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder.appending(path: name).path()]
      )
      guard made.status == 0 else { throw Transcript.Fault(line: 0, what: made.stderr) }
    }
    let environment = ProcessInfo.processInfo.environment
    let cache = Self.repository.appending(path: ".cache")
    variables = [
      "SLUICE": Self.program, "HERE": folder.path(), "REPOSITORY": Self.repository.path(),
      "PYTHON": environment["SLUICE_PYTHON"] ?? cache.appending(path: "python/bin/python").path(),
      "MINILM": environment["SLUICE_MINILM"] ?? cache.appending(path: "minilm/model").path(),
    ]
    variables["BIN"] = URL(filePath: variables["PYTHON"] ?? "").deletingLastPathComponent().path()
    for file in files {
      let path = folder.appending(path: file.name)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(file.text.utf8).write(to: path)
    }
  }

  /// Ends what still runs and removes everything.
  ///
  /// Not by `terminate`: what a test starts can have inherited that the signal is held back.
  func leave() throws {
    for process in running where process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try FileManager.default.removeItem(at: folder)
  }

  struct Seen {
    let status: Int32
    let stdout: String
    let stderr: String
  }

  /// Plays one step and answers what does not fit its expectations.
  func play(_ step: Transcript.Step) throws -> [String] {
    let words = step.words.map(expand)
    guard let name = words.first else { return ["line \(step.line): nothing to run"] }
    if step.manner == .background { return try start(name, Array(words.dropFirst()), step) }
    let arguments = Array(words.dropFirst())
    let seen =
      step.isOnTerminal
      ? try run(name, arguments, typing: step.typed.map(expand)) : try run(name, arguments)
    var faults: [String] = []
    let failed = seen.status != 0
    if failed != (step.manner == .fails) || (step.exit.map { $0 != seen.status } ?? false) {
      faults.append("exit \(seen.status)")
    }
    faults += step.stdout.map(expand).filter { !seen.stdout.contains($0) }
      .map { "stdout lacks: \($0)" }
    faults += step.stderr.map(expand).filter { !seen.stderr.contains($0) }
      .map { "stderr lacks: \($0)" }
    faults += step.absent.map(expand).filter { (seen.stdout + seen.stderr).contains($0) }
      .map { "shows: \($0)" }
    for (name, pattern) in step.kept {
      let match = try Regex(pattern).firstMatch(in: seen.stdout + seen.stderr)
      guard let match, match.output.count > 1, let group = match.output[1].substring else {
        faults.append("nothing matches \(pattern)")
        continue
      }
      variables[name] = String(group)
    }
    guard !faults.isEmpty else { return [] }
    let command = words.joined(separator: " ")
    return [
      "line \(step.line): \(command): \(faults.joined(separator: "; "))\n\(seen.stdout)\(seen.stderr)"
    ]
  }

  private func start(
    _ name: String,
    _ arguments: [String],
    _ step: Transcript.Step
  ) throws -> [String] {
    do {
      let started = try start(name, arguments)
      variables["URL"] = started.address
      variables["PID"] = String(started.process.processIdentifier)
      return []
    } catch let fault as Transcript.Fault { return ["line \(step.line): \(fault.what)"] }
  }

  /// Starts a daemon and waits until it says where it listens.
  func start(
    _ name: String,
    _ arguments: [String],
    setting environment: [String: String] = [:]
  ) throws -> (address: String, line: String, process: Process) {
    let process = process(name, arguments)
    process.environment?.merge(environment) { $1 }
    let files = ["out", "err"].map { folder.appending(path: "\($0)-\(running.count).log") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    running.append(process)
    for _ in 0..<600 {
      let text = try String(contentsOf: files[0], encoding: .utf8)
      if text.hasSuffix("\n"), let match = text.firstMatch(of: /https?:\/\/127\.0\.0\.1:\d+/) {
        return (String(match.output), String(text.dropLast()), process)
      }
      if !process.isRunning {
        let said = try String(contentsOf: files[1], encoding: .utf8)
        throw Transcript.Fault(line: 0, what: "ended at once:\n\(text)\(said)")
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw Transcript.Fault(line: 0, what: "does not say where it listens")
  }

  private func expand(_ word: String) -> String {
    variables.sorted { $0.key.count > $1.key.count }.reduce(word) { text, variable in
      text.replacing("$\(variable.key)", with: variable.value)
    }
  }

  /// Runs a program in the folder; with `lines` on a terminal, where they answer what is asked.
  func run(
    _ name: String,
    _ arguments: [String],
    setting environment: [String: String] = [:],
    typing lines: [String]? = nil
  ) throws -> Seen {
    let process = process(name, arguments)
    process.environment?.merge(environment) { $1 }
    let id = UUID().uuidString
    let files = ["out", "err"].map { folder.appending(path: ".\($0)-\(id)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    let terminal = try lines.map { try PseudoTerminal().run(process, typing: $0) }
    if terminal == nil {
      try process.run()
      process.waitUntilExit(atMost: 300)
    }
    let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
    for file in files { try FileManager.default.removeItem(at: file) }
    return Seen(
      status: process.terminationStatus,
      stdout: texts[0],
      stderr: terminal ?? texts[1]
    )
  }

  private func process(_ name: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name == "sluice" ? Self.program : name] + arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.environment = [
      "HOME": folder.path(), "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
      "SLUICE_HOME": folder.appending(path: "home").path(), "TMPDIR": folder.path(),
      "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]
    return process
  }
}

extension Process {
  /// Waits for the end, and kills what has not come to it by then: a test that hangs is seen to fail.
  func waitUntilExit(atMost seconds: Int) {
    let late = DispatchWorkItem { [processIdentifier] in kill(processIdentifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: late)
    waitUntilExit()
    late.cancel()
  }
}
