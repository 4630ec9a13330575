public import SluiceEncoding
public import SluiceGovernance

/// Composes one statement from what a deployment shows.
///
/// Pure: instant and nonce come in. What a page shows is checked against itself before anything is
/// composed from it, so a signature never covers what the signer was not shown. Nothing is decided
/// here; the ledger judges every statement anew.
public struct Draft: Hashable, Sendable {
  /// Who will say it.
  public let by: Principal.ID
  /// When, by the signer's clock.
  public let at: Instant
  /// 16 random bytes, used for this statement only.
  public let nonce: [UInt8]
  /// The release it concerns.
  public let release: Release.ID
  /// The deployment that it is meant for.
  public let standing: Standing

  /// Begins a statement.
  public init(
    by: Principal.ID,
    at: Instant,
    nonce: [UInt8],
    release: Release.ID,
    standing: Standing
  ) {
    self.by = by
    self.at = at
    self.nonce = nonce
    self.release = release
    self.standing = standing
  }

  /// Proposes what a tier stands for.
  public func bind(_ tier: Tier.ID, to manifest: SHA256Digest) throws(Refusal) -> Statement {
    try statement(
      about: .init(name: "tier:\(tier)", in: release),
      saying: .bind(manifest: manifest)
    )
  }

  /// The same, compared with the release's page.
  ///
  /// - Throws: `unfit` for a tier that there is not, or that is a service; `stale` if a stage that
  ///   offers it has opened with other bytes.
  public func bind(
    _ tier: Tier.ID,
    to manifest: SHA256Digest,
    on page: ReleasePage
  ) throws(Refusal) -> Statement {
    guard let declared = try page.rules(of: release).tier(tier) else {
      throw .unfit("the policy has no tier \(tier)")
    }
    guard declared.kind != .service else {
      throw .unfit("tier \(tier) is a service: it has no bytes")
    }
    if let line = page.tier(tier), line.isOpen, line.manifest != manifest {
      throw .stale(
        "a stage that offers tier \(tier) has opened; a corrected checkpoint is a new tier"
      )
    }
    return try bind(tier, to: manifest)
  }

  /// Composes the statement and reads its bytes back, which applies every limit of the format.
  func statement(
    about subject: Statement.Subject,
    saying body: Statement.Body
  ) throws(Refusal) -> Statement {
    let composed = Statement(
      by: by,
      at: at,
      audience: standing.origin,
      nonce: nonce,
      release: release,
      seen: standing.head,
      subject: subject,
      body: body
    )
    do throws(Malformed) { return try Statement(canonical: composed.canonical) } catch {
      throw .unfit(error.what)
    }
  }
}
