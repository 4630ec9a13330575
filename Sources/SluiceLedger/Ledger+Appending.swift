internal import Foundation
package import GRDB
package import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// Log time for a clock that shows `clock`: never before the previous entry.
  ///
  /// - Throws: `Refusal.clockUntrusted` if the clock is more than 5 s behind the log
  ///   (governance-domain 9).
  package func logTime(_ clock: Instant, in db: Database) throws -> Instant {
    guard let last = try lastTime(in: db), last > clock else { return clock }
    let behind = last.seconds - clock.seconds
    guard behind <= 5 else { throw Refusal.clockUntrusted(behind: behind) }
    return last
  }

  /// Log time of the last entry, which none before it is later than; `nil` of an empty log.
  func lastTime(in db: Database) throws -> Instant? {
    var last: Int?
    try BareStatement("SELECT at FROM event ORDER BY seq DESC LIMIT 1", in: db)
      .run { row in last = row.integer(0) }
    return last.map { Instant(seconds: $0) }
  }

  /// Appends one event and its leaf.
  ///
  /// Whatever enters the log enters here, deliveries too. The frontier is read anew each time,
  /// because another process appends to the same file. Must run inside a write transaction; `now` is
  /// log time, from ``logTime(_:in:)`` of the same transaction.
  ///
  /// - Returns: Its index.
  @discardableResult
  package func append(_ event: Event, at now: Instant, in db: Database) throws -> Int {
    var frontier = try frontier(in: db)
    let index = frontier.size
    let body = event.canonical(at: index, on: now)
    let salt = event.isPublic ? nil : random(SealedEntry.saltBytes)
    let entry = try SealedEntry(event: body, salt: salt)
    let leaf = entry.leaf
    let completed = frontier.append(leaf)
    try BareStatement(
      """
      INSERT INTO event
        (seq, kind, at, body, salt, entry, leaf, release, case_id, person, statement, folds,
         is_about_release)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      in: db
    ).run([
      .integer(index), .text(event.kind.rawValue), .integer(now.seconds), .blob(body),
      salt.map { .blob($0) } ?? .null, .blob(entry.bytes), .blob(leaf.bytes),
      BareStatement.Value(event.release?.rawValue), BareStatement.Value(event.case?.rawValue),
      BareStatement.Value(event.person?.rawValue), BareStatement.Value(event.statement?.rawValue),
      .integer(event.kind.folds && event.release != nil ? 1 : 0),
      .integer(event.isAboutRelease ? 1 : 0),
    ])
    try keep(completed, endingAt: index, in: db)
    try save(frontier, in: db)
    return index
  }

  /// Stores the hashes of complete subtrees of 256, 65 536, … leaves that end at `index`.
  private func keep(_ completed: [SHA256Digest], endingAt index: Int, in db: Database) throws {
    for height in stride(from: 8, to: completed.count, by: 8) {
      try db.execute(
        sql: "INSERT INTO subtree (level, position, hash) VALUES (?, ?, ?)",
        arguments: [height / 8, index >> height, Data(completed[height].bytes)]
      )
    }
  }
}
