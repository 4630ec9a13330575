package import NIOCore

/// How fast a transfer has to be, and in what portions it goes.
package struct TransferPace: Hashable, Sendable {
  /// Bytes that one `sendfile` may be outstanding with, so also how far apart both bounds of an
  /// aborted transfer are.
  package var window = 1 << 20
  /// The same where the bytes pass through memory: every such connection costs one.
  package var bufferedWindow = 256 << 10
  /// How many bytes have to be acknowledged within ``patience``.
  package var leastProgress = 64 << 10
  /// How long a peer may take for them.
  package var patience = TimeAmount.seconds(30)
  /// How long to wait, after the last byte was handed over, for one that is newly acknowledged.
  package var grace = TimeAmount.seconds(10)
  /// How often to look after a transfer whose window does not end.
  package var tick = TimeAmount.seconds(1)

  /// The pace of serving-and-storage 5 and 6.
  package init() {}
}
