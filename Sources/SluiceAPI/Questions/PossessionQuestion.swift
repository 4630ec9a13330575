public import SluiceEncoding
public import SluiceGovernance

/// Who received which weights: the auditor's question (`audit who`).
public struct PossessionQuestion: Hashable, Sendable {
  /// Of which release.
  public let release: Release.ID
  /// Only this tier.
  public let tier: Tier.ID?
  /// Only this path.
  public let file: String?
  /// Only files with these bytes.
  public let sha256: SHA256Digest?
  /// As the log stood then; now, if not given.
  public let at: Instant?

  /// Composes a question.
  public init(
    release: Release.ID,
    tier: Tier.ID? = nil,
    file: String? = nil,
    sha256: SHA256Digest? = nil,
    at: Instant? = nil
  ) {
    self.release = release
    self.tier = tier
    self.file = file
    self.sha256 = sha256
    self.at = at
  }

  /// `release`, `tier`, `file`, `digest`, `at`.
  public var query: Query {
    var query = Query()
    query.add("release", release)
    query.add("tier", tier)
    query.add("file", file)
    query.add("digest", sha256)
    query.add("at", at)
    return query
  }

  /// Reads a query.
  public init(query: Query) throws(Malformed) {
    var query = query
    let release = try Release.ID(parsing: try query.require("release"))
    let tier = try query.take("tier")
    let digest = try query.take("digest")
    self.init(
      release: release,
      tier: tier.map { Tier.ID($0) },
      file: try query.take("file"),
      sha256: try digest.map { text throws(Malformed) in try SHA256Digest(hex: text) },
      at: try query.instant("at")
    )
    try query.finish()
  }
}
