package import SluiceEncoding
package import SluiceGovernance
internal import SluiceProof

/// Whose key counts in a release (README join 11).
///
/// Whoever is in the roster signs with the keys that the roster lists, or to which a chain of key
/// changes leads from there; so whoever keeps the registry cannot make himself an approver.
/// Everybody else's keys are the registry's. A key that was ended counts for nobody again.
package struct KeyAuthority: Sendable {
  /// A `keychange` as the log has it.
  package struct Change: Hashable, Sendable {
    /// Whose keys change.
    let principal: Principal.ID
    /// What happens.
    let action: Statement.KeyChange.Action
    /// The fingerprint of the key to which it happens.
    let key: String
    /// The fingerprint of the key that counted when it signed this.
    let signer: String
    /// Log time.
    let at: Instant

    package init(
      principal: Principal.ID,
      action: Statement.KeyChange.Action,
      key: String,
      signer: String,
      at: Instant
    ) {
      self.principal = principal
      self.action = action
      self.key = key
      self.signer = signer
      self.at = at
    }
  }

  /// The roster in force, before that the proposed one.
  package let rosters: [Roster]
  /// The changes of keys, in log order.
  package let changes: [Change]

  package init(rosters: [Roster], changes: [Change]) {
    self.rosters = rosters
    self.changes = changes
  }

  /// For whom a key counts.
  ///
  /// - Parameters:
  ///   - fingerprint: The key.
  ///   - registry: What the registry says of this key.
  /// - Returns: The one principal.
  /// - Throws: `Refusal.keyEnded`, or `Refusal.unknownKey` if it counts for nobody or for several.
  package func holder(
    of fingerprint: String,
    registry: [Registration.Key]
  ) throws(Refusal) -> Principal.ID {
    var holders: Set<Principal.ID> = []
    var ended: Instant?
    for member in rosters.flatMap(\.principals) {
      let chain = chain(of: member)
      if chain.live.contains(fingerprint) { holders.insert(member.id) }
      ended = chain.ended[fingerprint] ?? ended
    }
    if holders.isEmpty {
      for key in registry where !lists(key.principal) {
        if let until = key.until { ended = until } else { holders.insert(key.principal) }
      }
    }
    if holders.count == 1, let holder = holders.first { return holder }
    if holders.isEmpty, let ended { throw .keyEnded(fingerprint: fingerprint, at: ended) }
    throw .unknownKey(fingerprint: fingerprint)
  }

  /// For whom a key counts in a statement.
  ///
  /// Somebody who is new in the roster that an amendment proposes judges that amendment with the key
  /// that it lists, which shows that the new authority can act; whoever is in the roster in force
  /// signs with the keys of that one.
  package static func holder(
    of fingerprint: String,
    for statement: Statement?,
    in release: Release?,
    changes: [Change],
    registry: [Registration.Key]
  ) throws(Refusal) -> Principal.ID {
    let rosters = statement.map { release?.rosters(for: $0) ?? [] } ?? []
    let authority = KeyAuthority(rosters: rosters, changes: changes)
    guard let statement, let proposed = release?.proposedRoster(judgedBy: statement),
      proposed.lists(fingerprint), !rosters.contains(where: { $0.lists(fingerprint) })
    else { return try authority.holder(of: fingerprint, registry: registry) }
    do throws(Refusal) {
      return try authority.holder(of: fingerprint, registry: registry)
    } catch {
      let newcomer = try KeyAuthority(rosters: [proposed], changes: changes)
        .holder(of: fingerprint, registry: registry)
      guard !rosters.contains(where: { $0.principal(newcomer) != nil }) else { throw error }
      return newcomer
    }
  }

  private func lists(_ principal: Principal.ID) -> Bool {
    rosters.contains { $0.principal(principal) != nil || !$0.roles(of: principal).isEmpty }
  }

  /// The keys of a member that count, and those that no longer do.
  private func chain(of member: Roster.Member) -> (live: Set<String>, ended: [String: Instant]) {
    // A line that is no key was refused when the roster was proposed; here it counts for nobody.
    var live = Set(member.keys.compactMap { try? PublicKey(line: $0).fingerprint })
    var ended: [String: Instant] = [:]
    for change in changes where change.principal == member.id && live.contains(change.signer) {
      switch change.action {
      case .add: live.insert(change.key)
      case .end:
        live.remove(change.key)
        ended[change.key] = change.at
      }
    }
    return (live, ended)
  }
}

extension Roster {
  /// Whether a key of that fingerprint is listed for anybody.
  fileprivate func lists(_ fingerprint: String) -> Bool {
    principals.flatMap(\.keys).contains { line in
      (try? PublicKey(line: line).fingerprint) == fingerprint
    }
  }
}
