import NIOCore
import SluiceServer
import Testing

@Suite("The server's limits")
struct ServerLimitsTests {
  @Test(arguments: ["", "GET /file HT", "GET /file HTTP/1.1\r\nHost: localhost\r\n"])
  func `end a connection that never completes a head`(start: String) async throws {
    var limits = ServerLimits.patient
    limits.idle = .milliseconds(200)
    try await FileServer.serve(try Scratch(of: 10), limits) { server in
      let client = try await Connection(to: server.port)
      if !start.isEmpty { try await client.send(start) }
      #expect(try await client.drain() == 0)
      client.leave()
    }
  }

  @Test func `do not end a transfer that is slower than that`() async throws {
    var limits = ServerLimits.patient
    limits.idle = .seconds(1)
    let scratch = try Scratch(of: 64 << 20, written: 1)
    try await FileServer.serve(scratch, limits) { server in
      let client = try await Connection(to: server.port, receiveBuffer: 65_536)
      _ = try await client.get("/file")
      try await Task.sleep(for: .milliseconds(2500))
      #expect(try await client.read(scratch.size).count == scratch.size)
      client.leave()
    }
  }

  @Test(arguments: [
    "X-Long: " + String(repeating: "a", count: 17 << 10) + "\r\n",
    String(repeating: "X-Many: a\r\n", count: 65),
  ])
  func `refuse a head that is too large`(fields: String) async throws {
    try await FileServer.serve(try Scratch(of: 10)) { server in
      let client = try await Connection(to: server.port)
      #expect(try await client.get("/file", fields: fields).hasPrefix("HTTP/1.1 400 "))
      client.leave()
    }
  }

  @Test func `let one more connection wait, and serve it when another left`() async throws {
    var limits = ServerLimits.patient
    limits.connections = 1
    try await FileServer.serve(try Scratch(of: 10), limits) { server in
      let first = try await Connection(to: server.port)
      _ = try await first.get("/file")
      let second = try await Connection(to: server.port)
      try await second.send("GET /file HTTP/1.1\r\nHost: localhost\r\nRange: bytes=7-\r\n\r\n")
      try await Task.sleep(for: .milliseconds(100))
      _ = try await first.read(10)
      _ = try await first.get("/file", fields: "Range: bytes=3-\r\n")
      first.leave()
      #expect(try await second.head().hasPrefix("HTTP/1.1 206 "))
      second.leave()
      for range in [0..<10, 3..<10, 7..<10] {
        #expect(try await server.transfer().range == range)
      }
    }
  }
}
