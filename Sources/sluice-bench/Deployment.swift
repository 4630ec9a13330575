import Foundation

/// A deployment with one large file, made with the program itself.
struct Deployment {
  let folder: URL
  private var daemon: Process?
  private var address = ""
  private var token = ""

  init(folder: URL) { self.folder = folder }

  /// Releases a file that everyone may have, to somebody whose name is recorded with each delivery.
  mutating func release(size: Int) throws {
    let model = folder.appending(path: "model")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try Data("A large file.\n".utf8).write(to: model.appending(path: "README.md"))
    // Something has to stay gated.
    try weights(of: 8, at: model.appending(path: "adapter.safetensors"))
    try weights(of: size, at: model.appending(path: "model.safetensors"))
    _ = try run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path("key")])
    _ = try run(
      program,
      [
        "quickstart", path("model"), "--release", "bench/large", "--as", "bench", "--key",
        path("key"), "--yes", "--public", "model.safetensors",
      ]
    )
    let said = try run(program, ["person", "add", "reader", "--token", "bench"])
    guard let found = said.firstMatch(of: /hf_[A-Za-z0-9]+/) else {
      throw DeliveryMemory.Failure(description: "no token was issued: \(said)")
    }
    token = String(found.output)
  }

  /// A sparse file with one tensor.
  private func weights(of size: Int, at file: URL) throws {
    var header = Data(
      #"{"w":{"dtype":"U8","shape":[\#(size)],"data_offsets":[0,\#(size)]}}"#.utf8
    )
    header += Data(repeating: 0x20, count: (8 - header.count % 8) % 8)
    try (withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header).write(
      to: file
    )
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: UInt64(8 + header.count + size))
    try handle.close()
  }

  /// Starts the daemon on a free port.
  mutating func serve() throws {
    let process = process(program, ["serve", "--listen", "127.0.0.1:0"])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    daemon = process
    var text = ""
    while !text.contains("listening on ") {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else {
        throw DeliveryMemory.Failure(description: "the daemon did not start")
      }
      text += String(decoding: bytes, as: UTF8.self)
    }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    address = words.first { $0.hasPrefix("http://") } ?? ""
  }

  /// One client that throws the bytes away.
  func download() throws -> Process {
    let process = process(
      "curl",
      [
        "-sf", "-o", "/dev/null", "-H", "Authorization: Bearer \(token)",
        "\(address)/bench/large/resolve/main/model.safetensors",
      ]
    )
    try process.run()
    return process
  }

  /// The daemon's memory by one of the kernel's figures, in KiB.
  func resident(_ figure: String) throws -> Int {
    let number = daemon?.processIdentifier ?? 0
    let status = try String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(figure) }
    return line?.split(separator: " ").compactMap { Int($0) }.first
      ?? line?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0
  }

  /// Ends the daemon and removes everything.
  ///
  /// Nothing of it is kept, and a signal that asks can be one that was inherited as held back.
  func remove() {
    if let daemon, daemon.isRunning {
      kill(daemon.processIdentifier, SIGKILL)
      daemon.waitUntilExit()
    }
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      print("could not remove \(folder.path()): \(error)")
    }
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path() }

  /// The program beside this one.
  private var program: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "sluice").path()
  }

  private func run(_ name: String, _ arguments: [String]) throws -> String {
    let process = process(name, arguments)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.standardError
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw DeliveryMemory.Failure(description: "\(name) ended with \(process.terminationStatus)")
    }
    return text
  }

  private func process(_ name: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    var environment = ProcessInfo.processInfo.environment
    environment["SLUICE_HOME"] = path("home")
    process.environment = environment
    return process
  }
}
