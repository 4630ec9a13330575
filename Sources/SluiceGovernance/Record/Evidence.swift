public import SluiceEncoding

/// A measurement that was put on record (governance-domain 11).
public struct Evidence: Hashable, Sendable {
  /// The digest of the statement, in hex.
  public typealias ID = Statement.ID

  /// Somebody's word that they checked it.
  public struct Confirmation: Hashable, Sendable {
    /// The `confirm` statement.
    public let statement: Statement.ID
    /// Who.
    public let by: Principal.ID
    /// Log time.
    public let at: Instant
    /// The fingerprint of the key that signed it.
    public let key: String?
  }

  /// The `evidence` statement, or the `report` of a leak.
  public let id: ID
  /// The place of its entry in the log.
  public let index: Int
  /// Who measured.
  public let by: Principal.ID
  /// Log time.
  public let at: Instant
  /// The fingerprint of the key that signed it.
  public let key: String?
  /// What it is about: a manifest, or the name of a tier that is a service.
  public let manifest: SHA256Digest
  /// The kind, a free name.
  public let kind: String
  /// Name → decimal text.
  public let metrics: [String: String]
  /// How it was measured.
  public let method: String
  /// Files that belong to it: name → digest.
  public let attachments: [String: SHA256Digest]
  /// Whether everybody may read the attachments once the release is public.
  public let publishes: Bool
  /// Whether it is the report of a leak, which counts only once a steward has confirmed it.
  public let isReport: Bool
  /// Who checked it, in log order, without those who took it back.
  public internal(set) var confirmations: [Confirmation] = []
}

/// What somebody vouched for (governance-domain 4, `credential`).
public struct Credential: Hashable, Sendable {
  /// The digest of the statement, in hex.
  public typealias ID = Statement.ID

  /// The statement.
  public let id: ID
  /// The place of its entry in the log.
  public let index: Int
  /// Who vouches.
  public let issuer: Principal.ID
  /// For whom.
  public let holder: Principal.ID
  /// Log time.
  public let at: Instant
  /// The fingerprint of the key that signed it.
  public let key: String?
  /// What is said.
  public let claim: Statement.Claim
}
