package import Hummingbird
package import NIOCore
internal import Synchronization

extension ResponseBody {
  /// A body that is a transfer: its bytes go by the delivery handler, not through the writer.
  ///
  /// The response ends after the peer acknowledged all of it, because then the connection may close
  /// and take with it what is not known by then.
  ///
  /// - Parameters:
  ///   - transfer: What to send; it is used once.
  ///   - channel: The connection of the request.
  ///   - meanwhile: Runs while it is sent, and is cancelled afterwards.
  ///   - ended: Told exactly once how the transfer ended, before the response does; also if the
  ///     body was never asked for, because the peer left before.
  /// - Returns: The body, with its length known.
  package static func delivering(
    _ transfer: Transfer,
    on channel: any Channel,
    meanwhile: @escaping @Sendable () async -> Void = {},
    ended: @escaping @Sendable (Transfer.Report) async -> Void
  ) -> ResponseBody {
    let ending = Ending(ended)
    return ResponseBody(contentLength: transfer.range.count) { writer in
      await ending.tell(try await send(transfer, on: channel, meanwhile: meanwhile))
      try await writer.finish(nil)
    }
  }

  private static func send(
    _ transfer: Transfer,
    on channel: any Channel,
    meanwhile: @escaping @Sendable () async -> Void
  ) async throws -> Transfer.Report {
    async let _ = meanwhile()
    return try await channel.deliver(transfer)
  }
}

/// Tells the end of a transfer once, at the latest when nobody can send it any more.
private final class Ending: Sendable {
  private let isTold = Atomic<Bool>(false)
  private let listener: @Sendable (Transfer.Report) async -> Void

  init(_ listener: @escaping @Sendable (Transfer.Report) async -> Void) { self.listener = listener }

  func tell(_ report: Transfer.Report) async {
    if !isTold.exchange(true, ordering: .relaxed) { await listener(report) }
  }

  deinit {
    guard !isTold.load(ordering: .relaxed) else { return }
    Task { [listener] in await listener(.nothing) }
  }
}
