internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance

/// A grant that pins a manifest with the file that is asked for.
struct Candidate {
  let grant: Grant
  /// Where the file lies in the manifests that the grant pins: manifest → paths and sizes.
  let places: [SHA256Digest: [ManifestFile]]
  /// What the file is on disk.
  let blob: Blob?
  /// Whether a hold bites on it, so that the rule has to see the holds.
  let isHeld: Bool

  var isOfGroup: Bool { if case .group = grant.terms.audience { true } else { false } }
}

extension Ledger {
  /// How many audiences one look-up for grants takes.
  private static let askedTogether = 4

  /// The grants of a release whose audience has the asker, everyone's, their own and their groups',
  /// as far as they hold a file.
  ///
  /// One statement finds grants, tiers, places, the file on disk, and whether any hold bites; a grant
  /// without the file is passed over before it is read.
  func candidates(
    for asker: Asker,
    holding file: SHA256Digest,
    in release: Release.ID,
    at now: Instant,
    in db: Database
  ) throws -> [Candidate] {
    var audiences: [Grant.Audience] = asker.principal.map { [.principal($0)] } ?? []
    audiences += asker.groups.sorted { $0.rawValue < $1.rawValue }.map { .group($0) }
    // Everyone's has no text; a text that is nobody's finds nothing.
    var rest = ([nil] + audiences.map(\.column))[...]
    var found: [Candidate] = []
    while !rest.isEmpty {
      var texts = Array(rest.prefix(Self.askedTogether))
      rest = rest.dropFirst(texts.count)
      texts += repeatElement("", count: Self.askedTogether - texts.count)
      found += try candidates(texts, for: asker, holding: file, in: release, at: now, in: db)
    }
    return found
  }

  // Without the words on indexes SQLite would look through all files of a manifest.
  private static let candidateStatement = """
    WITH asked (audience) AS (VALUES (?3), (?4), (?5), (?6))
    SELECT \(Grant.columns), grant_tier.tier, grant_tier.manifest, manifest_file.path,
      manifest_file.size, \(Blob.columns),
      EXISTS (
        SELECT 1 FROM hold INDEXED BY hold_by_subject
        WHERE hold.release = ?1 AND hold.subject IN ('grant:' || grant_row.id,
            'stage:' || grant_row.stage, 'tier:' || grant_tier.tier, ?7, ?8, ?9)
          AND (hold.lifted_at IS NULL OR hold.lifted_at > ?10)
          AND (hold.until IS NULL OR hold.until > ?10)
      )
    FROM asked
    CROSS JOIN grant_row ON grant_row.release = ?1 AND grant_row.audience IS asked.audience
    CROSS JOIN grant_tier ON grant_tier.grant_id = grant_row.id
    LEFT JOIN manifest_file INDEXED BY manifest_file_by_digest
      ON manifest_file.sha256 = ?2 AND manifest_file.manifest = grant_tier.manifest
    LEFT JOIN blob ON blob.sha256 = ?2
    """

  private func candidates(
    _ audiences: [String?],
    for asker: Asker,
    holding file: SHA256Digest,
    in release: Release.ID,
    at now: Instant,
    in db: Database
  ) throws -> [Candidate] {
    var reading = CandidateReading(file: file)
    try BareStatement(Self.candidateStatement, in: db).run(
      [.text(release.rawValue), .text(file.hex)] + audiences.map { BareStatement.Value($0) } + [
        BareStatement.Value(asker.principal?.rawValue),
        BareStatement.Value(asker.organisation?.rawValue),
        BareStatement.Value(asker.key.map { Hold.Subject.key($0).description }),
        .integer(now.seconds),
      ]
    ) { row in try reading.read(row) }
    return reading.finish()
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
  private var blob: Blob?
  private var isHeld = false
  private var found: [Candidate] = []

  init(file: SHA256Digest) { self.file = file }

  mutating func read(_ row: BareRow) throws {
    let next = Grant.columnCount
    let id = Grant.ID(try row.requiredText(0))
    if id != self.id {
      close()
      self.id = id
    }
    let manifest = try SHA256Digest(hex: try row.requiredText(next + 1))
    tiers[Tier.ID(try row.requiredText(next))] = manifest
    if row.integer(next + 4 + Blob.columnCount) != 0 { isHeld = true }
    guard let path = row.text(next + 2) else { return }
    places[manifest, default: []].append(
      ManifestFile(path: path, sha256: file, size: try row.requiredInteger(next + 3))
    )
    if grant == nil { grant = try Grant(row: row) }
    // A ledger in memory has no files.
    if blob == nil, row.text(next + 4) != nil { blob = try Blob(row: row, from: next + 4) }
  }

  mutating func finish() -> [Candidate] {
    close()
    return found
  }

  private mutating func close() {
    if let grant {
      found.append(
        Candidate(grant: grant.pinning(tiers), places: places, blob: blob, isHeld: isHeld)
      )
    }
    (grant, tiers, places, isHeld) = (nil, [:], [:], false)
  }
}
