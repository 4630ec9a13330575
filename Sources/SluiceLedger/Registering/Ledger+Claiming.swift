internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceProof

extension Ledger {
  /// Refuses a name or a key that somebody has, or that was meant for somebody.
  ///
  /// One answer for all of them: it cannot be told from a refusal who has the name, and why.
  func checkFree(_ applicant: Applicant, in db: Database) throws {
    let name = applicant.principal.name
    guard try !isTaken(name, in: db) else { throw RegistrationFault.taken(name: name) }
    guard let key = applicant.key else { return }
    let known = try keys(named: key.fingerprint, in: db)
    let blob = key.line.split(separator: " ").last.map(String.init) ?? ""
    guard known.isEmpty, try documents(in: db, where: "instr(text, ?) > 0", blob).isEmpty else {
      throw RegistrationFault.keyTaken(fingerprint: key.fingerprint)
    }
  }

  /// Whether a name is somebody's: registered, in the log, in a policy or a roster that was ever
  /// proposed, or of whoever has something to do with a release.
  private func isTaken(_ name: String, in db: Database) throws -> Bool {
    let ids = Principal.Kind.allCases.map { "\($0.rawValue):\(name)" }
    let isKnown = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM principal WHERE handle = :name COLLATE NOCASE)
          OR EXISTS (SELECT 1 FROM pseudonym
            WHERE principal IN (SELECT value FROM json_each(:ids)))
          OR EXISTS (SELECT 1 FROM event WHERE folds = 1
            AND release IN (SELECT id FROM release)
            AND person IN (SELECT value FROM json_each(:ids)))
        """,
      arguments: ["name": name, "ids": Self.list(ids)]
    )
    if isKnown == true { return true }
    for id in ids.map({ $0.lowercased() }) {
      let near = try documents(in: db, where: "instr(lower(text), ?) > 0", id)
      if near.contains(where: { $0.lowercased().names(id) }) { return true }
    }
    let person = Principal.ID("person:\(name)")
    let releases = try String.fetchAll(db, sql: "SELECT id FROM release")
    return try releases.contains { release in
      try fold(Release.ID(release), .person(person), in: db).hasBusiness(person)
    }
  }

  /// The policies and rosters whose text fits a condition, proposed ones among them.
  private func documents(
    in db: Database,
    where condition: String,
    _ argument: String
  ) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT text FROM (SELECT CAST(bytes AS TEXT) AS text FROM document
          WHERE kind IN ('policy', 'roster'))
        WHERE \(condition)
        """,
      arguments: [argument]
    )
  }

  /// Whether somebody made themselves known and nobody has vouched for them.
  func isUnvetted(_ principal: Principal.ID, in db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT 1 FROM registrant WHERE principal = ? AND vetted_at IS NULL"
      ),
      arguments: [principal.rawValue]
    ) ?? false
  }

  /// Ends what people who only say who they are have claimed, where somebody else is given the key.
  func endClaims(
    to key: PublicKey,
    besides principal: Principal.ID,
    at now: Instant,
    in db: Database
  ) throws {
    try db.execute(
      sql: """
        UPDATE key SET ended_at = :at
        WHERE fingerprint = :fingerprint AND principal <> :principal AND ended_at IS NULL
          AND principal IN (SELECT principal FROM registrant WHERE vetted_at IS NULL)
        """,
      arguments: [
        "at": now.seconds, "fingerprint": key.fingerprint, "principal": principal.rawValue,
      ]
    )
  }

  /// Vouches for somebody whom a roster lists: from then on only the roster's keys are theirs, and
  /// whatever token they made for themselves counts no more.
  func replace(
    _ principal: Principal.ID,
    by keys: [PublicKey],
    at now: Instant,
    in db: Database
  ) throws {
    guard try isUnvetted(principal, in: db) else { return }
    try db.execute(
      sql: "UPDATE registrant SET vetted_at = :at WHERE principal = :principal",
      arguments: ["at": now.seconds, "principal": principal.rawValue]
    )
    try db.execute(
      sql: """
        UPDATE token SET revoked_at = :at WHERE principal = :principal AND revoked_at IS NULL
        """,
      arguments: ["at": now.seconds, "principal": principal.rawValue]
    )
    try db.execute(
      sql: """
        UPDATE key SET ended_at = :at WHERE principal = :principal AND ended_at IS NULL
          AND fingerprint NOT IN (SELECT value FROM json_each(:kept))
        """,
      arguments: [
        "at": now.seconds, "principal": principal.rawValue,
        "kept": Self.list(keys.map(\.fingerprint)),
      ]
    )
  }
}

extension String {
  /// Whether a principal stands in a policy or a roster, and not only the beginning of a longer name.
  fileprivate func names(_ principal: String) -> Bool {
    ranges(of: principal).contains { range in
      guard let next = self[range.upperBound...].utf8.first else { return true }
      return
        !("._+@-".utf8.contains(next) || Character(Unicode.Scalar(next)).isLetter
        || Character(Unicode.Scalar(next)).isNumber)
    }
  }
}
