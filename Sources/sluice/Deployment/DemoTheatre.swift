import Foundation
import SluiceEncoding

/// Where the demo plays: a folder, throw-away keys, a daemon, and this program run as people run it.
final class DemoTheatre {
  /// A step did not do what it says.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let folder: URL
  private let isQuiet: Bool
  private var daemon: Process?
  private var signals: [any DispatchSourceSignal] = []
  private var said: [String: String] = [:]
  private var step = 0
  /// How many steps the story has had so far.
  var steps: Int { step }

  init(folder: URL, isQuiet: Bool) throws {
    self.folder = folder
    self.isQuiet = isQuiet
  }

  /// Remembers something for later steps and for `--serve`.
  subscript(name: String) -> String {
    get { said[name] ?? "" }
    set { said[name] = newValue }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  /// The next step of the story, in words.
  func tell(_ text: String) {
    step += 1
    say("\n\(step). \(text)")
  }

  /// Runs this program and shows what was typed and printed; the step fails unless it ends with
  /// `status` and prints `text` on one of the streams.
  @discardableResult
  func sluice(
    _ arguments: [String],
    atHome: Bool = true,
    token: String? = nil,
    status: Int32 = 0,
    saying text: String? = nil
  ) throws -> String {
    let process = program(arguments, atHome: atHome, token: token)
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let printed = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let noticed = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    say("   $ " + Typed(words: arguments).text)
    for line in (printed + noticed).split(separator: "\n") { say("     \(line)") }
    guard process.terminationStatus == status, text.map((printed + noticed).contains) ?? true else {
      throw Failure(
        description: """
          step \(step): sluice \(arguments.joined(separator: " ")) ended with \
          \(process.terminationStatus), expected \(status)\(text.map { " and “\($0)”" } ?? "")
          \(printed)\(noticed)
          """
      )
    }
    return printed
  }

  /// Runs another program, silently.
  func tool(_ name: String, _ arguments: [String]) throws {
    let ran = try Tool.run(name, arguments)
    guard ran.status == 0 else { throw Failure(description: "\(name): \(ran.problem)") }
  }

  /// Starts the daemon on a free port and waits until it says where it listens.
  func startDaemon() throws {
    let process = program(["serve", "--listen", "127.0.0.1:0", "--json"], atHome: true, token: nil)
    let out = Pipe()
    process.standardOutput = out
    process.standardError = try FileHandle(forWritingTo: log())
    try process.run()
    daemon = process
    passSignals(to: process)
    var line: [UInt8] = []
    while !line.contains(UInt8(ascii: "\n")) {
      let bytes = out.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw Failure(description: "the daemon did not start") }
      line += bytes
    }
    let fields = try JSONValue(
      parsing: Array(line.prefix { $0 != UInt8(ascii: "\n") }),
      .document,
      format: "sluice serve"
    )
    self["address"] = fields.objectValue?["address"]?.stringValue ?? ""
  }

  func waitForDaemon() { daemon?.waitUntilExit() }

  /// Passes SIGTERM and Ctrl-C on, so that the daemon ends in order and the folder is removed.
  private func passSignals(to process: Process) {
    signals = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { process.terminate() }
      source.resume()
      return source
    }
  }

  func close() {
    guard let daemon, daemon.isRunning else { return }
    daemon.terminate()
    daemon.waitUntilExit()
  }

  private func log() throws -> URL {
    let file = folder.appending(path: "daemon.log")
    guard FileManager.default.createFile(atPath: file.typed, contents: nil) else {
      throw Failure(description: "cannot write to \(folder.typed)")
    }
    return file
  }

  private func program(_ arguments: [String], atHome: Bool, token: String?) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SLUICE_") }
    environment["HOME"] = path("")
    environment["SSH_AUTH_SOCK"] = nil
    if atHome {
      environment["SLUICE_HOME"] = path("home")
    } else {
      environment["SLUICE_SERVER"] = self["address"]
      environment["SLUICE_TOKEN"] = token
    }
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    return process
  }

  private func say(_ text: String) {
    if !isQuiet { print(text) }
  }
}
