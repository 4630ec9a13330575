package import NIOCore
package import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
package import NIOPosix
internal import NIOSSL

/// Sends files from within the pipeline: one event for a whole transfer, then nothing but its end.
///
/// It stands between the codec of Hummingbird's HTTP types and its connection-state handler. Bodies
/// do not pass through it: they are written at the codec's position, where a part may hold a file
/// region, so that `sendfile` moves them. Where TLS stands in the pipeline a region cannot be sent,
/// and the bytes go through one buffer instead (serving-and-storage 3.1).
///
/// The route has sent the head of the response before the event arrives, and sends its end after.
package final class DeliveryHandler: ChannelDuplexHandler, RemovableChannelHandler {
  /// What it lets pass.
  package typealias InboundIn = HTTPRequestPart
  /// What it lets pass.
  package typealias InboundOut = HTTPRequestPart
  /// What it lets pass.
  package typealias OutboundIn = HTTPResponsePart
  /// What it lets pass.
  package typealias OutboundOut = HTTPResponsePart

  private let pace: TransferPace
  private let readers: NIOThreadPool
  private var running: RunningTransfer?

  /// Makes the handler of one connection; `readers` do the reading ahead.
  package init(pace: TransferPace = TransferPace(), readers: NIOThreadPool = .singleton) {
    self.pace = pace
    self.readers = readers
  }

  /// Takes a transfer up; lets every other event pass.
  package func triggerUserOutboundEvent(
    context: ChannelHandlerContext,
    event: Any,
    promise: EventLoopPromise<Void>?
  ) {
    guard let order = event as? TransferOrder else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    precondition(running == nil, "two transfers at once on one connection")
    do {
      let pipeline = context.pipeline.syncOperations
      let started = RunningTransfer(
        order,
        through: try pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self),
        isEncrypted: (try? pipeline.context(handlerType: NIOSSLHandler.self)) != nil,
        pace: pace,
        readers: readers
      )
      running = started
      // An idle connection keeps no file open.
      order.ended.futureResult.assumeIsolated().whenComplete { [self] _ in running = nil }
      promise?.succeed()
      started.start()
    } catch {
      promise?.fail(error)
    }
  }

  /// Ends what was running: the peer is gone.
  package func channelInactive(context: ChannelHandlerContext) {
    running?.lose()
    context.fireChannelInactive()
  }

  /// Ends what was running: nobody else would.
  package func handlerRemoved(context: ChannelHandlerContext) {
    running?.lose()
  }
}

/// The event that starts a transfer.
struct TransferOrder: Sendable {
  let transfer: Transfer
  let ended: EventLoopPromise<Transfer.Report>
}

extension Channel {
  /// Sends `transfer` on this connection, whose response head was written before.
  ///
  /// - Returns: How it ended. After any but a complete transfer, and one that was handed over whole
  ///   but not acknowledged in time, the connection is closed, so no answer ends too short unnoticed.
  package func deliver(_ transfer: Transfer) async throws -> Transfer.Report {
    transfer.file.advise(RunningTransfer.readahead(of: transfer, from: transfer.range.lowerBound))
    let ended = eventLoop.makePromise(of: Transfer.Report.self)
    let taken = eventLoop.makePromise(of: Void.self)
    taken.futureResult.whenFailure { _ in ended.succeed(.nothing) }
    triggerUserOutboundEvent(TransferOrder(transfer: transfer, ended: ended), promise: taken)
    return try await ended.futureResult.get()
  }
}
