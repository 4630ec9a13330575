import Foundation
import Synchronization

/// A client that reads exactly as much as it is told to, and leaves as it is told to.
///
/// Its calls block, so they run on a thread of their own: the server under test needs the others.
final class Connection: Sendable {
  private let descriptor: CInt
  private let isOpen = Atomic<Bool>(true)

  /// Connects to a port of this machine; a small receive buffer shows a slow reader early.
  init(to port: Int, receiveBuffer: Int32? = nil) async throws {
    descriptor = try await onThread {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      if var size = receiveBuffer {
        let length = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
      }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
      let connected = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard connected == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      return descriptor
    }
  }

  func send(_ text: String) async throws {
    let bytes = Array(text.utf8)
    let descriptor = descriptor
    let sent = try await onThread { write(descriptor, bytes, bytes.count) }
    guard sent == bytes.count else { throw POSIXError(.EIO) }
  }

  /// Asks for `path`, and returns the head of the response.
  func get(_ path: String, fields: String = "") async throws -> String {
    try await send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
    return try await head()
  }

  /// Reads up to the empty line that ends a head, or to the end.
  func head() async throws -> String {
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      let next = try await read(1)
      if next.isEmpty { break }
      bytes += next
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads `count` bytes, fewer only if the connection ends before.
  func read(_ count: Int) async throws -> [UInt8] {
    let descriptor = descriptor
    return try await onThread {
      var bytes = [UInt8](repeating: 0, count: count)
      var filled = 0
      while filled < count {
        let got = recv(descriptor, &bytes[filled], count - filled, 0)
        guard got > 0 else { break }
        filled += got
      }
      return Array(bytes[..<filled])
    }
  }

  /// Reads until the connection ends, and returns how many bytes came.
  func drain() async throws -> Int {
    var count = 0
    while case let bytes = try await read(1 << 16), !bytes.isEmpty { count += bytes.count }
    return count
  }

  deinit { leave() }

  /// Leaves as a program does that is done: what it has not read resets the connection.
  func leave() {
    if isOpen.exchange(false, ordering: .relaxed) { close(descriptor) }
  }

  /// Resets the connection at once.
  func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    leave()
  }
}

private func onThread<Value: Sendable>(
  _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
  }
}
