import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof

/// What Sluice's admission is measured against: the bare join that finds a live grant, and the rows
/// of a delivery that begins, through SQLite's own interface.
///
/// It knows of no hold, no membership, no text and no tree: its entries are ready before it begins.
final class Peer {
  private struct Ready {
    let token: PinnedBytes
    let release: PinnedBytes
    let sha256: PinnedBytes
    let credential: PinnedBytes
    let body: PinnedBytes
  }

  private let generated: Generated
  private let database: RawDatabase
  private let join: RawStatement
  private let event: RawStatement
  private let frontier: RawStatement
  private let subtree: RawStatement
  private let delivery: RawStatement
  private let ongoing: RawStatement
  private let openTransaction: RawStatement
  private let endTransaction: RawStatement
  private let kind = PinnedBytes("deliver")
  private let filler = PinnedBytes([UInt8](repeating: 7, count: 64))
  private let leaf = PinnedBytes([UInt8](repeating: 7, count: 32))
  private let hashes: PinnedBytes
  private let base: Int
  private var next: Int
  private var ready: [Ready] = []

  init(_ generated: Generated, most: Int) throws {
    self.generated = generated
    database = try RawDatabase(generated.path)
    // The settings of Ledger's own connection.
    try database.run(
      """
      PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;
      PRAGMA mmap_size = 1073741824; PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;
      """
    )
    base = try database.integer("SELECT MAX(seq) + 1 FROM event")
    next = base
    hashes = PinnedBytes([UInt8](repeating: 7, count: 8 + 32 * base.nonzeroBitCount))
    join = try database.prepare(
      """
      SELECT token.principal, grant_row.id, grant_tier.tier, manifest_file.path, manifest_file.size
      FROM token
      CROSS JOIN grant_row ON grant_row.release = ?2 AND grant_row.audience = token.principal
      CROSS JOIN grant_tier ON grant_tier.grant_id = grant_row.id
      CROSS JOIN manifest_file INDEXED BY manifest_file_by_digest
        ON manifest_file.manifest = grant_tier.manifest
        AND manifest_file.sha256 = ?3
      WHERE token.id = ?1 AND token.revoked_at IS NULL
        AND (token.ends_at IS NULL OR token.ends_at > ?4)
        AND grant_row.not_before <= ?4
        AND (grant_row.not_after IS NULL OR grant_row.not_after > ?4)
        AND grant_row.ended_at IS NULL
      LIMIT 1
      """
    )
    event = try database.prepare(
      """
      INSERT INTO event
        (seq, kind, at, body, salt, entry, leaf, release, case_id, person, statement, folds,
         is_about_release)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, 0, 0)
      """
    )
    frontier = try database.prepare("UPDATE frontier SET bytes = ?")
    subtree = try database.prepare("INSERT INTO subtree (level, position, hash) VALUES (1, ?, ?)")
    delivery = try database.prepare(
      """
      INSERT INTO delivery
        (seq, principal, credential, grant_id, release, tier, file, sha256, size, began_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    )
    ongoing = try database.prepare(
      """
      INSERT INTO ongoing
        (delivery, grant_id, credential, principal, tier, file, transfers, touched_at)
      VALUES (?, ?, ?, ?, ?, ?, 1, ?)
      """
    )
    openTransaction = try database.prepare("BEGIN IMMEDIATE")
    endTransaction = try database.prepare("COMMIT")
    ready.reserveCapacity(most)
  }

  /// Makes ready what a round is asked; takes up where the log ends.
  func prepare(_ asked: [Question]) throws {
    next = base
    ready = asked.map { question in
      let ground = question.ground(in: generated.grounds)
      let token = Scale.token(question.person)
      return Ready(
        token: PinnedBytes(token),
        release: PinnedBytes(ground.id.rawValue),
        sha256: PinnedBytes(ground.files[question.file].sha256.hex),
        credential: PinnedBytes("token:\(token)"),
        body: PinnedBytes([UInt8](repeating: UInt8(ascii: "x"), count: Self.bodyBytes))
      )
    }
  }

  // What the body of a `deliver` has here.
  private static let bodyBytes = 560

  func begin() throws { try openTransaction.run() }

  func commit() throws { try endTransaction.run() }

  /// Finds the grant and records that the delivery begins.
  func admit(_ place: Int) throws {
    let asked = ready[place]
    let now = generated.scale.now.seconds
    join.bind(1, text: asked.token)
    join.bind(2, text: asked.release)
    join.bind(3, text: asked.sha256)
    join.bind(4, now)
    guard try join.step(), let principal = join.pinned(0), let grant = join.pinned(1),
      let tier = join.pinned(2), let path = join.pinned(3)
    else { throw RawDatabase.Fault(description: "the bare join found no grant") }
    let size = join.integer(4)
    let index = next
    next += 1
    event.bind(1, index)
    event.bind(2, text: kind)
    event.bind(3, now)
    event.bind(4, blob: asked.body)
    event.bind(5, blob: leaf)
    event.bind(6, blob: filler)
    event.bind(7, blob: leaf)
    event.bind(8, text: asked.release)
    try event.run()
    if index & 255 == 255 {
      subtree.bind(1, index >> 8)
      subtree.bind(2, blob: leaf)
      try subtree.run()
    }
    frontier.bind(1, blob: hashes)
    try frontier.run()
    for (column, text) in [(2, principal), (3, asked.credential), (4, grant), (5, asked.release)] {
      delivery.bind(Int32(column), text: text)
    }
    delivery.bind(1, index)
    delivery.bind(6, text: tier)
    delivery.bind(7, text: path)
    delivery.bind(8, text: asked.sha256)
    delivery.bind(9, size)
    delivery.bind(10, now)
    try delivery.run()
    ongoing.bind(1, index)
    ongoing.bind(2, text: grant)
    ongoing.bind(3, text: asked.credential)
    ongoing.bind(4, text: principal)
    ongoing.bind(5, text: tier)
    ongoing.bind(6, text: path)
    ongoing.bind(7, now)
    try ongoing.run()
    join.reset()
  }
}
