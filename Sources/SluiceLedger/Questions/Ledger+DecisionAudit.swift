internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// A decision, and what the entries before it make of its case now (governance-domain 12).
public struct DecisionAudit: Hashable, Sendable {
  /// A statement that the decision counted.
  public struct Counted: Hashable, Sendable {
    /// The statement.
    public let statement: SluiceGovernance.Statement.ID
    /// Who said it.
    public let by: Principal.ID
  }

  /// The index of the `decide` entry.
  public let index: Int
  /// Log time.
  public let at: Instant
  /// What was decided.
  public let revision: Case.Revision.ID
  /// The outcome that was recorded.
  public let outcome: Decision.Outcome
  /// The statements that it counted, in slot order.
  public let counted: [Counted]
  /// The explanation that was stored, byte for byte.
  public let stored: [UInt8]
  /// The explanation that the log prefix gives; `nil` if that decides nothing.
  public let recomputed: [UInt8]?
  /// The outcome that the log prefix gives.
  public let recomputedOutcome: Decision.Outcome?
  /// The digest of the explanation that the entry commits to.
  public let committed: SHA256Digest

  /// Whether the decision follows from the log: outcome and explanation, byte for byte.
  public var agrees: Bool {
    recomputed == stored && SHA256Digest(of: stored) == committed && recomputedOutcome == outcome
  }
}

extension Ledger {
  /// Decides a case again from the entries before each of its decisions, in log order.
  ///
  /// - Returns: One for each decision; a case whose denial was appealed against can have several.
  /// - Throws: `Refusal.unknownCase`, `Refusal.logCorrupt`, or what SQLite threw.
  public func decisions(of id: Case.ID) async throws -> [DecisionAudit] {
    try await database.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT decision.*, event.at AS at, event.body AS body, event.release AS release
          FROM decision JOIN event ON event.seq = decision.seq
          WHERE decision.case_id = ? AND event.body IS NOT NULL ORDER BY decision.seq
          """,
        arguments: [id.rawValue]
      )
      guard try !rows.isEmpty || isCase(id, in: db) else { throw Refusal.unknownCase(id) }
      return try rows.map { row in try audit(row, of: id, in: db) }
    }
  }

  private func isCase(_ id: Case.ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM case_file WHERE id = ?)",
      arguments: [id.rawValue]
    ) ?? false
  }

  private func audit(_ row: Row, of id: Case.ID, in db: Database) throws -> DecisionAudit {
    let (index, name, outcome): (Int, String, String) = (row["seq"], row["release"], row["outcome"])
    let (stored, body): (Data, Data) = (row["explanation"], row["body"])
    let at = Instant(seconds: row["at"])
    let event = try JSONValue(canonical: Array(body), format: "event").objectValue
    guard let outcome = Decision.Outcome(rawValue: outcome),
      let committed = event?["explanation_sha256"]?.stringValue
    else { throw Refusal.logCorrupt("decision \(index)") }
    let release = try fold(Release.ID(name), .case(id), before: index, in: db)
    let decision = release.cases[id].flatMap { evaluate($0, in: release, at: at) }
      .flatMap { Decision($0) }
    let head = Statement.Head(size: index, root: try root(at: index, in: db))
    let counted = (event?["counted"]?.arrayValue ?? []).compactMap(\.stringValue)
    return DecisionAudit(
      index: index,
      at: at,
      revision: Case.Revision.ID(row["revision"]),
      outcome: outcome,
      counted: try counted.compactMap { try speaker(of: Statement.ID($0), in: db) },
      stored: Array(stored),
      recomputed: decision.map { Explanation($0.evaluation, log: head).json.canonical },
      recomputedOutcome: decision?.outcome,
      committed: try SHA256Digest(hex: committed)
    )
  }

  private func speaker(
    of statement: Statement.ID,
    in db: Database
  ) throws -> DecisionAudit.Counted? {
    try String.fetchOne(
      db,
      sql: "SELECT by FROM statement WHERE sha256 = ?",
      arguments: [statement.rawValue]
    ).map { DecisionAudit.Counted(statement: statement, by: Principal.ID($0)) }
  }
}
