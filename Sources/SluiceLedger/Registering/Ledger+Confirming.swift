internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// What following a link would confirm; nothing changes.
  ///
  /// - Throws: ``RegistrationFault/unknownLink``.
  public func confirmation(of secret: String) async throws -> Confirmation {
    try await database.read { db in try confirmation(of: secret, in: db) }
  }

  /// Confirms an address, once and while the link counts.
  ///
  /// - Throws: ``RegistrationFault``; `Refusal.clockUntrusted`.
  public func confirm(_ secret: String, at clock: Instant) async throws -> Confirmation {
    try await database.write { db in
      let now = try logTime(clock, in: db)
      let found = try confirmation(of: secret, in: db)
      if let used = found.confirmedAt { throw RegistrationFault.usedLink(at: used) }
      guard now < found.endsAt else { throw RegistrationFault.endedLink(at: found.endsAt) }
      try db.execute(
        sql: "UPDATE confirmation SET used_at = ? WHERE sha256 = ?",
        arguments: [now.seconds, Self.digest(ofToken: secret).hex]
      )
      try db.execute(
        sql: "UPDATE registrant SET confirmed_at = ? WHERE principal = ?",
        arguments: [now.seconds, found.principal.rawValue]
      )
      return try confirmation(of: secret, in: db)
    }
  }

  /// What is kept of somebody who made themselves known; `nil` of everybody else.
  public func registrant(_ principal: Principal.ID) async throws -> Registrant? {
    try await database.read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT registrant.*, principal.email AS email
          FROM registrant JOIN principal ON principal.id = registrant.principal
          WHERE registrant.principal = ?
          """,
        arguments: [principal.rawValue]
      ).map(Registrant.init)
    }
  }

  /// Vouches for somebody who made themselves known: they may do from then on what anybody may whom
  /// the operator enrolled.
  ///
  /// - Throws: `Refusal.unfit` of anybody else.
  public func vet(_ principal: Principal.ID, at clock: Instant) async throws {
    try await database.write { db in
      let now = try logTime(clock, in: db)
      guard try isUnvetted(principal, in: db) else {
        throw Refusal.unfit("\(principal) is nobody who registered and was not vouched for")
      }
      try db.execute(
        sql: "UPDATE registrant SET vetted_at = ? WHERE principal = ?",
        arguments: [now.seconds, principal.rawValue]
      )
    }
  }

  /// Refuses what somebody for whom nobody has vouched may not say: all but asking and what belongs
  /// to it, whether a token or a key speaks.
  ///
  /// A roster that lists them vouches for what its keys sign, also while it is only proposed.
  func checkVetted(
    for statement: Statement,
    _ presented: Presented,
    in release: Release?,
    in db: Database
  ) throws {
    guard try isUnvetted(statement.by, in: db) else { return }
    if presented.key != nil, let release {
      let judged = release.proposedRoster(judgedBy: statement)
      let rosters = release.rosters(for: statement) + [judged].compactMap { $0 }
      guard rosters.allSatisfy({ $0.principal(statement.by) == nil }) else { return }
    }
    guard statement.isAsking else { throw Refusal.asksOnly(statement.by) }
    guard registrationRule == .confirmed else { return }
    let isConfirmed = try Bool.fetchOne(
      db,
      sql: "SELECT confirmed_at IS NOT NULL FROM registrant WHERE principal = ?",
      arguments: [statement.by.rawValue]
    )
    guard isConfirmed == true else { throw Refusal.unconfirmed }
  }

  private func confirmation(of secret: String, in db: Database) throws -> Confirmation {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT confirmation.*, principal.email AS email
        FROM confirmation JOIN principal ON principal.id = confirmation.principal
        WHERE sha256 = ?
        """,
      arguments: [Self.digest(ofToken: secret).hex]
    )
    guard let row else { throw RegistrationFault.unknownLink }
    let used: Int? = row["used_at"]
    return Confirmation(
      principal: Principal.ID(row["principal"]),
      email: row["email"],
      endsAt: Instant(seconds: row["ends_at"]),
      confirmedAt: used.map { Instant(seconds: $0) }
    )
  }
}

extension Registrant {
  init(row: Row) {
    let (confirmed, vetted): (Int?, Int?) = (row["confirmed_at"], row["vetted_at"])
    self.init(
      principal: Principal.ID(row["principal"]),
      email: row["email"],
      registeredAt: Instant(seconds: row["registered_at"]),
      confirmedAt: confirmed.map { Instant(seconds: $0) },
      vettedAt: vetted.map { Instant(seconds: $0) }
    )
  }
}

extension Statement {
  /// Whether it asks for something for oneself, belongs to such a request, gives something up or
  /// changes one's own keys.
  var isAsking: Bool {
    switch body {
    case .file(.access), .file(.renew), .file(.appeal): true
    case .revise, .withdraw, .answer, .accept, .surrender, .leave, .keychange: true
    case .file, .return, .approve, .deny, .recuse, .comment, .credential, .bind, .evidence,
      .confirm, .retract, .join, .delegate, .hold, .revoke, .report:
      false
    }
  }
}
