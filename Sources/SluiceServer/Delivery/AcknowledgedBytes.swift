package import NIOCore

/// What the peer's TCP says to have received: the evidence of a delivery.
///
/// The number of bytes written says little, because up to the whole send buffer (4 MiB by default)
/// may never arrive. The kernel counts what was acknowledged, and that is a lower bound of what the
/// peer has (serving-and-storage 5).
package struct AcknowledgedBytes: Hashable, Sendable {
  /// The kernel's view of a connection at one moment.
  package struct Sample: Hashable, Sendable {
    /// Bytes acknowledged since the connection began.
    package let acknowledged: Int
    /// Whether nothing that was written is still under way, on a connection that still exists.
    ///
    /// A reset also empties the kernel's queue, so the state of the connection counts too.
    package let isSettled: Bool

    /// Puts a sample together.
    package init(acknowledged: Int, isSettled: Bool) {
      self.acknowledged = acknowledged
      self.isSettled = isSettled
    }
  }

  // The head of the response is on its way when the first sample is taken, and is not body.
  private static let headAllowance = 2_048

  private let start: Int
  private let isEncrypted: Bool
  /// The lower bound so far, in bytes of the body; it never falls.
  package private(set) var count = 0

  /// Starts counting at the sample that was taken before the first byte of the body.
  ///
  /// `isEncrypted` takes off what TLS 1.3 adds to every record: 22 bytes to 16,384.
  package init(from sample: Sample?, isEncrypted: Bool) {
    start = sample?.acknowledged ?? 0
    self.isEncrypted = isEncrypted
  }

  /// Takes in what the kernel says now.
  ///
  /// - Parameters:
  ///   - sample: `nil` if it could not be asked, which changes nothing.
  ///   - handed: Bytes of the body that the kernel may have taken so far.
  ///   - taken: Bytes of the body that it certainly has taken.
  package mutating func record(_ sample: Sample?, handed: Int, taken: Int) {
    guard let sample else { return }
    if sample.isSettled { count = max(count, taken) }
    var bytes = sample.acknowledged - start
    if isEncrypted { bytes = bytes / 16_406 * 16_384 }
    count = max(count, min(bytes - Self.headAllowance, handed))
  }
}

extension Channel {
  /// Asks the kernel about this connection; `nil` if it is closed, or not TCP.
  ///
  /// On the event loop the answer is there at once.
  package func acknowledgedBytes() -> EventLoopFuture<AcknowledgedBytes.Sample?> {
    guard let provider = self as? any SocketOptionProvider else {
      return eventLoop.makeSucceededFuture(nil)
    }
    let information: EventLoopFuture<KernelInformation> = provider.unsafeGetSocketOption(
      level: .tcp,
      name: .tcp_info
    )
    return information.map(\.sample).recover { _ in nil }
  }
}

/// Linux's `struct tcp_info` up to the last member that is used.
///
/// The C library's header ends before these members, and the kernel fills as much as is asked for.
/// All of them are there since Linux 4.6.
private struct KernelInformation: Sendable {
  // Offset 0: state, four counters, options, window scales, flags, in this order, a byte each.
  var state: UInt8 = 0
  var bytes1To7: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0, 0, 0)
  // Offset 8: retransmission and acknowledgement time-outs, both segment sizes.
  var offset8: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  /// Offset 24: segments sent and not acknowledged.
  var unacknowledged: UInt32 = 0
  var offset28: UInt32 = 0
  // Offset 32: eleven further words of 64 bits that are not used.
  var offset32: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
  var offset80: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
  /// Offset 120.
  var bytesAcknowledged: UInt64 = 0
  var bytesReceived: UInt64 = 0
  var segments: (UInt32, UInt32) = (0, 0)
  /// Offset 144: bytes in the send buffer that were not sent yet.
  var notSent: UInt32 = 0
  var leastRoundTrip: UInt32 = 0

  // Established, or half closed by a peer that only listens: the states in which a body flows.
  private static let flowing: Set<UInt8> = [1, 8]

  var sample: AcknowledgedBytes.Sample {
    AcknowledgedBytes.Sample(
      acknowledged: Int(clamping: bytesAcknowledged),
      isSettled: Self.flowing.contains(state) && unacknowledged == 0 && notSent == 0
    )
  }
}
