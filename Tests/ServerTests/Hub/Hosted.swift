import Foundation
import HTTPTypes
import Logging
import ServiceLifecycle
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer

/// The daemon itself, over a deployment in a folder, with files that are served over TCP.
///
/// Who is who is `Deployed`'s: bob may have been granted the weights, eve may not have anything.
final class Hosted: Sendable {
  static let page = Array("# Tiny\n".utf8)
  static let code = [UInt8](repeating: 7, count: 70_000)

  let deployed: Deployed
  let home: Home
  /// The content of the large file of the weights.
  let shard: [UInt8]

  private init(_ deployed: Deployed, _ home: Home, shard: [UInt8]) {
    self.deployed = deployed
    self.home = home
    self.shard = shard
  }

  deinit { try? FileManager.default.removeItem(at: home.folder) }

  /// A deployment whose rules are in force and whose tiers are bound; nothing is open.
  static func adopted(shard size: Int = 3 << 20) async throws -> Hosted {
    let name = "sluice-\(UUID())"
    let home = Home(at: FileManager.default.temporaryDirectory.appending(path: name))
    let ledger = try await Ledger.create(in: home, origin: "localhost/test", at: Deployed.noon)
    let deployed = try await Deployed.proposed(over: ledger)
    let shard = (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    let hosted = Hosted(deployed, home, shard: shard)
    try await deployed.approve(1, as: "ana")
    try await deployed.approve(1, as: "ben")
    try await hosted.bind("code", ["README.md": page, "src/main.py": code])
    let weights = ["README.md": page, "empty.txt": [], "model.safetensors": shard]
    try await hosted.bind("weights", weights)
    return hosted
  }

  /// Everyone may have the code, and bob the weights.
  static func granted(shard size: Int = 3 << 20) async throws -> Hosted {
    let hosted = try await adopted(shard: size)
    try await hosted.deployed.open("public")
    try await hosted.deployed.open("gated")
    let (statements, documents) = try await hosted.deployed.request("bob")
    try await hosted.deployed.say(statements, as: "bob", documents: documents)
    try await hosted.deployed.grant()
    return hosted
  }

  private func bind(_ tier: Tier.ID, _ files: [String: [UInt8]]) async throws {
    try await Blobs(in: home.blobs).importing { intake in
      for content in files.values { _ = try await intake.take(content) }
    }
    let resources = files.map { path, content in
      Manifest.Resource(path: path, sha256: SHA256Digest(of: content), size: content.count)
    }
    let pem = try String(contentsOf: home.releaseKey, encoding: .utf8)
    try await deployed.bind(tier, to: resources, signedWith: try ReleaseKey(pem: pem))
  }

  /// Where the large file lies.
  var path: String {
    Blobs(in: home.blobs).url(of: SHA256Digest(of: shard)).path(percentEncoded: false)
  }

  /// What bob is on record to have, or to be getting.
  func possessions() async throws -> [Possession] {
    try await deployed.ledger.possessions(of: Deployed.release)
  }

  /// Runs the daemon while `body` runs, and stops it as a signal would.
  func serve(
    _ limits: ServerLimits = .patient,
    by clock: @escaping @Sendable () -> Instant = { Deployed.noon },
    _ body: @Sendable (Visitor) async throws -> Void
  ) async throws {
    let server = try self.server(at: 0, limits, by: clock)
    let (addresses, listening) = AsyncStream.makeStream(of: String.self)
    let group = ServiceGroup(
      services: [Daemon(server: server, listening: { listening.yield($0) })],
      logger: FileServer.quiet
    )
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { listening.finish() }
        try await group.run()
      }
      for await address in addresses {
        let port = address.split(separator: ":").last.flatMap { Int($0) } ?? 0
        try await body(Visitor(port: port, tokens: deployed.tokens))
        break
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  /// A daemon of this deployment, which no signal ends.
  func server(
    at port: Int,
    _ limits: ServerLimits = .patient,
    by clock: @escaping @Sendable () -> Instant = { Deployed.noon }
  ) throws -> Server {
    var settings = Server.Settings(port: port)
    settings.limits = limits
    settings.signals = []
    return try Server(
      deployed.ledger,
      settings: settings,
      clock: clock,
      logger: FileServer.quiet
    )
  }

  private struct Daemon: Service {
    let server: Server
    let listening: @Sendable (String) -> Void

    func run() async throws { try await server.run(listening: listening) }
  }
}

/// Somebody who asks a daemon things, each over a connection of its own.
struct Visitor: Sendable {
  let port: Int
  let tokens: [String: String]

  /// An answer with its whole body.
  struct Answer: Sendable {
    let status: Int
    /// By lower-case name.
    let fields: [String: String]
    let body: [UInt8]

    /// The body, read as JSON.
    var json: JSONValue {
      get throws { try JSONValue(parsing: body, .document, format: "answer") }
    }
  }

  /// Asks as the owner of a token; `nil` has none, and a name that has none an unknown one.
  func ask(
    _ target: String,
    as name: String? = nil,
    _ method: String = "GET",
    fields: [String: String] = [:],
    body: String = ""
  ) async throws -> Answer {
    let (connection, head) = try await open(target, as: name, method, fields: fields, body: body)
    defer { connection.leave() }
    let lines = head.split(separator: "\r\n")
    var found: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      found[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    let hasBody = method != "HEAD" && lines.first?.contains(" 304 ") == false
    let length = hasBody ? found["content-length"].flatMap { Int($0) } ?? 0 : 0
    return Answer(
      status: lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0,
      fields: found,
      body: try await connection.read(length)
    )
  }

  /// Asks, and leaves the body to be read.
  func open(
    _ target: String,
    as name: String? = nil,
    _ method: String = "GET",
    fields: [String: String] = [:],
    body: String = "",
    receiveBuffer: Int32? = nil
  ) async throws -> (Connection, head: String) {
    let connection = try await Connection(to: port, receiveBuffer: receiveBuffer)
    var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost:\(port)"]
    if let name { lines.append("authorization: Bearer \(tokens[name] ?? "hf_unknown")") }
    lines += fields.map { "\($0.key): \($0.value)" }
    if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
    try await connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    return (connection, try await connection.head())
  }
}
