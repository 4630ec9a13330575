package import SluiceGovernance
package import SluiceLedger

/// The transfers that are under way in this process, so that they can be counted and stopped.
package actor OpenTransfers {
  /// Whether one more transfer may begin.
  package enum Room: Hashable, Sendable {
    case free
    /// The daemon is shutting down.
    case draining
    /// As many as may be at once are under way already, for all or for whoever asks.
    case full(limit: Int)
  }

  private var open: [ObjectIdentifier: Transfer] = [:]
  private var isDraining = false
  private let limit: Int
  private let parallel: Int

  /// Begins empty; at most `limit` transfers are admitted at once, and `parallel` of a principal or,
  /// where nobody says who they are, of an address.
  package init(limit: Int, parallel: Int) {
    self.limit = limit
    self.parallel = parallel
  }

  /// How many are under way.
  package var count: Int { open.count }

  /// What some of them rest on.
  package var permits: Set<Permit> { Set(open.values.compactMap(\.permit)) }

  /// Whether `principal`, or somebody without a name at the address `peer`, may begin one more.
  ///
  /// Without a name it is the address that counts: else one stranger could hold all there are.
  package func room(for principal: Principal.ID?, at peer: String) -> Room {
    guard !isDraining else { return .draining }
    guard open.count < limit else { return .full(limit: limit) }
    let others = open.values.count { other in
      other.principal == principal
        && (principal != nil || other.peer.utf8.elementsEqual(peer.utf8))
    }
    return others < parallel ? .free : .full(limit: parallel)
  }

  /// Counts `transfer` as under way, if there is room; whoever finds it calls ``end(_:)`` later.
  package func admit(_ transfer: Transfer) -> Room {
    let room = room(for: transfer.principal, at: transfer.peer)
    if room == .free { open[ObjectIdentifier(transfer)] = transfer }
    return room
  }

  /// Forgets `transfer`; one that is not known is fine.
  package func end(_ transfer: Transfer) { open[ObjectIdentifier(transfer)] = nil }

  /// Stops every transfer that rests on `permit`, because its grant or its token no longer counts.
  package func revoke(_ permit: Permit) {
    for transfer in open.values where transfer.permit == permit { transfer.stop(.revoked) }
  }

  /// Admits no more; those under way go on.
  package func refuseMore() { isDraining = true }

  /// Stops all that are still under way.
  package func drain() {
    isDraining = true
    for transfer in open.values { transfer.stop(.drained) }
  }
}
