public import SluiceEncoding

/// Whether bytes may leave, and on which grant (governance-domain 8, the delivery rule).
///
/// The ledger finds candidates; this decides among them, and `audit verify` asks it again.
public enum DeliveryRule {
  /// Chooses the one grant that a delivery of `manifest` to `asker` counts on at `now`.
  ///
  /// The grant that the client named, else everyone's, else the earliest issued that is live. A
  /// grant of a group serves a member only who has accepted its texts.
  ///
  /// - Parameters:
  ///   - candidates: Grants of the release; those that do not cover the manifest or do not include
  ///     the asker are passed over.
  ///   - asker: Who asks.
  ///   - manifest: The manifest that lists the file.
  ///   - named: The grant that the client insists on, if any.
  ///   - holds: The release's holds.
  ///   - now: Log time.
  /// - Returns: The grant.
  /// - Throws: `Refusal.noGrant` or the state of the grant that came closest.
  public static func grant(
    among candidates: [Grant],
    for asker: Asker,
    manifest: SHA256Digest,
    named: Grant.ID?,
    holds: [Hold],
    at now: Instant
  ) throws(Refusal) -> Grant {
    let covering = candidates.filter { grant in
      grant.includes(asker) && grant.terms.tiers.values.contains(manifest)
        && (named == nil || grant.id == named)
    }.sorted { $0.precedence < $1.precedence }
    var unaccepted: Terms.ID?
    for grant in covering where grant.status(at: now, holds: holds, asker: asker) == .live {
      guard let missing = grant.unaccepted(by: asker) else { return grant }
      unaccepted = unaccepted ?? missing
    }
    if let unaccepted { throw .termsUnaccepted(unaccepted) }
    guard let nearest = covering.last else { throw .noGrant(pending: nil) }
    throw nearest.refusal(at: now, holds: holds, asker: asker)
  }
}

extension Grant {
  /// Everyone's first, then in order of issue.
  fileprivate var precedence: Int {
    switch terms.audience {
    case .everyone: index - Int.max / 2
    case .principal, .group: index
    }
  }

  /// A text that a member of the group has yet to accept.
  fileprivate func unaccepted(by asker: Asker) -> SluiceGovernance.Terms.ID? {
    guard case .group = terms.audience else { return nil }
    return terms.terms.filter { !asker.accepted.contains($0.value) }.keys
      .min { $0.rawValue < $1.rawValue }
  }

  /// Why the grant does not serve.
  fileprivate func refusal(at now: Instant, holds: [Hold], asker: Asker) -> Refusal {
    switch status(at: now, holds: holds, asker: asker) {
    case .revoked:
      .grantRevoked(
        id,
        at: ending?.at ?? now,
        code: ending?.code ?? .other,
        text: ending?.text ?? ""
      )
    case .surrendered: .grantSurrendered(id, at: ending?.at ?? now)
    case .held:
      hold(at: now, among: holds, asker: asker).map { .held($0.id, $0.code) }
        ?? .noGrant(pending: nil)
    case .pending: .grantPending(id, from: terms.notBefore)
    case .grace:
      .grantGrace(
        id,
        at: notAfter ?? now,
        until: (notAfter ?? now) + (grace ?? Duration(seconds: 0))
      )
    case .expired, .live: .grantExpired(id, at: notAfter ?? now)
    }
  }
}
