internal import Foundation
package import GRDB
package import SluiceEncoding
public import SluiceGovernance
package import SluiceProof

extension Ledger {
  /// The frontier, as the transaction sees it.
  package func frontier(in db: Database) throws -> Frontier {
    var stored: [UInt8]?
    try BareStatement("SELECT bytes FROM frontier", in: db).run { row in stored = row.blob(0) }
    guard let bytes = stored else { return Frontier() }
    do { return try Frontier(bytes: bytes) } catch {
      throw Refusal.logCorrupt("frontier: \(error)")
    }
  }

  /// Writes the frontier after an append.
  package func save(_ frontier: Frontier, in db: Database) throws {
    try BareStatement(
      """
      INSERT INTO frontier (id, bytes) VALUES (0, ?)
      ON CONFLICT DO UPDATE SET bytes = excluded.bytes
      """,
      in: db
    ).run([.blob(frontier.bytes)])
  }

  /// The size and the root of the log.
  public func head() async throws -> SluiceGovernance.Statement.Head {
    try await database.read { db in try head(in: db) }
  }

  /// The head, as the transaction sees it.
  package func head(in db: Database) throws -> Statement.Head {
    let frontier = try frontier(in: db)
    return Statement.Head(size: frontier.size, root: frontier.root)
  }

  /// The root that the log had when it had `size` entries, which it must have by now.
  ///
  /// Reads at most 255 leaves and 255 hashes a level of tiles, however long the log is.
  package func root(at size: Int, in db: Database) throws -> SHA256Digest {
    try MerkleHash.subtree(0..<size) { leaves in try subtree(leaves, in: db) }
  }

  /// The hash over a complete, aligned subtree.
  func subtree(_ leaves: Range<Int>, in db: Database) throws -> SHA256Digest {
    let height = leaves.count.trailingZeroBitCount
    let level = height / 8
    let width = leaves.count >> (8 * level)
    let first = leaves.lowerBound >> (8 * level)
    let hashes =
      level == 0
      ? try Data.fetchAll(
        db,
        sql: "SELECT leaf FROM event WHERE seq >= ? AND seq < ? ORDER BY seq",
        arguments: [first, first + width]
      )
      : try Data.fetchAll(
        db,
        sql: """
          SELECT hash FROM subtree WHERE level = ? AND position >= ? AND position < ?
          ORDER BY position
          """,
        arguments: [level, first, first + width]
      )
    guard hashes.count == width else {
      throw Refusal.logCorrupt("hashes of the entries \(leaves) are missing")
    }
    var frontier = Frontier()
    for hash in hashes { frontier.append(try SHA256Digest(bytes: Array(hash))) }
    return frontier.root
  }
}
