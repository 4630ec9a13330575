public import SluiceEncoding
public import SluiceGovernance

/// What somebody asks to be handed, and with what right.
public struct DeliveryQuery: Hashable, Sendable {
  /// The release.
  public let release: Release.ID
  /// The tier through which the file was found; another one that holds it may clear it.
  public let tier: Tier.ID
  /// The file's path in that tier.
  public let path: String
  /// The file's digest.
  public let sha256: SHA256Digest
  /// Who asks; `nil` for somebody without a name.
  public let principal: Principal.ID?
  /// `token:ID` or `key:SHA256:…`; empty without a principal.
  public let credential: String
  /// The grant that the client insists on, of the header `X-Sluice-Grant`.
  public let named: Grant.ID?
  /// The address it comes from.
  public let peer: String
  /// The client's `User-Agent`; cut at 200 characters when it is recorded.
  public let agent: String

  /// Composes a query.
  public init(
    release: Release.ID,
    tier: Tier.ID,
    path: String,
    sha256: SHA256Digest,
    principal: Principal.ID? = nil,
    credential: String = "",
    named: Grant.ID? = nil,
    peer: String = "",
    agent: String = ""
  ) {
    self.release = release
    self.tier = tier
    self.path = path
    self.sha256 = sha256
    self.principal = principal
    self.credential = credential
    self.named = named
    self.peer = peer
    self.agent = agent
  }
}

/// A yes to a ``DeliveryQuery``: the grant that it counts on, and the file.
public struct Admission: Hashable, Sendable {
  /// The release.
  public let release: Release.ID
  /// The one grant that this delivery counts on.
  public let grant: Grant.ID
  /// The tier of that grant which holds the file.
  public let tier: Tier.ID
  /// The file's path in that tier.
  public let path: String
  /// The file's digest.
  public let sha256: SHA256Digest
  /// The file's length in bytes.
  public let size: Int
  /// What the file was on disk when it was imported; `nil` of a ledger in memory, which has none.
  public let blob: Blob?
  /// Whether handing it out is recorded by name; else it is only counted (README join 6).
  public let isRecorded: Bool
  /// The name in the log of whoever asks, once they have one.
  let pseudonym: String?
  /// The index of the `deliver` entry; `nil` of what is only counted, or was only asked.
  public internal(set) var index: Int?
  /// What was counted when it began; `nil` of what is recorded, or was only asked.
  var counted: Count?

  /// A hand-out in the numbers of its file.
  struct Count: Hashable, Sendable {
    /// Since when those numbers are kept, which tells them from those of a later hour.
    let since: Int
    /// The bytes that it stands for until its end is known.
    let bytes: Int
  }
}
