internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// Takes in a change of a person's keys (signing-and-log 4.2).
  ///
  /// A key that a key of an approver adds may approve as well, wherever a chain leads to it.
  func take(
    _ change: Statement.KeyChange,
    _ authorised: Authorised,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let statement = authorised.statement
    guard case .signature(let signed, let second) = authorised.presented.proof else {
      throw Refusal.unsigned
    }
    let key: PublicKey
    do { key = try PublicKey(line: change.key) } catch {
      throw Refusal.unfit("predicate.body.key: \(error)")
    }
    guard key.line.utf8.elementsEqual(change.key.utf8) else {
      throw Refusal.unfit("predicate.body.key: must be TYPE BASE64, without a comment")
    }
    guard change.previous == (try lastKeychange(of: statement.by, in: db)) else {
      throw Refusal.stale("previous: not your last change of keys")
    }
    let own = try keys(of: statement.by, in: db)
    switch change.action {
    case .add:
      guard let second else { throw Refusal.unsigned }
      guard second.key == key else {
        throw Refusal.badSignature("the second signature is not the new key's")
      }
      try checkEnrolment(of: statement.by, keys: [key], in: db)
      guard own.allSatisfy({ $0.fingerprint != key.fingerprint }) else {
        throw Refusal.stale("the key counts for you already")
      }
    case .end:
      guard second == nil else {
        throw Refusal.badSignature("ending a key takes one signature")
      }
      guard own.contains(where: { $0.fingerprint == key.fingerprint && $0.until == nil }) else {
        throw Refusal.stale("the key does not count for you")
      }
    }
    try insert(authorised, in: db)
    let actor = try pseudonym(of: statement.by, in: db)
    _ = try append(
      Event(
        Entry.Said(statement, strength: authorised.strength, key: authorised.presented.key),
        credential: authorised.presented.credential,
        actor: actor,
        in: nil
      ),
      at: now,
      noting: &receipt,
      in: db
    )
    switch change.action {
    case .add:
      let approves = own.contains { $0.fingerprint == signed.key.fingerprint && $0.approves }
      try enrol(key, of: statement.by, how: .keychange, approves: approves, at: now, in: db)
    case .end:
      try db.execute(
        sql: "UPDATE key SET ended_at = ? WHERE fingerprint = ? AND principal = ?",
        arguments: [now.seconds, key.fingerprint, statement.by.rawValue]
      )
    }
    try appendSigners(at: now, noting: &receipt, in: db)
  }

  /// The last change of keys of a principal, which the next one names; `nil` before the first.
  public func lastKeychange(
    of principal: Principal.ID
  ) async throws -> SluiceGovernance.Statement.ID? {
    try await database.read { db in try lastKeychange(of: principal, in: db) }
  }

  private func lastKeychange(
    of principal: Principal.ID,
    in db: Database
  ) throws -> Statement.ID? {
    try String.fetchOne(
      db,
      sql: """
        SELECT sha256 FROM statement JOIN event ON event.statement = statement.sha256
        WHERE type = 'keychange' AND by = ? ORDER BY seq DESC LIMIT 1
        """,
      arguments: [principal.rawValue]
    ).map { Statement.ID($0) }
  }
}
