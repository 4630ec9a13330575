internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// All that the ledger has about one grant: where it comes from, what became of it.
public struct GrantFile: Hashable, Sendable {
  /// The grant.
  public let grant: Grant
  /// What it is worth at the instant that was asked for, as far as it does not depend on who uses it.
  public let status: Grant.Status
  /// The case that led to it.
  public let `case`: CaseRow?
  /// The index of the decision.
  public let decision: Int?
  /// Whose approvals were counted, in the order of the slots.
  public let approvers: [Principal.ID]
  /// The grant that follows it.
  public let successor: Grant.ID?
  /// The holds that bite on it, on its tiers, its stage or its holder at that instant.
  public let holds: [Hold]
  /// How many deliveries were begun under it.
  public let deliveries: Int
  /// When the first and the last of them began.
  public let span: ClosedRange<Instant>?
}

extension Ledger {
  /// All that there is about a grant.
  ///
  /// - Throws: `Refusal.unknownGrant`, or what SQLite threw.
  public func file(of id: Grant.ID, at clock: Instant) async throws -> GrantFile {
    try await database.read { db in
      guard let grant = try grant(id, in: db) else { throw Refusal.unknownGrant(id) }
      let now = try logTime(clock, in: db)
      let holds = try holds(
        on: [grant],
        of: try holder(of: grant, in: db),
        in: grant.terms.release,
        in: db
      )
      let handed = try Row.fetchOne(
        db,
        sql:
          "SELECT COUNT(*) AS n, MIN(began_at) AS a, MAX(began_at) AS z FROM delivery WHERE grant_id = ?",
        arguments: [id.rawValue]
      )
      let (first, last): (Int?, Int?) = (handed?["a"], handed?["z"])
      return GrantFile(
        grant: grant,
        status: grant.status(at: now, holds: holds, asker: try holder(of: grant, in: db)),
        case: try Row.fetchOne(
          db,
          sql: "\(CaseRow.selection) WHERE id = ?",
          arguments: [grant.terms.case.rawValue]
        ).map(CaseRow.init),
        decision: try Int.fetchOne(
          db,
          sql: "SELECT seq FROM decision WHERE case_id = ? AND outcome = 'approved'",
          arguments: [grant.terms.case.rawValue]
        ),
        approvers: try approvers(of: [grant.terms.case], in: db)[grant.terms.case] ?? [],
        successor: try String.fetchOne(
          db,
          sql: "SELECT id FROM grant_row WHERE successor_of = ?",
          arguments: [id.rawValue]
        ).map { Grant.ID($0) },
        holds: holds.filter { $0.isActive(at: now) },
        deliveries: handed?["n"] ?? 0,
        span: first.flatMap { first in
          last.map { Instant(seconds: first)...Instant(seconds: $0) }
        }
      )
    }
  }

  /// The holder as the delivery rule sees them; of a group's and of everyone's grant nobody.
  private func holder(of grant: Grant, in db: Database) throws -> Asker {
    guard case .principal(let holder) = grant.terms.audience else { return .stranger }
    return try asker(holder, "", in: grant.terms.release, in: db)
  }

  /// Who gave the approvals that decisions counted, in the order of the slots.
  func approvers(of cases: Set<Case.ID>, in db: Database) throws -> [Case.ID: [Principal.ID]] {
    try cases.reduce(into: [:]) { found, id in
      found[id] = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT statement.by FROM decision
            JOIN event ON event.seq = decision.seq
            JOIN json_each(CAST(event.body AS TEXT), '$.counted') AS counted
            JOIN statement ON statement.sha256 = counted.value
            WHERE decision.case_id = ? AND decision.outcome = 'approved' ORDER BY counted.key
            """
        ),
        arguments: [id.rawValue]
      ).map { Principal.ID($0) }
    }
  }
}
