internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// A grant that pins a manifest with the file that is asked for.
struct Candidate {
  let grant: Grant
  /// Where the file lies in the manifests that the grant pins: manifest → paths and sizes.
  let places: [SHA256Digest: [ManifestFile]]

  var isOfGroup: Bool { if case .group = grant.terms.audience { true } else { false } }
}

extension Ledger {
  /// The grants of a release whose audience has the asker, everyone's, their own and their groups',
  /// as far as they hold a file.
  ///
  /// One statement finds grants, tiers and places together; a grant without the file is passed over
  /// before it is read. Without a word SQLite would look through all files of a manifest.
  func candidates(
    for asker: Asker,
    holding file: SHA256Digest,
    in release: Release.ID,
    in db: Database
  ) throws -> [Candidate] {
    var audiences: [Grant.Audience] = [.everyone]
    if let principal = asker.principal { audiences.append(.principal(principal)) }
    audiences += asker.groups.sorted { $0.rawValue < $1.rawValue }.map { .group($0) }
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Grant.columns), grant_tier.tier, grant_tier.manifest, manifest_file.path,
          manifest_file.size
        FROM grant_row
        CROSS JOIN grant_tier ON grant_tier.grant_id = grant_row.id
        LEFT JOIN manifest_file INDEXED BY manifest_file_by_digest
          ON manifest_file.sha256 = ?3 AND manifest_file.manifest = grant_tier.manifest
        WHERE grant_row.release = ?1 AND grant_row.audience IS ?2
        ORDER BY grant_row.seq
        """
    )
    return try audiences.flatMap { audience in
      let rows = try Row.fetchCursor(
        statement,
        arguments: [release.rawValue, audience.column, file.hex]
      )
      var reading = CandidateReading(file: file)
      while let row = try rows.next() { try reading.read(row) }
      return reading.finish()
    }
  }
}

/// Puts rows together, of which each grant has one for each tier and place.
private struct CandidateReading {
  private let file: SHA256Digest
  private var id: Grant.ID?
  // Of a grant without the file nothing but its tiers is read.
  private var grant: Grant?
  private var tiers: [Tier.ID: SHA256Digest] = [:]
  private var places: [SHA256Digest: [ManifestFile]] = [:]
  private var found: [Candidate] = []

  init(file: SHA256Digest) { self.file = file }

  mutating func read(_ row: Row) throws {
    let next = Grant.columnCount
    let id = Grant.ID(row[0])
    if id != self.id {
      close()
      self.id = id
    }
    let manifest = try SHA256Digest(hex: row[next + 1])
    tiers[Tier.ID(row[next])] = manifest
    let path: String? = row[next + 2]
    guard let path else { return }
    places[manifest, default: []].append(
      ManifestFile(path: path, sha256: file, size: row[next + 3])
    )
    if grant == nil { grant = try Grant(row: row) }
  }

  mutating func finish() -> [Candidate] {
    close()
    return found
  }

  private mutating func close() {
    if let grant { found.append(Candidate(grant: grant.pinning(tiers), places: places)) }
    (grant, tiers, places) = (nil, [:], [:])
  }
}
