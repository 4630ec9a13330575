package import GRDB
public import SluiceEncoding
internal import SluiceGovernance

extension Ledger {
  /// What a query would be answered now, without a trace: for `HEAD`, listings and `auth-check`.
  ///
  /// - Throws: A `Refusal`; what SQLite threw.
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
    let bearer = try bearer(query.principal, query.credential, in: query.release, in: db)
    guard bearer.counts(at: now) else { throw Refusal.badToken }
    var asker = bearer.asker
    let candidates = try candidates(
      for: asker,
      holding: query.sha256,
      in: query.release,
      at: now,
      in: db
    )
    // Only a grant of a group asks what the asker has accepted.
    if candidates.contains(where: \.isOfGroup) {
      asker = try accepting(asker, in: query.release, in: db)
    }
    let chosen = try choose(among: candidates, for: asker, query, at: now, in: db)
    let (grant, places) = (chosen.grant, chosen.places)
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
      blob: chosen.blob,
      isRecorded: query.principal != nil
        && !(isForEveryone && file.size < Delivery.leastRecorded),
      pseudonym: bearer.pseudonym,
      index: nil
    )
  }

  /// The one grant that a delivery counts on; of several manifests that hold the file, everyone's
  /// grants come first and then the earliest issued, as of one manifest.
  private func choose(
    among candidates: [Candidate],
    for asker: Asker,
    _ query: DeliveryQuery,
    at now: Instant,
    in db: Database
  ) throws -> Candidate {
    let grants = candidates.map(\.grant)
    let holds =
      candidates.contains(where: \.isHeld)
      ? try holds(on: grants, of: asker, in: query.release, in: db) : []
    var chosen: [Grant] = []
    var refusals: [Refusal] = []
    for manifest in Set(candidates.flatMap(\.places.keys)).sorted() {
      do throws(Refusal) {
        chosen.append(
          try DeliveryRule.grant(
            among: grants,
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
    if let found = candidates.first(where: { $0.grant.id == best?.id }) { return found }
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
