package import Hummingbird
package import NIOCore

extension ResponseBody {
  /// A body that is a transfer: its bytes go by the delivery handler, not through the writer.
  ///
  /// The response ends after the peer acknowledged all of it, because then the connection may close
  /// and take with it what is not known by then.
  ///
  /// - Parameters:
  ///   - transfer: What to send; it is used once.
  ///   - channel: The connection of the request.
  ///   - ended: Told how the transfer ended, before the response does.
  /// - Returns: The body, with its length known.
  package static func delivering(
    _ transfer: Transfer,
    on channel: any Channel,
    ended: @escaping @Sendable (Transfer.Report) async throws -> Void
  ) -> ResponseBody {
    ResponseBody(contentLength: transfer.range.count) { writer in
      try await ended(try await channel.deliver(transfer))
      try await writer.finish(nil)
    }
  }
}
