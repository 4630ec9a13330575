package import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// What a query would be answered now, without a trace: for `HEAD`, listings and `auth-check`.
  ///
  /// - Throws: A `Refusal`; `BlobFault.missing`; what SQLite threw.
  public func clearance(for query: DeliveryQuery, at clock: Instant) async throws -> Admission {
    try await database.read { db in
      try clearance(for: query, at: try logTime(clock, in: db), in: db)
    }
  }

  /// Applies the delivery rule by look-ups: the principal's grants and everyone's, then the
  /// manifests that they pin, then the file in those (governance-domain 8).
  package func clearance(
    for query: DeliveryQuery,
    at now: Instant,
    in db: Database
  ) throws -> Admission {
    guard try counts(query.credential, of: query.principal, at: now, in: db) else {
      throw Refusal.badToken
    }
    let asker = try asker(
      query.principal,
      query.credential,
      in: query.release,
      in: db
    )
    let candidates = try candidates(for: asker, in: query.release, in: db)
    let places = try places(of: query.sha256, in: candidates, in: db)
    let grant = try choose(
      among: candidates,
      for: asker,
      query,
      places: places,
      at: now,
      in: db
    )
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

  /// The grants of a release whose audience has the asker: everyone's, their own, their groups'.
  private func candidates(
    for asker: Asker,
    in release: Release.ID,
    in db: Database
  ) throws -> [Grant] {
    let everyones = try grants(of: release, audience: .everyone, in: db)
    guard let principal = asker.principal else { return everyones }
    let own = try grants(of: release, audience: .principal(principal), in: db)
    return try asker.groups.sorted { $0.rawValue < $1.rawValue }.reduce(everyones + own) {
      try $0 + grants(of: release, audience: .group($1), in: db)
    }
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
    for asker: Asker,
    _ query: DeliveryQuery,
    places: [SHA256Digest: [ManifestFile]],
    at now: Instant,
    in db: Database
  ) throws -> Grant {
    let holds = try holds(on: candidates, of: asker, in: query.release, in: db)
    var chosen: [Grant] = []
    var refusals: [Refusal] = []
    for manifest in places.keys.sorted() {
      do throws(Refusal) {
        chosen.append(
          try DeliveryRule.grant(
            among: candidates,
            for: asker,
            manifest: manifest,
            named: query.named,
            holds: holds,
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
}
