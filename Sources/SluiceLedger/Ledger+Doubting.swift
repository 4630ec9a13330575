internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// An approval that would not have been given without what a doubtful key signed.
public struct Undermined: Hashable, Sendable {
  /// The case.
  public let `case`: Case.ID
  /// Its running number.
  public let number: Int
  /// What was asked.
  public let kind: Case.Kind
  /// When it was approved.
  public let at: Instant
  /// What was granted by it, and not ended since.
  public let grants: [Grant.ID]
}

extension Ledger {
  /// The approvals of a release that rest on what a key signed since an instant, in log order.
  ///
  /// Each case is judged again in the state just before its decision, without what the key signed. The
  /// decisions stand (governance-domain 10); this is the list that goes to the stewards.
  ///
  /// - Parameters:
  ///   - key: The key's fingerprint, `SHA256:…`.
  ///   - since: From when on what it signed is doubtful.
  ///   - release: The release.
  /// - Returns: Those that would not be met any more; what was erased is left out.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  public func undermined(
    by key: String,
    since: Instant,
    in release: Release.ID
  ) async throws -> [Undermined] {
    try await database.read { db in
      try undermined(by: key, since: since, in: release, db)
    }
  }

  func undermined(
    by key: String,
    since: Instant,
    in release: Release.ID,
    before end: Int = .max,
    _ db: Database
  ) throws -> [Undermined] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT decision.seq AS seq, decision.case_id AS case_id, event.at AS at
        FROM decision JOIN event ON event.seq = decision.seq
        WHERE event.release = :release AND event.at >= :since AND event.seq < :end
          AND decision.outcome = 'approved' AND event.body IS NOT NULL AND EXISTS (
            SELECT 1 FROM event AS said
            WHERE said.release = :release AND said.folds = 1 AND said.at >= :since
              AND instr(CAST(said.body AS TEXT), :credential) > 0)
        ORDER BY decision.seq
        """,
      arguments: [
        "release": release.rawValue, "since": since.seconds, "end": end,
        "credential": "\"credential\":\"key:\(key)\"",
      ]
    )
    return try rows.compactMap { row in
      let (id, at) = (Case.ID(row["case_id"]), Instant(seconds: row["at"]))
      let state = try fold(release, .case(id), before: row["seq"], isLenient: true, in: db)
      guard let asked = state.cases[id],
        let evaluation = evaluate(asked, in: state.doubting(key, since: since), at: at),
        evaluation.result != .met
      else { return nil }
      let grants = try String.fetchAll(
        db,
        sql: "SELECT id FROM grant_row WHERE case_id = ? AND ended_at IS NULL ORDER BY seq",
        arguments: [id.rawValue]
      )
      return Undermined(
        case: id,
        number: asked.number,
        kind: asked.kind,
        at: at,
        grants: grants.map { Grant.ID($0) }
      )
    }
  }

  /// Records, after a hold that makes a key doubtful, how many approvals would no longer be met.
  func noteDoubt(
    of statement: Statement,
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    guard let (key, since) = statement.doubt else { return }
    let count = try undermined(by: key, since: since, in: statement.release, db).count
    guard count > 0 else { return }
    let event = Event(kind: .suspend, members: ["count": .integer(count)])
    _ = try append(event, at: now, noting: &receipt, in: db)
  }
}

extension SluiceGovernance.Statement {
  /// The key that a hold makes doubtful, and from when on.
  var doubt: (key: String, since: Instant)? {
    guard case .hold(let order) = body, let since = order.since,
      case .key(let key)? = try? Hold.Subject(subject)
    else { return nil }
    return (key, since)
  }
}
