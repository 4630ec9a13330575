internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// An entry of the log about a statement, with what was handed in.
public struct FiledEntry: Hashable, Sendable {
  /// What was handed in, byte for byte.
  public struct Handed: Hashable, Sendable {
    /// Who speaks, as the row says; whoever reads the bytes reads it there.
    public let by: Principal.ID
    /// The statement.
    public let statement: [UInt8]
    /// The armor of its signature; `nil` of what was said in a session.
    public let signature: [UInt8]?
    /// The armor of the new key's signature, in a change of keys.
    public let second: [UInt8]?
  }

  /// The index of the entry.
  public let index: Int
  /// Log time.
  public let at: Instant
  /// The release that it concerns, if it concerns one.
  public let release: Release.ID?
  /// Whether the entry was erased.
  public let isErased: Bool
  /// The statement; `nil` of an entry that is about none, and of one that was erased.
  public let handed: Handed?
}

extension Ledger {
  /// Approvals by the number of the case for which they were given.
  public typealias Approvals = [Int: [SluiceGovernance.Statement.ID]]

  /// The entry with that index; `nil` if there is none.
  public func filed(at index: Int) async throws -> FiledEntry? {
    try await database.read { db in
      try Row.fetchOne(db, sql: Self.filing + " WHERE event.seq = ?", arguments: [index])
        .map(FiledEntry.init(row:))
    }
  }

  /// The entry about the statement whose SHA-256 begins with those digits.
  ///
  /// - Returns: `nil` if there is none, or more than one.
  public func filed(named digits: String) async throws -> FiledEntry? {
    let pattern = digits + String(repeating: "?", count: max(0, 64 - digits.utf8.count))
    return try await database.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: Self.filing + " WHERE event.statement GLOB ? LIMIT 2",
        arguments: [pattern]
      )
      return rows.count == 1 ? rows.first.map(FiledEntry.init(row:)) : nil
    }
  }

  /// The approvals that decisions counted, by the number of the case, in the order of the slots.
  public func approvals(ofCases numbers: Set<Int>) async throws -> Approvals {
    try await database.read { db in
      try numbers.reduce(into: [:]) { found, number in
        found[number] = try String.fetchAll(
          db.cachedStatement(
            sql: """
              SELECT counted.value FROM decision
              JOIN case_file ON case_file.id = decision.case_id
              JOIN event ON event.seq = decision.seq
              JOIN json_each(CAST(event.body AS TEXT), '$.counted') AS counted
              JOIN statement ON statement.sha256 = counted.value
              WHERE case_file.number = ? AND decision.outcome = 'approved' ORDER BY counted.key
              """
          ),
          arguments: [number]
        ).map { Statement.ID($0) }
      }
    }
  }

  private static let filing = """
    SELECT event.seq, event.at, event.release, event.body IS NULL AS erased, statement.by,
      statement.bytes, statement.signature, statement.second
    FROM event LEFT JOIN statement ON statement.sha256 = event.statement
    """
}

extension FiledEntry {
  fileprivate init(row: Row) {
    let release: String? = row["release"]
    index = row["seq"]
    at = Instant(seconds: row["at"])
    self.release = release.map { Release.ID($0) }
    isErased = row["erased"]
    let (bytes, by): (Data?, String?) = (row["bytes"], row["by"])
    let (signature, second): (Data?, Data?) = (row["signature"], row["second"])
    handed = bytes.flatMap { bytes in
      by.map { by in
        Handed(
          by: Principal.ID(by),
          statement: Array(bytes),
          signature: signature.map { Array($0) },
          second: second.map { Array($0) }
        )
      }
    }
  }
}
