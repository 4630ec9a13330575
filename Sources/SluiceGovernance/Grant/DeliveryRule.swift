public import SluiceEncoding

/// Whether bytes may leave, and on which grant (governance-domain 8, the delivery rule).
///
/// The ledger finds candidates; this decides among them, and `audit verify` asks it again.
public enum DeliveryRule {
  /// Chooses the one grant that a delivery of `manifest` to `principal` counts on at `now`.
  ///
  /// The grant that the client named, else everyone's, else the earliest issued that is live.
  ///
  /// - Parameters:
  ///   - candidates: Grants of the release; those that do not cover the manifest or do not include
  ///     the principal are passed over.
  ///   - principal: Who asks; `nil` for somebody without a name.
  ///   - manifest: The manifest that lists the file.
  ///   - named: The grant that the client insists on, if any.
  ///   - now: Log time.
  /// - Returns: The grant.
  /// - Throws: `Refusal.noGrant` or the state of the grant that came closest.
  public static func grant(
    among candidates: [Grant],
    for principal: Principal.ID?,
    manifest: SHA256Digest,
    named: Grant.ID?,
    at now: Instant
  ) throws(Refusal) -> Grant {
    let covering = candidates.filter { grant in
      grant.includes(principal) && grant.terms.tiers.values.contains(manifest)
        && (named == nil || grant.id == named)
    }.sorted { $0.precedence < $1.precedence }
    if let live = covering.first(where: { $0.status(at: now) == .live }) { return live }
    guard let nearest = covering.last else { throw .noGrant(pending: nil) }
    switch nearest.status(at: now) {
    case .revoked:
      throw .grantRevoked(
        nearest.id,
        at: nearest.ending?.at ?? now,
        code: nearest.ending?.code ?? .other,
        text: nearest.ending?.text ?? ""
      )
    case .pending: throw .grantPending(nearest.id, from: nearest.terms.notBefore)
    case .expired, .live: throw .grantExpired(nearest.id, at: nearest.terms.notAfter ?? now)
    }
  }
}

extension Grant {
  /// Everyone's first, then in order of issue.
  fileprivate var precedence: Int {
    switch terms.audience {
    case .everyone: index - Int.max / 2
    case .principal: index
    }
  }
}
