internal import GRDB
public import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// For how long the link in a mail counts.
  public static let confirmable = Duration(seconds: 7 * 86_400)

  /// Makes somebody known who asks for it, and writes the mail that confirms their address.
  ///
  /// - Parameters:
  ///   - applicant: Who they want to be.
  ///   - link: The address that has a secret confirmed.
  ///   - clock: What the process's clock shows.
  /// - Returns: Who they are, and a token with which they can ask and nothing else.
  /// - Throws: ``RegistrationFault``; `Refusal.clockUntrusted`; what SQLite or the system threw.
  public func register(
    _ applicant: Applicant,
    confirmedAt link: @Sendable (String) -> String,
    at clock: Instant
  ) async throws -> Registered {
    guard registrationRule != .closed else { throw RegistrationFault.closed }
    let secret = letters(43)
    let id = Hex.encode(random(16))
    let now = try await database.read { db in try logTime(clock, in: db) }
    let ends = now + Self.confirmable
    let mail = Mail(
      id: id,
      from: origin,
      to: applicant.email,
      subject: "Confirm your address for \(origin)",
      body: Self.body(of: applicant, origin: origin, link: link(secret), until: ends),
      at: now
    )
    try spool?.write(mail)
    do {
      let token = try await database.write { db in
        let now = max(now, try logTime(clock, in: db))
        try checkFree(applicant, in: db)
        let token = try enrol(applicant, at: now, in: db)
        try db.execute(
          sql: """
            INSERT INTO confirmation (sha256, principal, mail, issued_at, ends_at)
            VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [
            Self.digest(ofToken: secret).hex, applicant.principal.rawValue, id, now.seconds,
            (now + Self.confirmable).seconds,
          ]
        )
        return token
      }
      try spool?.send(mail)
      return Registered(
        principal: applicant.principal,
        token: token,
        mail: mail,
        confirmableUntil: ends
      )
    } catch {
      try spool?.remove(id)
      throw error
    }
  }

  /// Where mail lies until it is sent; a ledger in memory sends none.
  var spool: MailSpool? { home.map { MailSpool(in: $0) } }

  /// The names of the mails that were written to somebody.
  func mails(to principal: Principal.ID, in db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: "SELECT mail FROM confirmation WHERE principal = ?",
      arguments: [principal.rawValue]
    )
  }

  private func enrol(
    _ applicant: Applicant,
    at now: Instant,
    in db: Database
  ) throws -> String {
    let principal = applicant.principal
    try enrol(
      Registration(id: principal, email: applicant.email),
      keys: [applicant.key].compactMap { $0 },
      how: .registry,
      at: now,
      in: db
    )
    try db.execute(
      sql: "INSERT INTO registrant (principal, registered_at) VALUES (?, ?)",
      arguments: [principal.rawValue, now.seconds]
    )
    if applicant.key != nil {
      var receipt = Receipt()
      try appendSigners(at: now, noting: &receipt, in: db)
    }
    return try insertToken(of: principal, name: "registered", lasts: nil, at: now, in: db)
  }

  private static func body(
    of applicant: Applicant,
    origin: String,
    link: String,
    until ends: Instant
  ) -> [String] {
    [
      "Somebody registered as \(applicant.principal.name) at \(origin)",
      "and gave this address as theirs.", "",
      "If that was you, confirm it, until \(ends):", "", link, "",
      "If it was not, do nothing: the address stays unconfirmed, and is shown so to",
      "whoever decides what is asked for.",
    ]
  }
}
