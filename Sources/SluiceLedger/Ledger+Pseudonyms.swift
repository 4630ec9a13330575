package import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// The name under which a principal appears in the log, made at the first use.
  package func pseudonym(of principal: Principal.ID, in db: Database) throws -> String {
    if let known = try knownPseudonym(of: principal, in: db) { return known }
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    let letters = random(10).map { alphabet[Int($0 & 31)] }
    let pseudonym = "p_" + String(decoding: letters, as: UTF8.self)
    try db.execute(
      sql: "INSERT INTO pseudonym (pseudonym, principal) VALUES (?, ?)",
      arguments: [pseudonym, principal.rawValue]
    )
    return pseudonym
  }

  /// The name under which a principal appears in the log; `nil` as long as it has done nothing.
  public func pseudonym(of principal: Principal.ID) async throws -> String? {
    try await database.read { db in try knownPseudonym(of: principal, in: db) }
  }

  /// The name under which a principal appears in the log, if it has one.
  func knownPseudonym(of principal: Principal.ID, in db: Database) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT pseudonym FROM pseudonym WHERE principal = ?"),
      arguments: [principal.rawValue]
    )
  }

  /// Who appears in the log under a pseudonym; `nil` once erased.
  func principal(of pseudonym: String, in db: Database) throws -> Principal.ID? {
    try String.fetchOne(
      db,
      sql: "SELECT principal FROM pseudonym WHERE pseudonym = ?",
      arguments: [pseudonym]
    ).map { Principal.ID($0) }
  }
}
