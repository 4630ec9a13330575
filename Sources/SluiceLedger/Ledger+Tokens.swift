internal import Foundation
internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Issues a bearer token and answers it, for the only time: the ledger keeps its SHA-256.
  ///
  /// - Parameters:
  ///   - principal: Whose it is.
  ///   - name: What its owner calls it; a name that an unrevoked token has is refused.
  ///   - lasts: How long it counts; without it, until it is revoked.
  ///   - clock: What the process's clock shows.
  /// - Returns: `hf_` and 40 letters and digits, as Hub clients expect it.
  /// - Throws: `Refusal.unfit` if the principal is not known or the name is taken.
  public func issueToken(
    for principal: Principal.ID,
    name: String,
    lasts: Duration?,
    at clock: Instant
  ) async throws -> String {
    try await database.write { db in
      let now = try logTime(clock, in: db)
      guard try registration(principal, in: db) != nil else {
        throw Refusal.unfit("\(principal) is not registered")
      }
      let own = try tokens(of: principal, in: db).filter { $0.revokedAt == nil }
      guard own.allSatisfy({ !$0.name.isSame(as: name) }) else {
        throw Refusal.unfit("\(principal) has a token called \(name)")
      }
      return try insertToken(of: principal, name: name, lasts: lasts, at: now, in: db)
    }
  }

  /// Makes a token for somebody who has none of that name, and answers it.
  func insertToken(
    of principal: Principal.ID,
    name: String,
    lasts: Duration?,
    at now: Instant,
    in db: Database
  ) throws -> String {
    let secret = "hf_" + letters(40)
    try db.execute(
      sql: """
        INSERT INTO token (id, sha256, principal, name, issued_at, ends_at)
        VALUES (:id, :sha256, :principal, :name, :at, :ends)
        """,
      arguments: [
        "id": Hex.encode(random(8)), "sha256": Self.digest(ofToken: secret).hex,
        "principal": principal.rawValue, "name": name, "at": now.seconds,
        "ends": lasts.map { (now + $0).seconds },
      ]
    )
    return secret
  }

  /// The tokens of one principal, or of all, in order of issue.
  public func tokens(of principal: Principal.ID? = nil) async throws -> [Registration.Token] {
    try await database.read { db in try tokens(of: principal, in: db) }
  }

  /// Ends a token at once; by its id, or by its name if only one live token has it.
  ///
  /// - Returns: The token that was meant.
  /// - Throws: `Refusal.unfit` if none or several live tokens are called that.
  @discardableResult
  public func revokeToken(_ reference: String, at clock: Instant) async throws -> Registration.Token
  {
    try await database.write { db in
      let now = try logTime(clock, in: db)
      let meant = try tokens(of: nil, in: db).filter { token in
        token.revokedAt == nil
          && (token.id.isSame(as: reference) || token.name.isSame(as: reference))
      }
      guard let token = meant.first, meant.count == 1 else {
        throw Refusal.unfit(
          meant.isEmpty
            ? "no live token is called \(reference)"
            : "\(meant.count) live tokens are called \(reference): name one by its id"
        )
      }
      try db.execute(
        sql: "UPDATE token SET revoked_at = ? WHERE id = ?",
        arguments: [now.seconds, token.id]
      )
      return token
    }
  }

  /// Whose a bearer token is, and its id; `nil` for one that was never issued here, was revoked or
  /// has ended.
  ///
  /// It is looked up by its SHA-256, so that how long the answer takes tells nothing of a token. Its
  /// end is judged by log time, so that a clock that was set back gives no token life again.
  ///
  /// - Throws: `Refusal.clockUntrusted`; what SQLite threw.
  public func principal(
    ofToken secret: String,
    at clock: Instant
  ) async throws -> (principal: Principal.ID, id: String)? {
    guard let token = try await token(secret),
      token.isLive(at: try await database.read { try logTime(clock, in: $0) })
    else { return nil }
    return (token.principal, token.id)
  }

  /// What is kept of a bearer token, whether it counts or not; `nil` for one that was never issued.
  public func token(_ secret: String) async throws -> Registration.Token? {
    try await database.read { db in
      try Row.fetchOne(
        db,
        sql: "SELECT \(Registration.Token.columns) FROM token WHERE sha256 = ?",
        arguments: [Self.digest(ofToken: secret).hex]
      ).map(Registration.Token.init)
    }
  }

  func tokens(of principal: Principal.ID?, in db: Database) throws -> [Registration.Token] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(Registration.Token.columns) FROM token
        WHERE :principal IS NULL OR principal = :principal
        ORDER BY issued_at, rowid
        """,
      arguments: ["principal": principal?.rawValue]
    ).map(Registration.Token.init)
  }

  static func digest(ofToken secret: String) -> SHA256Digest {
    SHA256Digest(of: Array(secret.utf8))
  }

  /// Random letters and digits, each as likely as any other.
  func letters(_ count: Int) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    var text: [UInt8] = []
    while text.count < count {
      // 248 is the largest multiple of 62 that a byte can say.
      text += random(count).filter { $0 < 248 }.map { alphabet[Int($0) % alphabet.count] }
    }
    return String(decoding: text.prefix(count), as: UTF8.self)
  }
}

extension Registration.Token {
  /// The columns of `token`, in the order in which ``init(row:)`` reads them.
  static let columns = "id, principal, name, issued_at, ends_at, revoked_at"

  /// Reads a row of ``columns``.
  init(row: Row) {
    let (ends, revoked): (Int?, Int?) = (row[4], row[5])
    self.init(
      id: row[0],
      principal: Principal.ID(row[1]),
      name: row[2],
      issuedAt: Instant(seconds: row[3]),
      endsAt: ends.map { Instant(seconds: $0) },
      revokedAt: revoked.map { Instant(seconds: $0) }
    )
  }
}

extension String {
  /// Whether both are the same bytes; `==` takes other spellings of a letter for the same.
  fileprivate func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
