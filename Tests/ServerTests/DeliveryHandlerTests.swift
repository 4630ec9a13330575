import Hummingbird
import NIOCore
import NIOEmbedded
import SluiceLedger
import SluiceServer
import Testing

@Suite("The delivery handler")
struct DeliveryHandlerTests {
  @Test(arguments: [0, 1, 65_536, 1 << 20, 3 << 20 + 12_345])
  func `delivers every byte of a file`(size: Int) async throws {
    let scratch = try Scratch(of: size)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port)
      let head = try await client.get("/file")
      #expect(head.hasPrefix("HTTP/1.1 200 "))
      #expect(head.lowercased().contains("\r\ncontent-length: \(size)\r\n"))
      #expect(try await client.read(size).elementsEqual(scratch.bytes(0..<size)))
      let report = try await server.report()
      #expect(report == complete(size))
      client.leave()
    }
  }

  @Test func `delivers the bytes of a range`() async throws {
    let scratch = try Scratch(of: 3 << 20)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port)
      let head = try await client.get("/file", fields: "Range: bytes=1048000-3000000\r\n")
      #expect(head.hasPrefix("HTTP/1.1 206 "))
      #expect(try await client.read(1_952_001).elementsEqual(scratch.bytes(1_048_000..<3_000_001)))
      let report = try await server.report()
      #expect(report == complete(1_952_001))
      client.leave()
    }
  }

  @Test func `answers one request after the other on a connection`() async throws {
    let scratch = try Scratch(of: 100_000)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port)
      for first in [0, 5, 99_999] {
        _ = try await client.get("/file", fields: "Range: bytes=\(first)-\r\n")
        #expect(
          try await client.read(100_000 - first).elementsEqual(scratch.bytes(first..<100_000))
        )
        let report = try await server.report()
        #expect(report == complete(100_000 - first))
      }
      client.leave()
    }
  }

  @Test func `reports what a client may have that left, and what it has`() async throws {
    let scratch = try Scratch(of: 256 << 20, written: 1)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      let read = try await client.read(10 << 20).count
      client.leave()
      let report = try await server.report()
      #expect(report.outcome == .partial)
      #expect(report.acknowledged <= report.handed)
      #expect(report.handed >= read)
      #expect(report.handed < scratch.size)
      // What TCP took beyond what the program read lies in the receive buffer, which is doubled.
      #expect(report.acknowledged <= read + 2 * 65_536)
    }
  }

  @Test func `takes a reset for no acknowledgement`() async throws {
    // All of it fits into the buffers on the way, so everything was handed over.
    let scratch = try Scratch(of: 300_000)
    var limits = ServerLimits.patient
    limits.pace.tick = .milliseconds(20)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 8_192)
      _ = try await client.get("/file")
      let transfer = try await server.transfer()
      while transfer.handed < scratch.size { try await Task.sleep(for: .milliseconds(1)) }
      client.reset()
      let report = try await server.report()
      #expect(report.outcome == .partial)
      #expect(report.handed == scratch.size)
      #expect(report.acknowledged < scratch.size)
    }
  }

  @Test func `ends what does not move on`() async throws {
    let scratch = try Scratch(of: 256 << 20, written: 1)
    var limits = ServerLimits.patient
    limits.pace.patience = .milliseconds(300)
    limits.pace.tick = .milliseconds(20)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      let report = try await server.report()
      #expect(report.outcome == .stalled)
      #expect(report.handed < scratch.size)
      #expect(try await client.drain() < scratch.size)
      client.leave()
    }
  }

  @Test(arguments: [(Transfer.Stop.revoked, Delivery.Outcome.revoked), (.drained, .drained)])
  func `stops a client that reads at the next window`(
    stop: Transfer.Stop,
    outcome: Delivery.Outcome
  ) async throws {
    let scratch = try Scratch(of: 1 << 30, written: 1)
    var limits = ServerLimits.patient
    limits.pace.tick = .hours(1)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      let transfer = try await server.transfer()
      async let drained = client.drain()
      while transfer.handed == 0 { try await Task.sleep(for: .milliseconds(1)) }
      transfer.stop(stop)
      #expect(try await server.report().outcome == outcome)
      #expect(try await drained < scratch.size)
      client.leave()
    }
  }

  @Test func `stops a client that waits within a window`() async throws {
    let scratch = try Scratch(of: 1 << 30, written: 1)
    var limits = ServerLimits.patient
    limits.pace.tick = .milliseconds(20)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      let transfer = try await server.transfer()
      while transfer.handed == 0 { try await Task.sleep(for: .milliseconds(1)) }
      transfer.stop(.revoked)
      #expect(try await server.report().outcome == .revoked)
      #expect(try await client.drain() < scratch.size)
      client.leave()
    }
  }

  /// Cut between two windows, and within one, where `sendfile` meets the end of the file.
  @Test(arguments: [32 << 20, 32 << 20 + 12_345])
  func `breaks off when the file is cut, and pads nothing`(size: Int) async throws {
    let scratch = try Scratch(of: 64 << 20, written: 1)
    var limits = ServerLimits.patient
    limits.pace.window = 16 << 20
    limits.pace.tick = .milliseconds(20)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      _ = try await client.read(20 << 20)
      try scratch.truncate(to: size)
      #expect(try await client.drain() <= size - (20 << 20))
      #expect(try await server.report().outcome == .ioError)
      client.leave()
    }
  }

  @Test func `tells the end of a transfer that nobody fetched`() async throws {
    let scratch = try Scratch(of: 10)
    let (reports, report) = AsyncStream.makeStream(of: Transfer.Report.self)
    let transfer = Transfer(0..<10, of: try BlobFile(at: scratch.path))
    _ = ResponseBody.delivering(transfer, on: NIOAsyncTestingChannel()) { report.yield($0) }
    #expect(await reports.first { _ in true } == .nothing)
  }

  @Test func `tells while it runs how far it is`() async throws {
    let scratch = try Scratch(of: 64 << 20, written: 1)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      _ = try await client.read(20 << 20)
      let transfer = try await server.transfer()
      while transfer.acknowledged < 10 << 20 { try await Task.sleep(for: .milliseconds(1)) }
      #expect(transfer.handed >= 20 << 20)
      client.leave()
      _ = try await server.report()
    }
  }

  private func complete(_ size: Int) -> Transfer.Report {
    Transfer.Report(outcome: .complete, handed: size, acknowledged: size, evidence: .tcp)
  }
}
