public import SluiceEncoding

/// Who received what: one line of the auditor's answer (serving-and-storage 5.4).
///
/// `bytes` never counts too little, `isComplete` never claims too much.
public struct Possession: Hashable, Sendable {
  /// Who; `nil` once erased.
  public let principal: Principal.ID?
  /// The key or token with which it was fetched; empty once erased.
  public let credential: String
  /// The grant that the deliveries counted on.
  public let grant: Grant.ID
  /// The tier.
  public let tier: Tier.ID
  /// The path in the tier.
  public let file: String
  /// The file's digest.
  public let sha256: SHA256Digest
  /// The file's size in bytes.
  public let size: Int
  /// Bytes that may have arrived, none counted twice.
  public let bytes: Int
  /// Whether every byte was acknowledged.
  public let isComplete: Bool
  /// When the first delivery began.
  public let first: Instant
  /// The last sign of one.
  public let last: Instant
  /// The running number of the case that led to the grant; `nil` once erased.
  public let `case`: Int?
  /// Whose approvals were counted.
  public let approvers: [Principal.ID]

  /// Composes a line; the ledger does so from its rows.
  public init(
    principal: Principal.ID?,
    credential: String,
    grant: Grant.ID,
    tier: Tier.ID,
    file: String,
    sha256: SHA256Digest,
    size: Int,
    bytes: Int,
    isComplete: Bool,
    first: Instant,
    last: Instant,
    case: Int?,
    approvers: [Principal.ID]
  ) {
    self.principal = principal
    self.credential = credential
    self.grant = grant
    self.tier = tier
    self.file = file
    self.sha256 = sha256
    self.size = size
    self.bytes = bytes
    self.isComplete = isComplete
    self.first = first
    self.last = last
    self.`case` = `case`
    self.approvers = approvers
  }
}
