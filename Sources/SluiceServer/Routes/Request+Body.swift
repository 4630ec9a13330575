internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Why the body of a request was not read to its end.
enum BodyFault: Error, Hashable, Sendable {
  /// It has more bytes than are taken in here.
  case tooLarge(limit: Int)
  /// It was not whole when its time was over.
  case tooSlow
}

extension Request {
  /// The whole body, if it is not larger than `limit` and arrives within `time`.
  ///
  /// The time counts for the whole: a timer of the connection begins anew with every byte, and a
  /// client that sends one now and then would hold its place for ever.
  ///
  /// - Throws: ``BodyFault``; what the connection threw.
  func bytes(upTo limit: Int, within time: Duration) async throws -> [UInt8] {
    let announced = headers[.contentLength].flatMap { Int($0) } ?? 0
    guard announced <= limit else { throw BodyFault.tooLarge(limit: limit) }
    let body = body
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      defer { group.cancelAll() }
      group.addTask { try await body.bytes(upTo: limit) }
      group.addTask {
        try await Task.sleep(for: time)
        throw BodyFault.tooSlow
      }
      return try await group.next() ?? []
    }
  }
}

extension RequestBody {
  fileprivate func bytes(upTo limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await part in self {
      guard bytes.count + part.readableBytes <= limit else {
        throw BodyFault.tooLarge(limit: limit)
      }
      bytes += part.readableBytesView
    }
    return bytes
  }
}
