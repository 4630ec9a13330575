public import SluiceEncoding

/// A standing refusal on any subject (governance-domain 10).
public struct Hold: Hashable, Sendable {
  /// The digest of the `hold` statement, or of the `overdue` event that placed it, in hex.
  public typealias ID = Identifier<Hold>

  /// What a hold bites on.
  public enum Subject: Hashable, Sendable {
    case principal(Principal.ID)
    /// A key by its fingerprint, `SHA256:…`.
    case key(String)
    case tier(Tier.ID)
    case stage(Stage.ID)
    case grant(Grant.ID)
    case `case`(Case.ID)
  }

  /// Its identity.
  public let id: ID
  /// What it bites on.
  public let subject: Subject
  /// Why.
  public let code: ReasonCode
  /// Why, in words.
  public let text: String
  /// The steward who placed it; `nil` if an obligation that was not met did.
  public let placedBy: Principal.ID?
  /// The stewards for whom somebody placed it who was none.
  public let placedFor: Set<Principal.ID>
  /// Log time.
  public let placedAt: Instant
  /// When it ends by itself.
  public let until: Instant?
  /// Of a key: from when on what it signed is doubtful.
  public let since: Instant?
  /// Log time of the decision that lifted it.
  public internal(set) var liftedAt: Instant?

  /// Reads a hold back from what was recorded.
  public init(
    id: ID,
    subject: Subject,
    code: ReasonCode,
    text: String,
    placedBy: Principal.ID?,
    placedFor: Set<Principal.ID> = [],
    placedAt: Instant,
    until: Instant? = nil,
    since: Instant? = nil,
    liftedAt: Instant? = nil
  ) {
    self.id = id
    self.subject = subject
    self.code = code
    self.text = text
    self.placedBy = placedBy
    self.placedFor = placedFor
    self.placedAt = placedAt
    self.until = until
    self.since = since
    self.liftedAt = liftedAt
  }

  /// Whether it refuses at `now`.
  public func isActive(at now: Instant) -> Bool {
    placedAt <= now && until.map { now < $0 } ?? true && liftedAt.map { now < $0 } ?? true
  }

  /// Of a key: whether a statement that it signed at `instant` is doubtful.
  public func doubts(_ instant: Instant) -> Bool { (since ?? placedAt) <= instant }
}

extension Hold.Subject {
  /// The statement subject that names it: the name is digested in its release, a grant and a case
  /// carry their own digest (README join 2).
  ///
  /// - Throws: `Malformed` for anything that cannot be held.
  public init(_ subject: Statement.Subject) throws(Malformed) {
    let name = subject.name
    switch name {
    case "grant": self = .grant(Grant.ID(subject.digest.hex))
    case "case": self = .case(Case.ID(subject.digest.hex))
    case _ where name.hasPrefix("tier:"): self = .tier(Tier.ID(String(name.dropFirst(5))))
    case _ where name.hasPrefix("stage:"): self = .stage(Stage.ID(String(name.dropFirst(6))))
    case _ where name.hasPrefix("key:SHA256:"): self = .key(String(name.dropFirst(4)))
    default: self = .principal(try Principal.ID(parsing: name))
    }
  }

  /// The subject as statements name it.
  public func subject(in release: Release.ID) throws(Malformed) -> Statement.Subject {
    switch self {
    case .principal(let principal): Statement.Subject(name: principal.rawValue, in: release)
    case .key(let fingerprint): Statement.Subject(name: "key:\(fingerprint)", in: release)
    case .tier(let tier): Statement.Subject(name: "tier:\(tier)", in: release)
    case .stage(let stage): Statement.Subject(name: "stage:\(stage)", in: release)
    case .grant(let grant): .init(name: "grant", digest: try SHA256Digest(hex: grant.rawValue))
    case .case(let id): .init(name: "case", digest: try SHA256Digest(hex: id.rawValue))
    }
  }
}

extension Hold.Subject: CustomStringConvertible {
  /// Reads what ``description`` writes; anything else names nothing that can be held.
  public init?(text: String) {
    func rest(_ prefix: String) -> String? {
      text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }
    if let name = rest("tier:") {
      self = .tier(Tier.ID(name))
    } else if let name = rest("stage:") {
      self = .stage(Stage.ID(name))
    } else if let name = rest("grant:") {
      self = .grant(Grant.ID(name))
    } else if let name = rest("case:") {
      self = .case(Case.ID(name))
    } else if let name = rest("key:") {
      self = .key(name)
    } else if let principal = try? Principal.ID(parsing: text) {
      self = .principal(principal)
    } else {
      return nil
    }
  }

  /// Such as `tier:weights`, `person:bob`, `key:SHA256:…` or `grant:` and a digest.
  public var description: String {
    switch self {
    case .principal(let principal): principal.rawValue
    case .key(let fingerprint): "key:\(fingerprint)"
    case .tier(let tier): "tier:\(tier)"
    case .stage(let stage): "stage:\(stage)"
    case .grant(let grant): "grant:\(grant)"
    case .case(let id): "case:\(id)"
    }
  }
}
