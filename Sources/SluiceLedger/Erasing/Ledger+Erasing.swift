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
  ///   - clock: What the process's clock shows.
  /// - Returns: What was erased.
  /// - Throws: `Refusal.unfit` if there is nothing to erase, or no ground is given.
  public func eraseAnswers(
    of id: Case.ID,
    basis: String,
    at clock: Instant
  ) async throws -> Erasure {
    let (erased, entries) = try await database.write { db in
      let now = try logTime(clock, in: db)
      try Self.check(basis)
      let given = """
        SELECT answer.commitment FROM answer
        WHERE answer.body IS NOT NULL AND (answer.case_id = :case
          OR answer.case_id IN (SELECT id FROM grant_row WHERE grant_row.case_id = :case))
        """
      let erased = try Int.fetchAll(
        db,
        sql: """
          SELECT event.seq FROM event JOIN answer ON answer.statement = event.statement
          WHERE answer.commitment IN (\(given)) ORDER BY event.seq
          """,
        arguments: ["case": id.rawValue]
      )
      guard !erased.isEmpty else { throw Refusal.unfit("there are no answers of this case") }
      try db.execute(
        sql: "UPDATE answer SET salt = NULL, body = NULL WHERE commitment IN (\(given))",
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
  ///   - clock: What the process's clock shows.
  /// - Returns: What was erased.
  /// - Throws: `Refusal.unfit`, and says why.
  public func erasePerson(
    _ id: Principal.ID,
    basis: String,
    at clock: Instant
  ) async throws -> Erasure {
    let (erased, entries) = try await database.write { db in
      let now = try logTime(clock, in: db)
      try Self.check(basis)
      guard id.kind == .person, try registration(id, in: db) != nil else {
        throw Refusal.unfit("\(id) is not a person who is registered")
      }
      try checkErasable(id, in: db)
      try closeDeliveries(to: id, at: now, in: db)
      let traces = try traces(of: id, in: db)
      let entries = try appendErasure(of: traces.events, basis: basis, at: now, in: db)
      try erase(traces, of: id, as: entries, in: db)
      if !traces.keys.isEmpty {
        var receipt = Receipt()
        try appendSigners(at: now, noting: &receipt, in: db)
      }
      return (traces.events, entries)
    }
    return Erasure(erased: erased, entries: entries, isWiped: try await wipe())
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
