public import SluiceEncoding
public import SluiceGovernance

/// What was adopted once: a policy, a roster and their texts.
public struct AdoptionLine: Body {
  /// Log time of the decision.
  public let at: Instant
  /// The running number of the case that was approved, if it is known.
  public let number: Int?
  /// The policy's digest.
  public let policy: SHA256Digest
  /// The policy's version.
  public let version: Int
  /// The roster's digest.
  public let roster: SHA256Digest
  /// The roster's version.
  public let rosterVersion: Int

  /// Composes a line.
  public init(
    at: Instant,
    number: Int?,
    policy: SHA256Digest,
    version: Int,
    roster: SHA256Digest,
    rosterVersion: Int
  ) {
    self.at = at
    self.number = number
    self.policy = policy
    self.version = version
    self.roster = roster
    self.rosterVersion = rosterVersion
  }

  /// Shows an adoption; `number` is that of its case.
  public init(_ adoption: Release.Adoption, number: Int?) {
    self.init(
      at: adoption.at,
      number: number,
      policy: adoption.policy.digest,
      version: adoption.policy.version,
      roster: adoption.roster.digest,
      rosterVersion: adoption.roster.version
    )
  }

  /// `{"at","number"?,"policy_sha256","roster_sha256","roster_version","version"}`.
  public var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description), "policy_sha256": .string(policy.hex),
      "roster_sha256": .string(roster.hex), "roster_version": .integer(rosterVersion),
      "version": .integer(version),
    ]
    members["number"] = number.map { .integer($0) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "adoption")
    self.init(
      at: try fields.instant("at"),
      number: try fields.optionalInteger("number"),
      policy: try fields.digest("policy_sha256"),
      version: try fields.integer("version"),
      roster: try fields.digest("roster_sha256"),
      rosterVersion: try fields.integer("roster_version")
    )
    try fields.finish()
  }
}
