public import SluiceEncoding

/// Something a principal said, and that can be signed: an in-toto Statement v1.
///
/// A statement is a value; its bytes are ``canonical`` and its identity is their SHA-256. What was
/// received is verified over the received bytes and only then read; a reader accepts exactly one
/// spelling, so reading and writing give the same bytes. Source: README join 2 and
/// `Docs/Formats/statements.md`.
public struct Statement: Hashable, Sendable {
  /// The SHA-256 of the statement's bytes, in hex.
  public typealias ID = Identifier<Statement>

  /// What the signer had before them: the head of the log.
  public struct Head: Hashable, Sendable {
    /// The number of entries.
    public let size: Int
    /// The Merkle root of that many entries, 32 bytes.
    public let root: SHA256Digest

    /// Names a head.
    public init(size: Int, root: SHA256Digest) {
      self.size = size
      self.root = root
    }
  }

  /// What a statement is about: a name and the digest that ties it down.
  public struct Subject: Hashable, Sendable {
    /// The name, such as `stage:gated` or `revision`.
    public let name: String
    /// The document's digest, or that of the name in its release.
    public let digest: SHA256Digest

    /// A subject that is a document.
    public init(name: String, digest: SHA256Digest) {
      self.name = name
      self.digest = digest
    }

    /// A subject that is only a name: the digest is that of `OWNER/NAME LF name`.
    public init(name: String, in release: Release.ID) {
      self.init(name: name, digest: SHA256Digest(of: Array("\(release.rawValue)\n\(name)".utf8)))
    }
  }

  /// Who says it.
  public let by: Principal.ID
  /// When, by the signer's clock.
  public let at: Instant
  /// The origin of the deployment's log.
  public let audience: String
  /// 16 random bytes, accepted once.
  public let nonce: [UInt8]
  /// The release it concerns; empty in `keychange`.
  public let release: Release.ID
  /// The head that the signer had seen.
  public let seen: Head
  /// What it is about.
  public let subject: Subject
  /// What it says, per type.
  public let body: Body
  /// The identity: SHA-256 of the canonical bytes.
  public private(set) var id: ID

  /// Composes a statement; the subject follows from the body where it can.
  public init(
    by: Principal.ID,
    at: Instant,
    audience: String,
    nonce: [UInt8],
    release: Release.ID,
    seen: Head,
    subject: Subject,
    body: Body
  ) {
    self.init(
      by: by,
      at: at,
      audience: audience,
      nonce: nonce,
      release: release,
      seen: seen,
      subject: subject,
      body: body,
      id: ID("")
    )
    id = Self.id(of: canonical)
  }

  /// A statement whose bytes, and so whose identity, are at hand.
  init(
    by: Principal.ID,
    at: Instant,
    audience: String,
    nonce: [UInt8],
    release: Release.ID,
    seen: Head,
    subject: Subject,
    body: Body,
    id: ID
  ) {
    self.by = by
    self.at = at
    self.audience = audience
    self.nonce = nonce
    self.release = release
    self.seen = seen
    self.subject = subject
    self.body = body
    self.id = id
  }

  /// The identity of the statement with these canonical bytes.
  static func id(of canonical: [UInt8]) -> ID { ID(SHA256Digest(of: canonical).hex) }

  /// The type's name, as in `predicateType`.
  public var type: StatementType { body.type }
}

/// The closed set of statement types (governance-domain 4).
public enum StatementType: String, CaseIterable, Hashable, Sendable {
  case file, revise, withdraw, `return`, approve, deny, recuse, comment, answer, accept
  case credential, bind, evidence, confirm, retract, join, leave, delegate
  case hold, revoke, surrender, report, keychange

  /// The SSHSIG namespace whose signatures count for this type (README join 3).
  public var namespace: String {
    switch self {
    case .file, .revise, .withdraw, .answer, .accept, .surrender, .join, .leave, .report, .comment:
      "request@sluice"
    case .approve, .deny, .return, .recuse, .delegate, .bind, .evidence, .confirm, .retract,
      .credential:
      "approval@sluice"
    case .hold, .revoke: "revocation@sluice"
    case .keychange: "keychange@sluice"
    }
  }
}

/// How strongly a statement was made, weakest first (README join 3).
public enum Strength: String, CaseIterable, Comparable, Hashable, Sendable {
  case session, key, touch, pin

  /// Whether `left` is the weaker one.
  public static func < (left: Strength, right: Strength) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .session: 0
    case .key: 1
    case .touch: 2
    case .pin: 3
    }
  }
}
