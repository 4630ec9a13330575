internal import GRDB
internal import SluiceEncoding
public import SluiceGovernance

extension Ledger {
  /// Who asks, as the delivery rule sees them: read off the tables, never off the whole log.
  ///
  /// What they have accepted is added by ``accepting(_:in:in:)`` where it is asked for.
  func asker(
    _ principal: Principal.ID?,
    _ credential: String,
    in id: Release.ID,
    in db: Database
  ) throws -> Asker {
    guard let principal else { return .stranger }
    let arguments: StatementArguments = [id.rawValue, principal.rawValue]
    let organisation = try String.fetchOne(
      db.cachedStatement(
        sql: "SELECT organisation FROM affiliation WHERE release = ? AND principal = ?"
      ),
      arguments: arguments
    )
    // Without a word SQLite would look through all members of the release.
    let groups = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT team FROM membership INDEXED BY membership_by_member
          WHERE release = ? AND member = ? AND left_at IS NULL
          """
      ),
      arguments: arguments
    )
    let key = "key:"
    return Asker(
      principal,
      organisation: organisation.map { Principal.ID($0) },
      key: credential.hasPrefix(key) ? String(credential.dropFirst(key.count)) : nil,
      groups: Set(groups.map { Group.ID($0) })
    )
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
