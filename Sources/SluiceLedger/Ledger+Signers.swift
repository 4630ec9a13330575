internal import GRDB
internal import SluiceEncoding
internal import SluiceGovernance
public import SluiceProof

extension Ledger {
  /// Every key that was ever enrolled, with the time in which it counts, for `ssh-keygen -Y verify`.
  ///
  /// A key that no roster lists may not approve there either (signing-and-log 4.1).
  public func allowedSigners() async throws -> AllowedSigners {
    try await database.read { db in try allowedSigners(in: db) }
  }

  func allowedSigners(in db: Database) throws -> AllowedSigners {
    let personal = ["request@sluice", "receipt@sluice", "keychange@sluice"]
    let official = ["approval@sluice", "revocation@sluice"]
    return AllowedSigners(
      try keys(in: db).map { key in
        try AllowedSigners.Line(
          principal: key.principal.name,
          namespaces: key.approves ? personal + official : personal,
          validAfter: key.from,
          validBefore: key.until,
          key: try PublicKey(line: key.line)
        )
      }
    )
  }

  /// What the registry says that gives authority, as the log commits to it: the allowed signers file,
  /// then a line for each auditor and for each affiliation, by their bytes.
  ///
  /// One digest over all of it, because everybody can read it: a digest of a few names alone could be
  /// guessed.
  func registryText(in db: Database) throws -> String {
    let lines = try String.fetchAll(
      db,
      sql: """
        SELECT 'auditor ' || id AS line FROM principal WHERE is_auditor
        UNION ALL
        SELECT 'affiliation ' || id || ' ' || organisation FROM principal
          WHERE organisation IS NOT NULL
        ORDER BY line
        """
    )
    return try allowedSigners(in: db).text + lines.map { "\($0)\n" }.joined()
  }

  /// Records what the allowed signers file and the rest of the registry say from now on.
  func appendSigners(
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let file = SHA256Digest(of: Array(try allowedSigners(in: db).text.utf8))
    let registry = SHA256Digest(of: Array(try registryText(in: db).utf8))
    let members: JSONObject = [
      "allowed_signers_sha256": .string(file.hex), "registry_sha256": .string(registry.hex),
    ]
    _ = try append(Event(kind: .signers, members: members), at: now, noting: &receipt, in: db)
  }
}
