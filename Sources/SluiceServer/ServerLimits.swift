package import Hummingbird
package import HummingbirdCore
package import NIOCore
internal import NIOPosix

/// What a stranger may cost the daemon (serving-and-storage 6 and 7).
package struct ServerLimits: Hashable, Sendable {
  /// How long a connection may be without a complete request head, the first one included.
  package var idle = TimeAmount.seconds(10)
  /// Bytes of a request head, and of any one field of it.
  package var headBytes = 16 << 10
  /// Fields of a request head.
  package var headFields = 64
  /// Bytes of a request's body, where a route does not say more.
  package var bodyBytes = 1 << 20
  /// How long a request's body may take altogether.
  package var bodyTime = Duration.seconds(30)
  /// For how long a connection is still read after an answer that closes it, so that the answer
  /// arrives: closing at once would reset what the peer has not read yet.
  package var linger = TimeAmount.seconds(2)
  /// Connections at once; more wait in the backlog, and none is dropped.
  package var connections = 1_024
  /// Connections that the kernel keeps waiting.
  package var backlog = 256
  /// Transfers at once.
  package var transfers = 256
  /// Transfers of one principal, or of one address without a name, at once; clients open this many.
  package var transfersOfOne = 8
  /// Registrations within an hour that come from one address, or name one e-mail address.
  package var registrationsAnHour = 10
  /// How often the progress of a transfer is recorded (README join 6: at most 5 s late).
  package var progress = Duration.seconds(5)
  /// How fast a transfer has to be.
  package var pace = TransferPace()
  /// How long transfers may go on after the daemon was told to stop.
  package var drain = Duration.seconds(60)
  /// How long stopping may take altogether.
  package var stop = Duration.seconds(70)

  /// The limits of the reference.
  package init() {}

  /// Hummingbird's HTTP/1.1 with these limits, and with the delivery handler in its pipeline.
  package var http: HTTPServerBuilder { .http1(configuration: configuration) }

  /// The same, for use below something else, such as TLS.
  package var configuration: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [DeliveryHandler(pace: pace), ClosingHandler(linger: linger)],
      idleTimeout: idle,
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: headBytes,
        maxHeaderListSize: headBytes,
        maxHeaderFieldCount: headFields
      )
    )
  }

  /// Where to listen, with as many connections as these limits allow.
  package func listening(at address: BindAddress) -> ApplicationConfiguration {
    ApplicationConfiguration(
      address: address,
      serverName: "sluice",
      backlog: backlog,
      availableConnectionsDelegate: MaximumAvailableConnections(connections)
    )
  }
}
