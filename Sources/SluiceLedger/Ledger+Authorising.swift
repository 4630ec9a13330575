internal import Foundation
internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceProof

/// A statement of which it is known who says it, here and now.
package struct Authorised: Sendable {
  /// What is said.
  package let statement: Statement
  /// What was handed in.
  package let presented: Presented
  /// How strongly it was said.
  package let strength: Strength

  package init(statement: Statement, presented: Presented, strength: Strength) {
    self.statement = statement
    self.presented = presented
    self.strength = strength
  }
}

extension Ledger {
  /// Who says it, and whether they may say anything at all: before any other answer.
  ///
  /// The order is that of signing-and-log 2.2, after what ``Presented`` verified; the first failure
  /// is the reason given.
  func authorise(
    _ presented: Presented,
    in release: Release?,
    at now: Instant,
    in db: Database
  ) throws -> Authorised {
    let said = try? presented.statement.get()
    let signer: Principal.ID
    let strength: Strength
    switch presented.proof {
    case .signature(let signed, _):
      signer = try holder(of: signed.key.fingerprint, for: said, in: release, in: db)
      strength = Strength(signed.strength)
    case .session(let principal, let token):
      let live = try tokens(of: principal, in: db).first { $0.id == token }
      guard let live, live.isLive(at: now) else { throw Refusal.badToken }
      (signer, strength) = (principal, .session)
    }
    let statement: Statement
    do { statement = try presented.statement.get() } catch {
      throw Refusal.unfit("\(error)")
    }
    guard statement.by == signer else { throw Refusal.wrongPerson(said: statement.by) }
    try checkVetted(for: statement, presented, in: release, in: db)
    try checkFrame(of: statement, at: now, in: db)
    let least =
      release.flatMap { $0.discloses(statement, at: now) ? $0.leastStrength(for: statement) : nil }
      ?? statement.body.leastStrength
    guard strength >= least else {
      throw strength == .session ? Refusal.unsigned : Refusal.tooWeak(needed: least)
    }
    return Authorised(statement: statement, presented: presented, strength: strength)
  }

  /// What every statement must be, whatever it says: for this log, after a head of it, of now, once.
  private func checkFrame(of statement: Statement, at now: Instant, in db: Database) throws {
    guard statement.audience.utf8.elementsEqual(origin.utf8) else {
      throw Refusal.unfit("audience: \(statement.audience) is not this deployment, \(origin)")
    }
    let size = try frontier(in: db).size
    guard statement.seen.size <= size,
      try root(at: statement.seen.size, in: db) == statement.seen.root
    else { throw Refusal.stale("seen: not a head of this log; look again before signing") }
    guard statement.at <= now + Self.clockTolerance else {
      throw Refusal.unfit("at: \(statement.at) is more than 5 minutes after \(now)")
    }
    let isUsed = try Bool.fetchOne(
      db,
      sql: "SELECT EXISTS (SELECT 1 FROM statement WHERE nonce = ?)",
      arguments: [Data(statement.nonce)]
    )
    guard isUsed == false else { throw Refusal.replayed }
  }

  /// How far a signer's clock may be from the log's.
  static let clockTolerance = Duration(seconds: 300)

  /// For whom the key with a fingerprint, `SHA256:…`, counts now: in a release or, without one, in
  /// the registry alone.
  ///
  /// - Throws: `Refusal.unknownKey` or `Refusal.keyEnded`.
  public func holder(
    of fingerprint: String,
    in release: Release.ID? = nil
  ) async throws -> Principal.ID {
    try await database.read { db in
      let rosters = try release.map { try fold($0, .levelOnly, in: db).rosters } ?? []
      return try holder(of: fingerprint, rosters: rosters, in: db)
    }
  }

  private func holder(
    of fingerprint: String,
    for said: Statement?,
    in release: Release?,
    in db: Database
  ) throws -> Principal.ID {
    let rosters = said.map { release?.rosters(for: $0) ?? [] } ?? []
    let isJudged = said.flatMap { release?.proposedRoster(judgedBy: $0) } != nil
    return try KeyAuthority.holder(
      of: fingerprint,
      for: said,
      in: release,
      changes: rosters.isEmpty && !isJudged ? [] : try keyChanges(in: db),
      registry: try keys(named: fingerprint, in: db)
    )
  }

  private func holder(
    of fingerprint: String,
    rosters: [Roster],
    in db: Database
  ) throws -> Principal.ID {
    let changes = rosters.isEmpty ? [] : try keyChanges(in: db)
    return try KeyAuthority(rosters: rosters, changes: changes)
      .holder(of: fingerprint, registry: try keys(named: fingerprint, in: db))
  }

  /// The key changes that the log holds, in its order.
  func keyChanges(before end: Int = .max, in db: Database) throws -> [KeyAuthority.Change] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT event.at AS at, event.body AS body, statement.bytes AS bytes
        FROM event JOIN statement ON statement.sha256 = event.statement
        WHERE event.kind = 'keychange' AND event.seq < ? ORDER BY event.seq
        """,
      arguments: [end]
    )
    return try rows.compactMap { row in
      let body: Data = row["body"]
      let bytes: Data = row["bytes"]
      let statement = try Statement(canonical: Array(bytes))
      var fields = try JSONFields(
        try JSONValue(canonical: Array(body), format: "event"),
        format: "event"
      )
      guard case .keychange(let change) = statement.body else { return nil }
      return KeyAuthority.Change(
        principal: statement.by,
        action: change.action,
        key: try PublicKey(line: change.key).fingerprint,
        signer: String(try fields.string("credential").dropFirst("key:".count)),
        at: Instant(seconds: row["at"])
      )
    }
  }
}

extension Release {
  /// Whether the signer may see the case or the grant that says how strongly a statement must be signed;
  /// what they may not see is answered as what is not there.
  fileprivate func discloses(_ statement: Statement, at now: Instant) -> Bool {
    switch statement.body {
    case .approve(let verdict), .deny(let verdict, _): sees(verdict.case, statement.by, at: now)
    case .revoke: closes(statement.by, at: now)
    default: true
    }
  }

  /// The roster that an amendment proposes on which a statement is a verdict.
  func proposedRoster(judgedBy statement: Statement) -> Roster? {
    switch statement.body {
    case .approve(let verdict), .deny(let verdict, _):
      guard case .amend(_, let roster, _, _) = cases[verdict.case]?.filing else { return nil }
      return library.rosters[roster]
    default: return nil
    }
  }

  /// The rosters whose keys count for a statement: the one in force; before version 1 is adopted,
  /// the one that is proposed by it, or by the case it is about.
  func rosters(for statement: Statement) -> [Roster] {
    if let adoption { return [adoption.roster] }
    switch statement.body {
    case .file(.amend(_, let roster, _, _)): return [library.rosters[roster]].compactMap { $0 }
    case .approve(let verdict), .deny(let verdict, _):
      return [cases[verdict.case].flatMap { self.roster(of: $0) }].compactMap { $0 }
    default: return rosters
    }
  }
}
