internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Who received which files of a release, as the log stood at `instant`, earliest first.
  ///
  /// `bytes` never counts too little: an open delivery counts as the whole file, a closed one as
  /// what it handed out that no earlier one had. `isComplete` never claims too much: it needs a
  /// delivery whose last byte was acknowledged. What everyone may have without a name is counted and
  /// not listed here (README join 6).
  ///
  /// - Parameters:
  ///   - release: The release.
  ///   - tier: Only of this tier.
  ///   - file: Only of the file at this path.
  ///   - sha256: Only of files with this content, under whatever path.
  ///   - principal: Only by this principal.
  ///   - grant: Only under this grant.
  ///   - instant: When; by default, after the last entry.
  /// - Returns: A line for each principal, grant, tier and file; those who were erased are lines of
  ///   their own, without a name.
  /// - Throws: What SQLite threw.
  public func possessions(
    of release: Release.ID,
    tier: Tier.ID? = nil,
    file: String? = nil,
    sha256: SHA256Digest? = nil,
    principal: Principal.ID? = nil,
    grant: Grant.ID? = nil,
    at instant: Instant? = nil
  ) async throws -> [Possession] {
    try await database.read { db in
      try possessions(
        PossessionFilter(
          tier: tier,
          file: file,
          sha256: sha256,
          principal: principal,
          grant: grant
        ),
        of: release,
        at: instant,
        in: db
      )
    }
  }
}
