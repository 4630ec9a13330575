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

  /// Records what the allowed signers file says from now on.
  func appendSigners(
    at now: Instant,
    noting receipt: inout Receipt,
    in db: Database
  ) throws {
    let file = SHA256Digest(of: Array(try allowedSigners(in: db).text.utf8))
    let members: JSONObject = ["allowed_signers_sha256": .string(file.hex)]
    _ = try append(Event(kind: .signers, members: members), at: now, noting: &receipt, in: db)
  }
}
