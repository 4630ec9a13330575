internal import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Closes a connection whose answer says `Connection: close`.
///
/// Whoever was refused because of a body that is too large or too slow would otherwise go on sending
/// it. For a moment the connection is still read, because the peer loses an answer on a connection
/// that is closed with unread bytes.
package final class ClosingHandler: ChannelOutboundHandler, RemovableChannelHandler {
  /// What it lets pass.
  package typealias OutboundIn = HTTPResponsePart
  /// What it lets pass.
  package typealias OutboundOut = HTTPResponsePart

  private let linger: TimeAmount
  private var isLast = false

  /// Makes the handler of one connection.
  package init(linger: TimeAmount) { self.linger = linger }

  /// Lets everything pass, and closes some time after the last answer.
  package func write(
    context: ChannelHandlerContext,
    data: NIOAny,
    promise: EventLoopPromise<Void>?
  ) {
    switch unwrapOutboundIn(data) {
    case .head(let head): isLast = head.headerFields[.connection]?.lowercased() == "close"
    case .body: break
    case .end where isLast:
      let channel = context.channel
      context.eventLoop.scheduleTask(in: linger) { channel.close(promise: nil) }
    case .end: break
    }
    context.write(data, promise: promise)
  }
}
