public import SluiceEncoding

/// Who may obtain which tiers, from when, until when (governance-domain 2 and 8).
public struct Grant: Hashable, Sendable {
  /// The digest of the `issue` event, in hex.
  public typealias ID = Identifier<Grant>

  /// To whom it is given.
  public enum Audience: Hashable, Sendable {
    case everyone
    case principal(Principal.ID)
    case group(Group.ID)
  }

  /// What `evaluate` allows to be issued: everything but the identity, which the log gives.
  public struct Terms: Hashable, Sendable {
    /// The release.
    public let release: Release.ID
    /// The case that was approved.
    public let `case`: Case.ID
    /// The stage through which it was obtained; `nil` of an emergency.
    public let stage: Stage.ID?
    /// To whom.
    public let audience: Audience
    /// Tier → manifest, as pinned by the stage's opening.
    public let tiers: [Tier.ID: SHA256Digest]
    /// The first second at which it is worth something.
    public let notBefore: Instant
    /// The first second at which it no longer is.
    public let notAfter: Instant?
    /// The texts that the gate had accepted.
    public let terms: [SluiceGovernance.Terms.ID: SHA256Digest]
    /// The policy under which it was decided.
    public let policy: SHA256Digest
    /// The grant that it continues.
    public let successorOf: Grant.ID?

    /// Composes what a grant says; in the ledger, what a row has that was made from an `issue`.
    package init(
      release: Release.ID,
      case: Case.ID,
      stage: Stage.ID?,
      audience: Audience,
      tiers: [Tier.ID: SHA256Digest],
      notBefore: Instant,
      notAfter: Instant?,
      terms: [SluiceGovernance.Terms.ID: SHA256Digest],
      policy: SHA256Digest,
      successorOf: Grant.ID? = nil
    ) {
      self.release = release
      self.`case` = `case`
      self.stage = stage
      self.audience = audience
      self.tiers = tiers
      self.notBefore = notBefore
      self.notAfter = notAfter
      self.terms = terms
      self.policy = policy
      self.successorOf = successorOf
    }
  }

  /// The end of a grant by an act.
  public struct Ending: Hashable, Sendable {
    /// Which act.
    public enum Kind: String, Hashable, Sendable { case revoked, surrendered }

    /// Which act.
    public let kind: Kind
    /// The statement; of an emergency whose review was denied or late, `nil`.
    public let statement: Statement.ID?
    /// Log time.
    public let at: Instant
    /// Why.
    public let code: ReasonCode
    /// What the holder is told.
    public let text: String

    /// Composes an ending; in the ledger, what a row has.
    package init(
      kind: Kind = .revoked,
      statement: Statement.ID?,
      at: Instant,
      code: ReasonCode,
      text: String
    ) {
      self.kind = kind
      self.statement = statement
      self.at = at
      self.code = code
      self.text = text
    }
  }

  /// The digest of the `issue` event.
  public let id: ID
  /// The index of the `issue` event; earlier is older.
  public let index: Int
  /// What was granted.
  public let terms: Terms
  /// How long after its end it can still be renewed, while it serves nothing; `nil` where its stage
  /// renews nothing.
  public internal(set) var grace: Duration?
  /// The end that the adoption of a later version set; never later than that of the terms.
  public internal(set) var cutAt: Instant?
  /// When and how it was ended, if it was.
  public internal(set) var ending: Ending?

  /// Reads a grant back from a row that was made from an `issue`.
  package init(
    id: ID,
    index: Int,
    terms: Terms,
    grace: Duration? = nil,
    cutAt: Instant? = nil,
    ending: Ending? = nil
  ) {
    self.id = id
    self.index = index
    self.terms = terms
    self.grace = grace
    self.cutAt = cutAt
    self.ending = ending
  }

  /// The grant that follows from a decision.
  ///
  /// - Parameters:
  ///   - terms: What `Decision.grant(in:)` allows.
  ///   - id: The digest of its `issue` event.
  ///   - index: The index of that event.
  public init(issuing terms: Terms, as id: ID, at index: Int) {
    self.init(id: id, index: index, terms: terms)
  }

  /// The first second at which it is worth nothing any more, unless it is ended before.
  public var notAfter: Instant? {
    guard let cutAt else { return terms.notAfter }
    return terms.notAfter.map { min($0, cutAt) } ?? cutAt
  }

  /// When it ended or will end: by an act, else by time.
  public var endsAt: Instant? { ending?.at ?? notAfter }
}
