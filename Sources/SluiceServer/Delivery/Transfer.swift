package import SluiceGovernance
package import SluiceLedger
internal import Synchronization

/// One range of one file on its way to one peer.
///
/// The route makes it, the delivery handler moves its bytes, and whoever revokes stops it. The two
/// counts may be read at any time, from any thread.
package final class Transfer: Sendable {
  /// Why a transfer has to end before its last byte.
  package enum Stop: UInt8, Hashable, Sendable {
    /// What allowed it no longer does.
    case revoked = 1
    /// The daemon is shutting down, and the time for transfers is over.
    case drained = 2
  }

  /// What is known of a transfer that has ended.
  package struct Report: Hashable, Sendable {
    /// How it ended.
    package let outcome: Delivery.Outcome
    /// Bytes given to the kernel, an outstanding window whole: the upper bound of what arrived.
    package let handed: Int
    /// Bytes that the peer's TCP acknowledged: the lower bound.
    package let acknowledged: Int
    /// What the second number rests on.
    package let evidence: Delivery.Evidence

    /// Puts a report together.
    package init(
      outcome: Delivery.Outcome,
      handed: Int,
      acknowledged: Int,
      evidence: Delivery.Evidence
    ) {
      self.outcome = outcome
      self.handed = handed
      self.acknowledged = acknowledged
      self.evidence = evidence
    }

    /// Of a transfer whose first byte was never sent.
    package static let nothing = Report(
      outcome: .partial,
      handed: 0,
      acknowledged: 0,
      evidence: .tcp
    )
  }

  /// The open file; nobody else uses it.
  package let file: BlobFile
  /// The bytes of it that were asked for.
  package let range: Range<Int>
  /// Whom it is counted against; `nil` for somebody without a name.
  package let principal: Principal.ID?
  /// The address against which it is counted where nobody has a name.
  package let peer: String
  /// What allows it; `nil` if nothing that can be revoked.
  package let permit: Permit?

  private let stopCode = Atomic<UInt8>(0)
  private let handedBytes = Atomic<Int>(0)
  private let acknowledgedBytes = Atomic<Int>(0)

  /// Prepares to send `range` of `file`, which the file must contain.
  package init(
    _ range: Range<Int>,
    of file: BlobFile,
    for principal: Principal.ID? = nil,
    at peer: String = "",
    on permit: Permit? = nil
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= file.identity.size,
      "a range outside its file"
    )
    self.file = file
    self.range = range
    self.principal = principal
    self.peer = peer
    self.permit = permit
  }

  /// Bytes given to the kernel so far, an outstanding window whole.
  package var handed: Int { handedBytes.load(ordering: .relaxed) }

  /// Bytes of them that the peer's TCP has acknowledged, at least.
  package var acknowledged: Int { acknowledgedBytes.load(ordering: .relaxed) }

  /// Ends it at its next window, at the latest within a second; the first reason given stays.
  package func stop(_ reason: Stop) {
    _ = stopCode.compareExchange(expected: 0, desired: reason.rawValue, ordering: .relaxed)
  }

  /// Why it has to end, once somebody said so.
  package var stopped: Stop? { Stop(rawValue: stopCode.load(ordering: .relaxed)) }

  func note(handed: Int, acknowledged: Int) {
    handedBytes.store(handed, ordering: .relaxed)
    acknowledgedBytes.store(acknowledged, ordering: .relaxed)
  }
}
