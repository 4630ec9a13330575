internal import Foundation
internal import GRDB
internal import SluiceEncoding
internal import SluiceProof

extension Auditor {
  /// Recomputes commitment, entry and leaf, and grows the tree by the entry.
  ///
  /// Of the three, the one that the other two do not support is at fault; the tree goes on with what
  /// two of them say, so that one changed byte is one fault.
  mutating func append(_ row: Row, body: [UInt8]?, isPublic: Bool, index: Int) throws {
    let salt: Data? = row["salt"]
    let bytes: Data = row["entry"]
    let stored: Data = row["leaf"]
    let leaf = MerkleHash.leaf(Array(bytes))
    var expected: SHA256Digest?
    if let body, let made = try? SealedEntry(event: body, salt: salt.map { Array($0) }) {
      expected = made.leaf
    }
    if body == nil, erasures.contains(index) {
      // Nothing can be said of the commitment, whose salt no longer exists.
      expected = leaf
    } else if isPublic != (salt == nil) {
      fault(
        .event(index),
        isPublic ? "is sealed, and must be public" : "is public, and must be sealed"
      )
    } else if expected != leaf {
      fault(.event(index), "its entry does not commit to its body under its salt")
    }
    if !stored.elementsEqual(leaf.bytes) {
      fault(.event(index), "its leaf is not the hash of its entry")
    }
    let agreed = expected.flatMap { stored.elementsEqual($0.bytes) ? $0 : nil } ?? leaf
    if !stored.elementsEqual(agreed.bytes) { isTreeSound = false }
    let completed = frontier.append(agreed)
    try compareSubtrees(completed, endingAt: frontier.size - 1)
    try compareCheckpoint()
  }

  private mutating func compareSubtrees(_ completed: [SHA256Digest], endingAt index: Int) throws {
    for height in stride(from: 8, to: completed.count, by: 8) {
      let stored = try Data.fetchOne(
        db,
        sql: "SELECT hash FROM subtree WHERE level = ? AND position = ?",
        arguments: [height / 8, index >> height]
      )
      if stored?.elementsEqual(completed[height].bytes) != true {
        let key = "\(height / 8)/\(index >> height)"
        fault(.row(table: "subtree", key: key), "is not the hash over its entries")
        isTreeSound = false
      }
    }
  }

  private mutating func compareCheckpoint() throws {
    let size = frontier.size
    let stored = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT note FROM checkpoint WHERE size = ?"),
      arguments: [size]
    )
    guard let stored else { return }
    report.counts.checkpoints += 1
    do {
      let note = try SignedNote(bytes: Array(stored))
      let checkpoint = try ledger.keys.log.verifier.verify(note)
      guard checkpoint.size == size, checkpoint.root == frontier.root else {
        return fault(.checkpoint(size), "the entries make another root than was signed")
      }
    } catch {
      fault(.checkpoint(size), "\(error)")
    }
  }

  /// Compares what is kept of the tree with the entries.
  mutating func compareTree() throws {
    let rows = try Row.fetchAll(db, sql: "SELECT id, bytes FROM frontier")
    let stored: Data? = rows.first?["bytes"]
    let (id, isAlone): (Int?, Bool) = (rows.first?["id"], rows.count == 1)
    if stored?.elementsEqual(frontier.bytes) != true || id != 0 || !isAlone {
      fault(.row(table: "frontier", key: "0"), "is not that of the entries")
    }
    let beyond = try Int.fetchAll(
      db,
      sql: "SELECT size FROM checkpoint WHERE size > ?",
      arguments: [frontier.size]
    )
    for size in beyond {
      fault(.checkpoint(size), "was signed, but the log has \(frontier.size) entries")
    }
    let loose = try Row.fetchAll(
      db,
      sql: "SELECT level, position FROM subtree WHERE ((position + 1) << (8 * level)) > ?",
      arguments: [frontier.size]
    )
    for row in loose {
      let (level, position): (Int, Int) = (row["level"], row["position"])
      fault(.row(table: "subtree", key: "\(level)/\(position)"), "lies beyond the log")
    }
  }
}
