import Foundation
import NIOCore
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import SluiceServer
import Synchronization
import Testing

@Suite("The server")
struct ServerTests {
  @Test func `says that it lives, that it is ready, and where the log is`() async throws {
    let hosted = try await Hosted.adopted(shard: 100_000)
    try await hosted.serve { visitor in
      let answer = try await visitor.ask("/healthz")
      #expect(answer.status == 200)
      #expect(try await visitor.ask("/readyz").status == 200)
      let note = try await visitor.ask("/checkpoint")
      #expect(note.fields["content-type"] == "text/plain; charset=utf-8")
      #expect(note.body.starts(with: Array("localhost/test\n".utf8)))
    }
  }

  @Test func `is not ready while a file is another one on disk, and says what helps`()
    async throws
  {
    let hosted = try await Hosted.adopted(shard: 9)
    let place = URL(filePath: hosted.path)
    let aside = place.appendingPathExtension("aside")
    try await hosted.serve { visitor in
      try FileManager.default.moveItem(at: place, to: aside)
      let missing = try await visitor.ask("/readyz")
      #expect(missing.status == 503)
      #expect(try missing.json.objectValue?["checks"]?.objectValue?["files"] == "missing")
      try FileManager.default.copyItem(at: aside, to: place)
      let replaced = try await visitor.ask("/readyz")
      #expect(replaced.status == 503)
      #expect(try replaced.json.objectValue?["checks"]?.objectValue?["files"] == "replaced")
      #expect(
        try replaced.json.objectValue?["next"] == ["sluice audit verify --accept-restored"]
      )
      let ledger = hosted.deployed.ledger
      #expect(try await ledger.verify(at: Deployed.noon, acceptsRestored: true).restored == 1)
      #expect(try await visitor.ask("/readyz").status == 200)
    }
  }

  @Test func `is not ready when its clock runs behind the log`() async throws {
    let hosted = try await Hosted.adopted(shard: 100_000)
    let later = Deployed.noon.seconds + 3_600
    try await hosted.deployed.ledger.reserve("ana/other", at: .init(seconds: later))
    try await hosted.deployed.ledger.add(
      Registration(id: "person:zoe"),
      keys: [try Deployed.key("zoe").publicKey],
      at: .init(seconds: later)
    )
    await #expect(throws: (any Error).self) { try await hosted.serve { _ in } }
  }

  @Test func `doubts a clock that jumps, until somebody says that it is right`() async throws {
    let hosted = try await Hosted.adopted(shard: 9)
    let ledger = hosted.deployed.ledger
    let hours = Mutex(0)
    let clock: @Sendable () -> Instant = {
      Deployed.noon + Duration(seconds: 3_600 * hours.withLock { $0 })
    }
    try await hosted.serve(by: clock) { visitor in
      // What the clock shows at first is believed; so it jumps again until it was seen to.
      for _ in 0..<600 where try await ledger.clockState() == .running {
        hours.withLock { $0 += 2 }
        try await Task.sleep(for: .milliseconds(50))
      }
      guard case .paused(_, let jump) = try await ledger.clockState() else {
        return #expect(Bool(false), "nobody noticed")
      }
      #expect(jump > ClockWatch.mostAhead)
      let doubtful = try await visitor.ask("/readyz")
      #expect(doubtful.status == 503)
      #expect(try doubtful.json.objectValue?["checks"]?.objectValue?["clock"] == "paused")
      #expect(try doubtful.json.objectValue?["next"] == ["sluice clock confirm"])
      let standing = try await visitor.ask("/sluice/v1/keys").json.objectValue
      #expect(standing?["clock"] == "paused")

      try await ledger.confirmClock(at: clock())
      #expect(try await visitor.ask("/readyz").status == 200)
      let believed = try await visitor.ask("/sluice/v1/keys").json.objectValue
      #expect(believed?["clock"] == "running")
    }
  }

  @Test func `cuts off a body that trickles, however steadily`() async throws {
    let hosted = try await Hosted.adopted(shard: 9)
    var limits = ServerLimits.patient
    limits.bodyTime = .milliseconds(200)
    try await hosted.serve(limits) { visitor in
      let connection = try await Connection(to: visitor.port)
      try await connection.send(Self.posting(bytes: 100))
      let head = try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for _ in 0..<100 {
            try await connection.send(" ")
            try await Task.sleep(for: .milliseconds(20))
          }
        }
        defer { group.cancelAll() }
        return try await connection.head().lowercased()
      }
      #expect(head.hasPrefix("http/1.1 408 "))
      #expect(head.contains("connection: close\r\n"))
      connection.leave()
    }
  }

  @Test func `does not take in the rest of a body that is too large`() async throws {
    let hosted = try await Hosted.adopted(shard: 9)
    var limits = ServerLimits.patient
    limits.linger = .milliseconds(50)
    try await hosted.serve(limits) { visitor in
      let connection = try await Connection(to: visitor.port)
      try await connection.send(Self.posting(bytes: (1 << 20) + 1))
      #expect(try await connection.head().hasPrefix("HTTP/1.1 413 "))
      var isTaken = true
      for _ in 0..<500 where isTaken {
        isTaken = (try? await connection.send(" ")) != nil
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(!isTaken)
      connection.leave()
    }
  }

  private static func posting(bytes: Int) -> String {
    "POST /sluice/v1/statements HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(bytes)\r\n\r\n"
  }

  @Test func `closes at its start what an earlier one left open`() async throws {
    let hosted = try await Hosted.granted(shard: 100_000)
    let log = DeliveryLog(hosted.deployed.ledger)
    let file = try await hosted.deployed.ledger.release(Deployed.release).pinned("weights")
    let listed = try await hosted.deployed.ledger.files(of: try #require(file))
    let shard = try #require(listed.first { $0.path == "model.safetensors" })
    let token = try #require(
      try await hosted.deployed.ledger.tokens(of: "person:bob").first
    )
    _ = try await log.admit(
      DeliveryQuery(
        release: Deployed.release,
        tier: "weights",
        path: shard.path,
        sha256: shard.sha256,
        principal: "person:bob",
        credential: "token:\(token.id)"
      ),
      at: Deployed.noon
    )
    try await hosted.serve { _ in
      let found = try await hosted.possessions()
      #expect(found.map(\.bytes) == [shard.size])
      #expect(found.map(\.isComplete) == [false])
    }
    let report = try await hosted.deployed.ledger.possessions(of: Deployed.release)
    #expect(report.map(\.last) == [Deployed.noon])
  }

  @Test func `says so when somebody listens there`() async throws {
    let (hosted, other) = try await (Hosted.adopted(shard: 9), Hosted.adopted(shard: 9))
    try await hosted.serve { visitor in
      let fault = Server.Fault.address("127.0.0.1:\(visitor.port)", EADDRINUSE)
      let second = try other.server(at: visitor.port)
      await #expect(throws: fault) { try await second.run { _ in } }
    }
  }

  @Test func `is the only one of its home`() async throws {
    let hosted = try await Hosted.adopted(shard: 9)
    let fault = HomeFault.served(hosted.home.folder.path(percentEncoded: false))
    try await hosted.serve { _ in
      let second = try hosted.server(at: 0)
      await #expect(throws: fault) { try await second.run { _ in } }
    }
    try await hosted.serve { visitor in
      let answer = try await visitor.ask("/healthz")
      #expect(answer.status == 200)
    }
  }

  @Test func `has files, so it needs a folder`() throws {
    #expect(throws: Server.Fault.noHome) {
      try Server(.inMemory(), settings: .init(), clock: { Deployed.noon }, logger: FileServer.quiet)
    }
  }
}
