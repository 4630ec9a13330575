public import SluiceEncoding
public import SluiceGovernance

/// One thing that somebody vouched for, about somebody.
public struct CredentialLine: Body {
  /// The statement.
  public let id: Credential.ID
  /// The release in which it counts.
  public let release: Release.ID
  /// Who vouches.
  public let issuer: Principal.ID
  /// For whom.
  public let holder: Principal.ID
  /// Log time.
  public let at: Instant
  /// What is said.
  public let claim: Statement.Claim

  /// Composes a line.
  public init(
    id: Credential.ID,
    release: Release.ID,
    issuer: Principal.ID,
    holder: Principal.ID,
    at: Instant,
    claim: Statement.Claim
  ) {
    self.id = id
    self.release = release
    self.issuer = issuer
    self.holder = holder
    self.at = at
    self.claim = claim
  }

  /// Shows a credential.
  public init(_ credential: Credential, in release: Release.ID) {
    self.init(
      id: credential.id,
      release: release,
      issuer: credential.issuer,
      holder: credential.holder,
      at: credential.at,
      claim: credential.claim
    )
  }

  /// An item of `credentials`.
  public var json: JSONValue {
    var members: JSONObject = [
      "asserted_at": .string(claim.assertedAt.description),
      "at": .string(at.description),
      "holder": .string(holder.rawValue),
      "id": .string(id.rawValue),
      "issuer": .string(issuer.rawValue),
      "release": .string(release.rawValue),
      "type": .string(claim.type),
      "values": .texts(claim.values),
    ]
    members["expires_at"] = claim.expiresAt.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "credential")
    self.init(
      id: try fields.identity("id"),
      release: try fields.release("release"),
      issuer: try fields.principal("issuer"),
      holder: try fields.principal("holder"),
      at: try fields.instant("at"),
      claim: Statement.Claim(
        type: try fields.string("type"),
        values: try fields.map("values"),
        assertedAt: try fields.instant("asserted_at"),
        expiresAt: try fields.optionalInstant("expires_at")
      )
    )
    try fields.finish()
  }
}
