public import SluiceEncoding
public import SluiceGovernance

/// What the deployment knows of a principal.
public struct Registration: Hashable, Sendable {
  /// Who; NAME is unique over persons, organisations and services.
  public let id: Principal.ID
  /// The name for people; not blank.
  public let name: String
  /// Where to write to; may be empty.
  public let email: String
  /// The organisation that a person belongs to.
  public let organisation: Principal.ID?
  /// Whether they may read who received what.
  public let isAuditor: Bool

  /// Describes a principal.
  public init(
    id: Principal.ID,
    name: String? = nil,
    email: String = "",
    organisation: Principal.ID? = nil,
    isAuditor: Bool = false
  ) {
    self.id = id
    self.name = name ?? id.name
    self.email = email
    self.organisation = organisation
    self.isAuditor = isAuditor
  }

  /// Whether the log commits to more of it than to its keys.
  var isCommitted: Bool { isAuditor || organisation != nil }

  /// A key that was enrolled for a principal, and for how long it counts.
  public struct Key: Hashable, Sendable {
    /// How a key came in.
    public enum Way: String, Hashable, Sendable { case registry, roster, keychange }

    /// Whose.
    public let principal: Principal.ID
    /// Its fingerprint, `SHA256:…`.
    public let fingerprint: String
    /// The public key line, without comment.
    public let line: String
    /// The first second in which it counts.
    public let from: Instant
    /// The second in which it was ended.
    public let until: Instant?
    /// How it came in.
    public let way: Way
    /// Whether some roster lists it, or a chain of keys leads to it from one that is listed.
    public let approves: Bool

    package init(
      principal: Principal.ID,
      fingerprint: String,
      line: String,
      from: Instant,
      until: Instant?,
      way: Way,
      approves: Bool
    ) {
      self.principal = principal
      self.fingerprint = fingerprint
      self.line = line
      self.from = from
      self.until = until
      self.way = way
      self.approves = approves
    }
  }

  /// A bearer token, without its secret.
  public struct Token: Hashable, Sendable {
    /// Its identity, which events carry as `token:ID`.
    public let id: String
    /// Whose.
    public let principal: Principal.ID
    /// What its owner calls it, unique among the owner's.
    public let name: String
    /// When it was issued.
    public let issuedAt: Instant
    /// The first second in which it no longer counts.
    public let endsAt: Instant?
    /// When it was revoked.
    public let revokedAt: Instant?

    /// Whether it counts at `now`.
    public func isLive(at now: Instant) -> Bool {
      revokedAt == nil && endsAt.map { now < $0 } ?? true
    }
  }
}
