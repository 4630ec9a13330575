import NIOCore
import ServiceLifecycle
import SluiceLedger
import SluiceServer
import Testing

@Suite("A server that stops")
struct DrainingServerTests {
  @Test func `lets a transfer go on to its last byte`() async throws {
    let scratch = try Scratch(of: 64 << 20, written: 1)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      let transfer = try await server.transfer()
      while transfer.handed == 0 { try await Task.sleep(for: .milliseconds(1)) }
      await server.group.triggerGracefulShutdown()
      #expect(try await client.read(scratch.size).count == scratch.size)
      #expect(try await server.report().outcome == .complete)
      #expect(try await client.drain() == 0)
      client.leave()
    }
  }

  @Test func `ends in the end what a client does not read`() async throws {
    let scratch = try Scratch(of: 64 << 20, written: 1)
    var limits = ServerLimits.patient
    limits.drain = .milliseconds(200)
    limits.pace.tick = .milliseconds(20)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      await server.group.triggerGracefulShutdown()
      #expect(try await server.report().outcome == .drained)
      client.leave()
    }
  }

  @Test func `accepts nobody and closes who is idle`() async throws {
    let scratch = try Scratch(of: 10)
    try await FileServer.serve(scratch) { server in
      let client = try await Connection(to: server.port)
      _ = try await client.get("/file")
      _ = try await client.read(10)
      await server.group.triggerGracefulShutdown()
      #expect(try await client.drain() == 0)
      client.leave()
      await #expect(throws: (any Error).self) {
        while true { try await Connection(to: server.port).leave() }
      }
    }
  }
}
