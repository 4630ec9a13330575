/// The transfers that are under way in this process, so that they can be counted and stopped.
package actor OpenTransfers {
  /// Whether one more transfer may begin.
  package enum Admission: Hashable, Sendable {
    case admitted
    /// The daemon is shutting down: 503.
    case draining
    /// As many as may be at once are under way already, for all or for this principal: 429.
    case tooMany(limit: Int)
  }

  private var open: [ObjectIdentifier: Transfer] = [:]
  private var isDraining = false
  private let limit: Int

  /// Begins empty; at most `limit` transfers are admitted at once.
  package init(limit: Int) { self.limit = limit }

  /// How many are under way.
  package var count: Int { open.count }

  /// Counts `transfer` as under way, if it may begin; whoever is admitted calls ``end(_:)`` later.
  ///
  /// `parallel` is how many its principal may have at once; those without one are not limited here.
  package func admit(_ transfer: Transfer, parallel: Int) -> Admission {
    guard !isDraining else { return .draining }
    guard open.count < limit else { return .tooMany(limit: limit) }
    if let principal = transfer.principal {
      let others = open.values.count { $0.principal == principal }
      guard others < parallel else { return .tooMany(limit: parallel) }
    }
    open[ObjectIdentifier(transfer)] = transfer
    return .admitted
  }

  /// Forgets `transfer`; one that is not known is fine.
  package func end(_ transfer: Transfer) { open[ObjectIdentifier(transfer)] = nil }

  /// Stops every transfer with that subject, because what allowed it no longer does.
  package func revoke(_ subject: String) {
    for transfer in open.values where transfer.subjects.contains(subject) {
      transfer.stop(.revoked)
    }
  }

  /// Admits no more; those under way go on.
  package func refuseMore() { isDraining = true }

  /// Stops all that are still under way.
  package func drain() {
    isDraining = true
    for transfer in open.values { transfer.stop(.drained) }
  }
}
