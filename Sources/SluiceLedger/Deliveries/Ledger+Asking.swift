internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

/// Who shows a credential: who that is in a release, and whether it counts.
struct Bearer {
  /// Who it is.
  let asker: Asker
  /// Their name in the log, once they have one.
  let pseudonym: String?
  /// Whether a token is shown; what it is, if there is one.
  fileprivate let showsToken: Bool
  fileprivate let token: Token?

  /// What counts of a token.
  fileprivate struct Token {
    let principal: Principal.ID
    let endsAt: Instant?
    let isRevoked: Bool
  }

  /// Whether the credential counts for them, as far as the ledger can tell: of a token it can; whose a
  /// key is, whoever checked its signature knows.
  func counts(at now: Instant) -> Bool {
    guard showsToken else { return true }
    guard let token, token.principal == asker.principal, !token.isRevoked else { return false }
    return token.endsAt.map { now < $0 } ?? true
  }
}

extension Ledger {
  /// Who asks, as the delivery rule sees them: read off the tables, never off the whole log.
  func asker(
    _ principal: Principal.ID?,
    _ credential: String,
    in id: Release.ID,
    in db: Database
  ) throws -> Asker {
    try bearer(principal, credential, in: id, in: db).asker
  }

  // Without the word on the index SQLite would look through all members of the release.
  private static let bearerStatement = """
    SELECT token.principal, token.ends_at, token.revoked_at, affiliation.organisation,
      pseudonym.pseudonym, membership.team
    FROM (SELECT 1)
    LEFT JOIN affiliation ON affiliation.release = ?1 AND affiliation.principal = ?2
    LEFT JOIN pseudonym ON pseudonym.principal = ?2
    LEFT JOIN token ON token.id = ?3
    LEFT JOIN membership INDEXED BY membership_by_member
      ON membership.release = ?1 AND membership.member = ?2 AND membership.left_at IS NULL
    """

  /// Who shows a credential, found by one statement because every admission asks.
  ///
  /// What they have accepted is added by ``accepting(_:in:in:)`` where it is asked for.
  func bearer(
    _ principal: Principal.ID?,
    _ credential: String,
    in id: Release.ID,
    in db: Database
  ) throws -> Bearer {
    let (ofToken, ofKey) = ("token:", "key:")
    let showsToken = credential.hasPrefix(ofToken)
    guard let principal else {
      return Bearer(asker: .stranger, pseudonym: nil, showsToken: showsToken, token: nil)
    }
    var (organisation, pseudonym): (String?, String?)
    var token: Bearer.Token?
    var groups: Set<Group.ID> = []
    try BareStatement(Self.bearerStatement, in: db).run([
      .text(id.rawValue), .text(principal.rawValue),
      showsToken ? .text(String(credential.dropFirst(ofToken.count))) : .null,
    ]) { row in
      if let team = row.text(5) { groups.insert(Group.ID(team)) }
      // One row for each group, else one row.
      guard groups.count < 2 else { return }
      (organisation, pseudonym) = (row.text(3), row.text(4))
      token = row.text(0).map { holder in
        Bearer.Token(
          principal: Principal.ID(holder),
          endsAt: row.integer(1).map { Instant(seconds: $0) },
          isRevoked: row.integer(2) != nil
        )
      }
    }
    let asker = Asker(
      principal,
      organisation: organisation.map { Principal.ID($0) },
      key: credential.hasPrefix(ofKey) ? String(credential.dropFirst(ofKey.count)) : nil,
      groups: groups
    )
    return Bearer(asker: asker, pseudonym: pseudonym, showsToken: showsToken, token: token)
  }

  /// The same asker with the texts that they have accepted in a release.
  func accepting(_ asker: Asker, in id: Release.ID, in db: Database) throws -> Asker {
    guard let principal = asker.principal else { return asker }
    let accepted = try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT sha256 FROM acceptance WHERE release = ? AND principal = ?"
      ),
      arguments: [id.rawValue, principal.rawValue]
    )
    return Asker(
      principal,
      organisation: asker.organisation,
      key: asker.key,
      groups: asker.groups,
      accepted: Set(try accepted.map { try SHA256Digest(hex: $0) })
    )
  }

  /// The holds that can bite on grants, whoever makes use of them.
  public func holds(touching grants: [Grant]) async throws -> [Hold] {
    try await database.read { db in
      try Dictionary(grouping: grants, by: \.terms.release).flatMap { release, grants in
        try holds(on: grants, of: .stranger, in: release, in: db)
      }
    }
  }

  /// The holds of a release, ended ones included, in log order.
  public func holds(of release: Release.ID) async throws -> [Hold] {
    try await database.read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT \(Hold.columns) FROM hold WHERE release = ? ORDER BY placed_at, rowid",
        arguments: [release.rawValue]
      ).map(Hold.init(row:))
    }
  }

  /// How many subjects one look-up for holds takes.
  private static let heldTogether = 8

  /// The holds that can bite on grants or on who asks, as they were placed.
  func holds(
    on grants: [Grant],
    of asker: Asker,
    in release: Release.ID,
    in db: Database
  ) throws -> [Hold] {
    var subjects: Set<Hold.Subject> = []
    for grant in grants {
      subjects.insert(.grant(grant.id))
      subjects.formUnion(grant.terms.tiers.keys.map { .tier($0) })
      if let stage = grant.terms.stage { subjects.insert(.stage(stage)) }
      if case .principal(let holder) = grant.terms.audience { subjects.insert(.principal(holder)) }
    }
    guard !subjects.isEmpty else { return [] }
    for principal in [asker.principal, asker.organisation].compactMap({ $0 }) {
      subjects.insert(.principal(principal))
    }
    if let key = asker.key { subjects.insert(.key(key)) }
    // A statement of one length, so that it is prepared once; NULL is in no list.
    let marks = repeatElement("?", count: Self.heldTogether).joined(separator: ", ")
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Hold.columns) FROM hold WHERE release = ? AND subject IN (\(marks))
        ORDER BY placed_at, rowid
        """
    )
    var found: [Hold] = []
    var rest = Array(subjects.map(\.description))[...]
    while !rest.isEmpty {
      var values: [String?] = [release.rawValue]
      values += rest.prefix(Self.heldTogether).map(Optional.some)
      values += repeatElement(nil, count: Self.heldTogether + 1 - values.count)
      rest = rest.dropFirst(Self.heldTogether)
      found += try Row.fetchAll(statement, arguments: StatementArguments(values)).map(
        Hold.init(row:)
      )
    }
    return found.sorted { $0.placedAt < $1.placedAt }
  }
}

extension Hold {
  /// The columns of `hold`, in the order in which ``init(row:)`` reads them.
  static let columns = """
    hold.id, hold.subject, hold.code, hold.text, hold.placed_by, hold.placed_at, hold.until,
    hold.since, hold.lifted_at
    """

  /// Reads a row that begins with ``columns``; by place, because every admission reads some.
  init(row: Row) throws {
    let (subject, code): (String, String) = (row[1], row[2])
    guard let subject = Subject(text: subject), let code = ReasonCode(rawValue: code) else {
      throw Refusal.logCorrupt("hold: \(subject), \(code)")
    }
    let placedBy: String? = row[4]
    self.init(
      id: ID(row[0]),
      subject: subject,
      code: code,
      text: row[3],
      placedBy: placedBy.map { Principal.ID($0) },
      placedAt: Instant(seconds: row[5]),
      until: Self.instant(row[6]),
      since: Self.instant(row[7]),
      liftedAt: Self.instant(row[8])
    )
  }

  private static func instant(_ seconds: Int?) -> Instant? { seconds.map { Instant(seconds: $0) } }
}
