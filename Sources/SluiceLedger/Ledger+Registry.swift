internal import Foundation
package import GRDB
public import SluiceEncoding
public import SluiceGovernance
public import SluiceProof

extension Ledger {
  /// Makes a principal known, with the keys that count for it where no roster lists it.
  ///
  /// The log is told when keys come with it, an organisation or the auditor's mark.
  ///
  /// - Throws: `Refusal.unfit` if the principal, its NAME or a key is registered already.
  public func add(
    _ registration: Registration,
    keys: [PublicKey] = [],
    at clock: Instant
  ) async throws {
    try await database.write { db in
      let now = try logTime(clock, in: db)
      guard try self.registration(registration.id, in: db) == nil else {
        throw Refusal.unfit("\(registration.id) is registered already")
      }
      if let organisation = registration.organisation, organisation.kind != .organisation {
        throw Refusal.unfit("organisation: \(organisation) is none; write org:NAME")
      }
      try enrol(registration, keys: keys, how: .registry, at: now, in: db)
      guard !keys.isEmpty || registration.isCommitted else { return }
      var receipt = Receipt()
      try appendSigners(at: now, noting: &receipt, in: db)
    }
  }

  /// Everybody who is known, sorted by NAME.
  public func persons() async throws -> [Registration] {
    try await database.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM principal ORDER BY handle").map(Registration.init)
    }
  }

  /// What is known of one principal.
  public func registration(_ id: Principal.ID) async throws -> Registration? {
    try await database.read { db in try registration(id, in: db) }
  }

  func registration(_ id: Principal.ID, in db: Database) throws -> Registration? {
    try Row.fetchOne(db, sql: "SELECT * FROM principal WHERE id = ?", arguments: [id.rawValue])
      .map(Registration.init)
  }

  /// The keys that were ever enrolled, of one principal or of all, by NAME and time.
  public func keys(of principal: Principal.ID? = nil) async throws -> [Registration.Key] {
    try await database.read { db in try keys(of: principal, in: db) }
  }

  package func keys(of principal: Principal.ID? = nil, in db: Database) throws -> [Registration.Key]
  {
    try Row.fetchAll(
      db,
      sql: """
        SELECT key.* FROM key JOIN principal ON principal.id = key.principal
        WHERE :principal IS NULL OR key.principal = :principal
        ORDER BY principal.handle, key.enrolled_at, key.fingerprint
        """,
      arguments: ["principal": principal?.rawValue]
    ).map(Registration.Key.init)
  }

  package func keys(named fingerprint: String, in db: Database) throws -> [Registration.Key] {
    try Row.fetchAll(
      db,
      sql: "SELECT * FROM key WHERE fingerprint = ? ORDER BY principal",
      arguments: [fingerprint]
    ).map(Registration.Key.init)
  }
}

extension Registration {
  init(row: Row) {
    let organisation: String? = row["organisation"]
    self.init(
      id: Principal.ID(row["id"]),
      name: row["name"],
      email: row["email"],
      organisation: organisation.map { Principal.ID($0) },
      isAuditor: row["is_auditor"]
    )
  }
}

extension Registration.Key {
  init(row: Row) throws {
    let way: String = row["how"]
    let until: Int? = row["ended_at"]
    guard let way = Way(rawValue: way) else { throw Refusal.logCorrupt("key: how \(way)") }
    let (fingerprint, line): (String, String) = (row["fingerprint"], row["line"])
    guard Self.isFingerprint(fingerprint, of: line) else {
      throw Refusal.logCorrupt("key: \(fingerprint) is not the fingerprint of its line")
    }
    self.init(
      principal: Principal.ID(row["principal"]),
      fingerprint: fingerprint,
      line: line,
      from: Instant(seconds: row["enrolled_at"]),
      until: until.map { Instant(seconds: $0) },
      way: way,
      approves: row["approves"]
    )
  }

  /// Whether a fingerprint is that of a line: keys are found by the one and committed to by the other.
  static func isFingerprint(_ text: String, of line: String) -> Bool {
    guard let key = try? PublicKey(line: line) else { return false }
    return key.fingerprint.utf8.elementsEqual(text.utf8)
  }
}
