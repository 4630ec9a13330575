internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// The open cases of a release as somebody finds them who may decide some of them.
public struct Queue: Hashable, Sendable {
  /// One case in it.
  public struct Line: Hashable, Sendable {
    /// The case.
    public let `case`: CaseRow
    /// Whether it stands before a gate that asks for a role of the reader's, and is not the reader's own.
    public let isMine: Bool
    /// Whether the reader has judged this wording.
    public let hasSpoken: Bool
  }

  /// Where the next page begins.
  public struct Place: Hashable, Sendable {
    /// Whether the reader's own cases to decide are not at their end.
    public let isMine: Bool
    /// After this number.
    public let number: Int

    /// Names a place.
    public init(isMine: Bool, number: Int) {
      self.isMine = isMine
      self.number = number
    }
  }

  /// The cases: those first that the reader may decide, each part by number.
  public let lines: [Line]
  /// How many open cases the reader may decide.
  public let mine: Int
  /// How many cases are open.
  public let open: Int
  /// Where the next page begins; `nil` after the last.
  public let next: Place?
}

extension Ledger {
  /// A page of the open cases of a release, those first that the reader may decide.
  ///
  /// Found by the gates at which the reader has a seat, without folding a case (governance-domain 20).
  /// So a case stays among the reader's where a rule of its own keeps the reader from counting, such as
  /// a shared organisation; the case itself says so.
  ///
  /// - Parameters:
  ///   - release: The release.
  ///   - reader: Who reads.
  ///   - place: Where the page begins; by default, with the first case.
  ///   - limit: How many cases it has at most.
  ///   - clock: What the process's clock shows.
  /// - Returns: The page.
  /// - Throws: `Refusal.logCorrupt`, or what SQLite threw.
  public func queue(
    of release: Release.ID,
    for reader: Principal.ID,
    after place: Queue.Place? = nil,
    limit: Int = 100,
    at clock: Instant
  ) async throws -> Queue {
    try await database.read { db in
      let level = try fold(release, .levelOnly, in: db)
      let desk = Desk(
        ledger: self,
        db: db,
        release: level,
        reader: reader,
        now: try logTime(clock, in: db),
        limit: limit
      )
      return try desk.page(after: place)
    }
  }
}

/// Looks cases up by the gates before which they stand.
private struct Desk {
  let ledger: Ledger
  let db: Database
  /// What concerns the whole release.
  let release: Release
  let reader: Principal.ID
  let now: Instant
  let limit: Int

  /// A gate of some version of the policy.
  struct Door: Hashable {
    let policy: String
    let gate: String

    init(policy: String, gate: String) {
      self.policy = policy
      self.gate = gate
    }

    init(_ row: CaseRow) { self.init(policy: row.policy.hex, gate: row.gate.rawValue) }
  }

  func page(after place: Queue.Place?) throws -> Queue {
    let doors = try self.doors()
    let own = doors.filter(seats)
    let parted = try partyTo()
    var found: [(row: CaseRow, isMine: Bool)] = []
    if place?.isMine ?? true {
      found = try rows(at: own, after: place?.number ?? 0).map { (row: $0, isMine: true) }
    }
    if found.count <= limit {
      let after = place.flatMap { $0.isMine ? nil : $0.number } ?? 0
      let rest = try rows(at: doors.filter { !own.contains($0) }, after: after, isOther: true)
      let theirs = parted.filter { $0.number > after && own.contains(Door($0)) }
      found += (rest + theirs).sorted { $0.number < $1.number }.map { (row: $0, isMine: false) }
    }
    let page = Array(found.prefix(limit))
    let spoken = try spoken(of: page.map(\.row))
    let last = page.last.map { Queue.Place(isMine: $0.isMine, number: $0.row.number) }
    let standing = try own.reduce(0) { try $0 + count(at: $1) }
    return Queue(
      lines: page.map { row, isMine in
        Queue.Line(case: row, isMine: isMine, hasSpoken: spoken.contains(row.id))
      },
      mine: standing - parted.count { own.contains(Door($0)) },
      open: try doors.reduce(0) { try $0 + count(at: $1) },
      next: found.count > page.count ? last : nil
    )
  }

  /// The gates before which open cases stand: from one to the next, however many cases each has.
  private func doors() throws -> [Door] {
    var doors: [Door] = []
    while let next = try door("policy = :policy AND gate > :gate", after: doors.last)
      ?? door("policy > :policy AND :gate IS NOT NULL", after: doors.last)
    {
      doors.append(next)
    }
    return doors
  }

  private func door(_ condition: String, after last: Door?) throws -> Door? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT policy, gate FROM case_file INDEXED BY case_queue
          WHERE release = :release AND state = 'open' AND \(condition) ORDER BY policy, gate LIMIT 1
          """
      ),
      arguments: [
        "release": release.id.rawValue, "policy": last?.policy ?? "", "gate": last?.gate ?? "",
      ]
    ).map { Door(policy: $0["policy"], gate: $0["gate"]) }
  }

  /// Whether the reader has a place, or stands in for one, in a role that the gate asks for.
  private func seats(at door: Door) -> Bool {
    guard let digest = try? SHA256Digest(hex: door.policy),
      let policy = release.library.policies[digest]
    else { return false }
    let rosters = [release.adoption?.roster].compactMap { $0 } + release.proposedRosters
    return policy.approvers(of: Gate.ID(door.gate)).contains { role in
      rosters.contains { roster in
        let heads = roster.heads(of: role)
        return heads.contains(reader)
          || release.delegations.contains {
            $0.role == role && $0.delegate == reader && $0.isActive(at: now)
              && heads.contains($0.holder)
          }
      }
    }
  }

  /// The reader's own open cases.
  private func partyTo() throws -> [CaseRow] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          \(CaseRow.selection) WHERE id IN (
              SELECT id FROM case_file WHERE requester = :reader
              UNION SELECT id FROM case_file WHERE party = :reader)
            AND +release = :release AND +state = 'open' ORDER BY number
          """
      ),
      arguments: ["reader": reader.rawValue, "release": release.id.rawValue]
    ).map(CaseRow.init)
  }

  /// One case more than a page has, so that it shows whether there is another; of the gates at which
  /// the reader has a seat without the reader's own.
  private func rows(at doors: [Door], after number: Int, isOther: Bool = false) throws -> [CaseRow]
  {
    let own = isOther ? "TRUE" : "NOT (requester = :reader OR party IS :reader)"
    let found = try doors.flatMap { door in
      var arguments: StatementArguments = [
        "release": release.id.rawValue, "policy": door.policy, "gate": door.gate, "after": number,
        "limit": limit + 1,
      ]
      if !isOther { arguments += ["reader": reader.rawValue] }
      return try Row.fetchAll(
        db.cachedStatement(
          sql: """
            \(CaseRow.selection) INDEXED BY case_queue
            WHERE release = :release AND state = 'open' AND policy = :policy AND gate = :gate
              AND number > :after AND \(own) ORDER BY number LIMIT :limit
            """
        ),
        arguments: arguments
      ).map(CaseRow.init)
    }
    return Array(found.sorted { $0.number < $1.number }.prefix(limit + 1))
  }

  private func count(at door: Door) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT COUNT(*) FROM case_file INDEXED BY case_queue
          WHERE release = ? AND state = 'open' AND policy = ? AND gate = ?
          """
      ),
      arguments: [release.id.rawValue, door.policy, door.gate]
    ) ?? 0
  }

  /// Of some cases those of which the reader has judged the current wording.
  private func spoken(of rows: [CaseRow]) throws -> Set<Case.ID> {
    var spoken = Set(
      rows.map(\.id).filter { id in
        release.cases[id]?.verdicts.contains { $0.by == reader } ?? false
      }
    )
    for row in rows where release.cases[row.id] == nil {
      let said = try Data.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT statement.bytes FROM event JOIN statement ON statement.sha256 = event.statement
            WHERE event.folds = 1 AND event.release = ? AND event.case_id = ?
              AND statement.type IN ('approve', 'deny') AND statement.by = ?
            """
        ),
        arguments: [release.id.rawValue, row.id.rawValue, reader.rawValue]
      )
      let isSpoken = try said.contains { bytes in
        switch try Statement(canonical: Array(bytes)).body {
        case .approve(let verdict), .deny(let verdict, _): verdict.revision == row.revision
        default: false
        }
      }
      if isSpoken { spoken.insert(row.id) }
    }
    return spoken
  }
}
