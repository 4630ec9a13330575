internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceProof

/// One entry of the log with what shows to whoever has the log's key that it is in it.
public struct ProvedEntry: Hashable, Sendable {
  /// Its index.
  public let index: Int
  /// Its bytes in the log.
  public let entry: [UInt8]
  /// The exact bytes of its event; `nil` of a sealed one that was not opened.
  public let event: [UInt8]?
  /// The release that it concerns, if it concerns one.
  public let release: Release.ID?
  /// The content of a `.tlog-proof` file; of a sealed entry that was opened with its salt.
  public let proof: String
}

extension Ledger {
  /// An entry with a proof that it is in the log, under a checkpoint of now.
  ///
  /// - Parameters:
  ///   - index: Which one.
  ///   - isOpened: Whether a sealed entry is opened, which shows its event to whoever is given it.
  ///   - clock: What the process's clock shows.
  /// - Returns: The entry.
  /// - Throws: `Refusal.unfit` for an entry that there is not; `Refusal.stale` for one that cannot be
  ///   opened any more; `Refusal.logCorrupt`.
  public func proof(
    of index: Int,
    opening isOpened: Bool,
    at clock: Instant
  ) async throws -> ProvedEntry {
    let text = try await checkpoint(at: clock)
    return try await database.read { db in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT entry, body, salt, release FROM event WHERE seq = ?",
        arguments: [index]
      )
      let note = try SignedNote(bytes: Array(text.utf8))
      let size = try keys.log.verifier.verify(note).size
      guard let row, (0..<size).contains(index) else {
        throw Refusal.unfit("the log has no entry \(index), only 0 to \(size - 1)")
      }
      let (entry, body, salt): (Data, Data?, Data?) = (row["entry"], row["body"], row["salt"])
      let release: String? = row["release"]
      var event: [UInt8]?
      var key: [UInt8]?
      if case .event(let bytes) = try SealedEntry(bytes: Array(entry)).content {
        event = bytes
      } else if isOpened {
        guard let body, let salt else { throw Refusal.stale("entry \(index) was erased") }
        (event, key) = (Array(body), Array(salt))
      }
      let path = try InclusionProof(of: index, in: size) { leaves in try subtree(leaves, in: db) }
      let proof = OfflineProof(salt: key, index: index, hashes: path.hashes, note: note)
      return ProvedEntry(
        index: index,
        entry: Array(entry),
        event: event,
        release: release.map { Release.ID($0) },
        proof: String(decoding: proof.bytes, as: UTF8.self)
      )
    }
  }
}
