package import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// What a query would be answered now, without a trace: for `HEAD`, listings and `auth-check`.
  ///
  /// - Throws: A `Refusal`; `BlobFault.missing`; what SQLite threw.
  public func clearance(for query: DeliveryQuery, at clock: Instant) async throws -> Admission {
    try await database.read { db in
      try clearance(for: query, at: try logTime(clock, in: db), in: db)
    }
  }

  /// Those of `grants` that are live, for the transfers that run on them.
  public func live(_ grants: Set<Grant.ID>, at clock: Instant) async throws -> Set<Grant.ID> {
    try await database.read { db in
      let now = try logTime(clock, in: db)
      return try grants.filter { try grant($0, in: db)?.status(at: now) == .live }
    }
  }

  /// Applies the delivery rule by look-ups: the principal's grants and everyone's, then the
  /// manifests that they pin, then the file in those (governance-domain 8).
  package func clearance(
    for query: DeliveryQuery,
    at now: Instant,
    in db: Database
  ) throws -> Admission {
    try checkCredential(of: query, at: now, in: db)
    let candidates = try candidates(for: query, in: db)
    let places = try places(of: query.sha256, in: candidates, in: db)
    let grant = try choose(among: candidates, for: query, places: places, at: now, in: db)
    let covering = grant.terms.tiers.filter { places[$0.value] != nil }
      .sorted { $0.key.rawValue < $1.key.rawValue }
    guard let pinned = covering.first(where: { $0.key == query.tier }) ?? covering.first,
      let files = places[pinned.value],
      let file = files.first(where: { $0.path.utf8.elementsEqual(query.path.utf8) }) ?? files.first
    else { throw Refusal.noGrant(pending: nil) }
    let isForEveryone = grant.terms.audience == .everyone
    return Admission(
      release: query.release,
      grant: grant.id,
      tier: pinned.key,
      path: file.path,
      sha256: query.sha256,
      size: file.size,
      blob: try recordedBlob(query.sha256, in: db),
      isRecorded: query.principal != nil
        && !(isForEveryone && file.size < Delivery.leastRecorded),
      index: nil
    )
  }

  /// The grants of a release whose audience has the principal: everyone's, and their own.
  private func candidates(for query: DeliveryQuery, in db: Database) throws -> [Grant] {
    let everyones = try grants(of: query.release, audience: .everyone, in: db)
    guard let principal = query.principal else { return everyones }
    return everyones + (try grants(of: query.release, audience: .principal(principal), in: db))
  }

  /// Where a file lies in the manifests that grants pin: manifest → path and size.
  private func places(
    of file: SHA256Digest,
    in grants: [Grant],
    in db: Database
  ) throws -> [SHA256Digest: [ManifestFile]] {
    let manifests = Set(grants.flatMap(\.terms.tiers.values))
    return try manifests.reduce(into: [:]) { places, manifest in
      let files = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT path, sha256, size FROM manifest_file WHERE sha256 = ? AND manifest = ?
            ORDER BY path
            """
        ),
        arguments: [file.hex, manifest.hex]
      ).map(ManifestFile.init)
      if !files.isEmpty { places[manifest] = files }
    }
  }

  /// The one grant that a delivery counts on; of several manifests that hold the file, everyone's
  /// grants come first and then the earliest issued, as of one manifest.
  private func choose(
    among candidates: [Grant],
    for query: DeliveryQuery,
    places: [SHA256Digest: [ManifestFile]],
    at now: Instant,
    in db: Database
  ) throws -> Grant {
    var chosen: [Grant] = []
    var refusals: [Refusal] = []
    for manifest in places.keys.sorted() {
      do throws(Refusal) {
        chosen.append(
          try DeliveryRule.grant(
            among: candidates,
            for: query.principal,
            manifest: manifest,
            named: query.named,
            at: now
          )
        )
      } catch { refusals.append(error) }
    }
    let everyones = chosen.filter { $0.terms.audience == .everyone }
    let best = (everyones.isEmpty ? chosen : everyones).min { $0.index < $1.index }
    if let best { return best }
    let telling = refusals.first { if case .noGrant = $0 { false } else { true } }
    throw try telling ?? .noGrant(pending: openCase(of: query, in: db))
  }

  /// The number of the principal's own open case in the release, the newest.
  private func openCase(of query: DeliveryQuery, in db: Database) throws -> Int? {
    guard let principal = query.principal else { return nil }
    return try Int.fetchOne(
      db,
      sql: """
        SELECT MAX(number) FROM case_file
        WHERE beneficiary = ? AND release = ? AND state IN ('open', 'returned')
        """,
      arguments: [principal.rawValue, query.release.rawValue]
    )
  }

  /// Refuses a token that is not, or no longer, one of the principal's.
  private func checkCredential(
    of query: DeliveryQuery,
    at now: Instant,
    in db: Database
  ) throws {
    let prefix = "token:"
    guard query.credential.hasPrefix(prefix) else { return }
    let token = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM token WHERE id = ?"),
      arguments: [String(query.credential.dropFirst(prefix.count))]
    ).map(Registration.Token.init(row:))
    guard let token, token.principal == query.principal, token.isLive(at: now) else {
      throw Refusal.badToken
    }
  }
}
