internal import Foundation
package import GRDB
public import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// What clients verify checkpoints with: the log's verifier key, `NAME+ID+BASE64`.
  public var verifierKey: String { keys.log.verifier.vkey }

  /// The signed checkpoint of the log as it stands, once what is due is in it.
  ///
  /// Only a committed tree is signed, the note is stored before it is returned, and no two roots
  /// are ever signed for one size, nor a size below an earlier one (signing-and-log 6.4).
  ///
  /// - Returns: The note; the stored one if the log has not grown since.
  /// - Throws: `Refusal.logCorrupt` if the log does not continue the last checkpoint.
  public func checkpoint(at clock: Instant) async throws -> String {
    try await settle(at: clock)
    return try await database.write { db in
      try checkHistory(in: db)
      let head = try head(in: db)
      let stored = try Data.fetchOne(
        db,
        sql: "SELECT note FROM checkpoint WHERE size = ?",
        arguments: [head.size]
      )
      if let stored { return String(decoding: stored, as: UTF8.self) }
      let note = try keys.log.sign(size: head.size, root: head.root)
      try db.execute(
        sql: "INSERT INTO checkpoint (size, note) VALUES (?, ?)",
        arguments: [head.size, Data(note.bytes)]
      )
      return String(decoding: note.bytes, as: UTF8.self)
    }
  }

  /// The last checkpoint that was signed.
  ///
  /// - Throws: `Refusal.logCorrupt` if the stored note is not one of this log's at its size.
  func lastCheckpoint(in db: Database) throws -> Checkpoint? {
    let row = try Row.fetchOne(
      db,
      sql: "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1"
    )
    guard let row else { return nil }
    let size: Int = row["size"]
    let bytes: Data = row["note"]
    let checkpoint: Checkpoint
    do {
      checkpoint = try keys.log.verifier.verify(try SignedNote(bytes: Array(bytes)))
    } catch { throw Refusal.logCorrupt("checkpoint of size \(size): \(error)") }
    guard checkpoint.size == size else {
      throw Refusal.logCorrupt("checkpoint of size \(size): says \(checkpoint.size)")
    }
    return checkpoint
  }

  /// Whether entries, frontier and the last checkpoint tell one story.
  ///
  /// - Throws: `Refusal.logCorrupt`, for instance after a backup older than the last checkpoint was
  ///   put back.
  package func checkHistory(in db: Database) throws {
    let frontier = try frontier(in: db)
    let last = try Int.fetchOne(db, sql: "SELECT seq FROM event ORDER BY seq DESC LIMIT 1")
    let count = last.map { $0 + 1 } ?? 0
    guard count == frontier.size else {
      throw Refusal.logCorrupt("\(count) entries under a frontier of \(frontier.size)")
    }
    guard try root(at: frontier.size, in: db) == frontier.root else {
      throw Refusal.logCorrupt("the frontier is not that of the entries")
    }
    guard let checkpoint = try lastCheckpoint(in: db) else { return }
    guard checkpoint.size <= frontier.size else {
      throw Refusal.logCorrupt("\(frontier.size) entries, but \(checkpoint.size) were signed")
    }
    guard try root(at: checkpoint.size, in: db) == checkpoint.root else {
      throw Refusal.logCorrupt("another root at \(checkpoint.size) entries than was signed")
    }
  }
}
