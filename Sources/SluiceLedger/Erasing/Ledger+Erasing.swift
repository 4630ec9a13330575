internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// The longest ground that an `erase` entry can give, in Unicode scalars.
  static let longestBasis = 1_000
  /// How many entries one `erase` names, so that it fits an entry of the log.
  private static let namedTogether = 4_000

  /// Erases the answers that were given for a case and after its grants.
  ///
  /// The statements that commit to them stay, and so does every hash, decision and number
  /// (governance-domain 20, I14).
  ///
  /// - Parameters:
  ///   - id: The case.
  ///   - basis: On what ground. Everybody can read it, so it must not say whose answers they are.
  ///   - expected: What was shown to whoever asks for it, ``Erasable/entries``; if anything has come to
  ///     it since, nothing is erased.
  ///   - clock: What the process's clock shows.
  /// - Returns: What was erased.
  /// - Throws: `Refusal.unfit` if there is nothing to erase, or no ground is given or one that names
  ///   somebody; `Refusal.stale` if it is not what is expected.
  public func eraseAnswers(
    of id: Case.ID,
    basis: String,
    expecting expected: [Int]? = nil,
    at clock: Instant
  ) async throws -> Erasure {
    let (erased, entries) = try await database.write { db in
      let now = try logTime(clock, in: db)
      try Self.check(basis)
      let erased = try givenAnswers(of: id, in: db)
      try Self.check(erased, are: expected)
      try check(basis, isSilentAbout: answerers(erased, in: db), in: db)
      try db.execute(
        sql: "UPDATE answer SET salt = NULL, body = NULL WHERE commitment IN (\(Self.given))",
        arguments: ["case": id.rawValue]
      )
      return (erased, try appendErasure(of: erased, basis: basis, at: now, in: db))
    }
    return Erasure(erased: erased, entries: entries, isWiped: try await wipe())
  }

  /// Erases a person: what they said and what was said about them alone, their answers, cases and
  /// grants, and who their pseudonym was.
  ///
  /// What was handed out to them stays on record without a name. Whoever speaks or spoke for a release
  /// is part of its record, and whoever vouched for or warned of something others may have been decided
  /// on; so both are refused.
  ///
  /// - Parameters:
  ///   - id: The person.
  ///   - basis: On what ground. Everybody can read it, so it must not say who it is.
  ///   - expected: What was shown to whoever asks for it, ``Erasable/entries``; if anything has come to
  ///     it since, nothing is erased.
  ///   - clock: What the process's clock shows.
  /// - Returns: What was erased.
  /// - Throws: `Refusal.unfit`, and says why; `Refusal.stale` if it is not what is expected.
  public func erasePerson(
    _ id: Principal.ID,
    basis: String,
    expecting expected: [Int]? = nil,
    at clock: Instant
  ) async throws -> Erasure {
    let (erased, entries, mails) = try await database.write { db in
      let now = try logTime(clock, in: db)
      try Self.check(basis)
      guard id.kind == .person, let registration = try registration(id, in: db) else {
        throw Refusal.unfit("\(id) is not a person who is registered")
      }
      try checkErasable(id, in: db)
      try check(basis, isSilentAbout: [id], in: db)
      try closeDeliveries(to: id, at: now, in: db)
      let traces = try traces(of: id, in: db)
      try Self.check(traces.events, are: expected)
      let entries = try appendErasure(of: traces.events, basis: basis, at: now, in: db)
      let mails = try self.mails(to: id, in: db)
      try erase(traces, of: id, as: entries, in: db)
      if !traces.keys.isEmpty || registration.isCommitted {
        var receipt = Receipt()
        try appendSigners(at: now, noting: &receipt, in: db)
      }
      return (traces.events, entries, mails)
    }
    for mail in mails { try spool?.remove(mail) }
    return Erasure(erased: erased, entries: entries, isWiped: try await wipe())
  }

  /// The answers of a case and of what is owed after its grants, that are not erased yet.
  private static let given = """
    SELECT answer.commitment FROM answer
    WHERE answer.body IS NOT NULL AND (answer.case_id = :case
      OR answer.case_id IN (SELECT id FROM grant_row WHERE grant_row.case_id = :case))
    """

  /// The entries of the answers that can be erased for a case, ascending.
  ///
  /// - Throws: `Refusal.unfit` if there are none.
  func givenAnswers(of id: Case.ID, in db: Database) throws -> [Int] {
    let entries = try Int.fetchAll(
      db,
      sql: """
        SELECT event.seq FROM event JOIN answer ON answer.statement = event.statement
        WHERE answer.commitment IN (\(Self.given)) ORDER BY event.seq
        """,
      arguments: ["case": id.rawValue]
    )
    guard !entries.isEmpty else { throw Refusal.unfit("there are no answers of this case") }
    return entries
  }

  /// Who gave the answers of some entries.
  private func answerers(_ entries: [Int], in db: Database) throws -> [Principal.ID] {
    try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT statement.by FROM event JOIN statement ON statement.sha256 = event.statement
        WHERE event.seq IN (SELECT value FROM json_each(?))
        """,
      arguments: [Self.list(entries)]
    ).map { Principal.ID($0) }
  }

  private static func check(_ entries: [Int], are expected: [Int]?) throws(Refusal) {
    guard let expected, entries != expected else { return }
    throw .stale("what would go is not what was shown any more")
  }

  private static func check(_ basis: String) throws(Refusal) {
    guard basis.contains(where: { !$0.isWhitespace }) else {
      throw .unfit("basis: say on what ground")
    }
    guard basis.unicodeScalars.count <= longestBasis else {
      throw .unfit("basis: at most \(longestBasis) characters")
    }
  }

  private func closeDeliveries(
    to id: Principal.ID,
    at now: Instant,
    in db: Database
  ) throws {
    let open = try Int.fetchAll(
      db,
      sql: "SELECT delivery FROM ongoing WHERE principal = ? ORDER BY delivery",
      arguments: [id.rawValue]
    )
    for delivery in open {
      if let ongoing = try ongoing(delivery, in: db) { try close(ongoing, at: now, in: db) }
    }
  }

  /// Appends what says which entries were erased, and on what ground.
  private func appendErasure(
    of erased: [Int],
    basis: String,
    at now: Instant,
    in db: Database
  ) throws -> [Int] {
    try stride(from: 0, to: erased.count, by: Self.namedTogether).map { start in
      let named = erased.dropFirst(start).prefix(Self.namedTogether)
      let members: JSONObject = [
        "basis": .string(basis), "indexes": .array(named.map { .integer($0) }),
      ]
      return try append(Event(kind: .erase, members: members), at: now, in: db)
    }
  }

  /// Empties the write-ahead log, which still has what was erased.
  ///
  /// - Returns: Whether it is empty; a reader can be in the way.
  private func wipe() async throws -> Bool {
    for _ in 0..<5 {
      let isBusy = try await database.writeWithoutTransaction { db in
        try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      if isBusy != true { return true }
    }
    return false
  }
}
