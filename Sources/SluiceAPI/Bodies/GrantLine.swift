public import SluiceEncoding
public import SluiceGovernance

/// One grant, as lists show it.
public struct GrantLine: Body {
  /// The end of a grant by an act: a steward's, or the holder's own.
  public struct Ended: Hashable, Sendable {
    /// Which act.
    public let kind: Grant.Ending.Kind
    /// Log time.
    public let at: Instant
    /// Why, from the closed list.
    public let code: ReasonCode
    /// What the holder is told.
    public let text: String

    /// Composes an end.
    public init(
      kind: Grant.Ending.Kind = .revoked,
      at: Instant,
      code: ReasonCode,
      text: String
    ) {
      self.kind = kind
      self.at = at
      self.code = code
      self.text = text
    }
  }

  /// When a grant can be renewed.
  public struct Renewal: Hashable, Sendable {
    /// The first second at which it can.
    public let from: Instant
    /// The first second at which it no longer can.
    public let until: Instant

    /// Composes a window.
    public init(from: Instant, until: Instant) {
      self.from = from
      self.until = until
    }
  }

  /// The digest of the `issue` event, in hex.
  public let id: Grant.ID
  /// The running number of the case that led to it.
  public let number: Int?
  /// The release.
  public let release: Release.ID
  /// To whom it is given.
  public let audience: Grant.Audience
  /// The stage through which it was obtained; `nil` of an emergency.
  public let stage: Stage.ID?
  /// The tiers that it opens, sorted.
  public let tiers: [Tier.ID]
  /// What it is worth at the instant of the question.
  public let status: Grant.Status
  /// The hold that keeps it from serving, if one does.
  public let held: Hold.ID?
  /// The first second at which it is worth something.
  public let notBefore: Instant
  /// The first second at which it no longer is.
  public let notAfter: Instant?
  /// The case that led to it.
  public let `case`: Case.ID
  /// The policy under which it was issued.
  public let policy: SHA256Digest
  /// The texts that were accepted for it: name → digest.
  public let terms: [Terms.ID: SHA256Digest]
  /// When it can be renewed, if it can be.
  public let renewal: Renewal?
  /// The grant that it continues.
  public let successorOf: Grant.ID?
  /// The grant that continues it.
  public let successor: Grant.ID?
  /// What the holder owes after its end, in the order of the policy.
  public let owes: [OwedLine]
  /// How it was ended, if it was.
  public let ended: Ended?

  /// Composes a line.
  public init(
    id: Grant.ID,
    number: Int?,
    release: Release.ID,
    audience: Grant.Audience,
    stage: Stage.ID?,
    tiers: [Tier.ID],
    status: Grant.Status,
    held: Hold.ID? = nil,
    notBefore: Instant,
    notAfter: Instant?,
    case: Case.ID,
    policy: SHA256Digest,
    terms: [Terms.ID: SHA256Digest] = [:],
    renewal: Renewal? = nil,
    successorOf: Grant.ID? = nil,
    successor: Grant.ID? = nil,
    owes: [OwedLine] = [],
    ended: Ended?
  ) {
    self.id = id
    self.number = number
    self.release = release
    self.audience = audience
    self.stage = stage
    self.tiers = tiers
    self.status = status
    self.held = held
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.`case` = `case`
    self.policy = policy
    self.terms = terms
    self.renewal = renewal
    self.successorOf = successorOf
    self.successor = successor
    self.owes = owes
    self.ended = ended
  }

  /// When it ended or will end: by an act, else by time.
  public var endsAt: Instant? { ended?.at ?? notAfter }
}

extension GrantLine {
  /// Which grant continues which, in a fold.
  public static func successors(in release: Release) -> [Grant.ID: Grant.ID] {
    release.grants.values.reduce(into: [:]) { successors, grant in
      if let old = grant.terms.successorOf { successors[old] = grant.id }
    }
  }

  /// Shows `grant` as it stands at `now` in a fold; `number` is that of its case.
  ///
  /// Whoever shows many gives the ``successors(in:)`` of all along.
  public init(
    _ grant: Grant,
    number: Int?,
    in release: Release,
    successors: [Grant.ID: Grant.ID]? = nil,
    at now: Instant
  ) {
    let ending = grant.ending.flatMap { $0.at <= now ? $0 : nil }
    var asker: Asker?
    if case .principal(let holder) = grant.terms.audience { asker = release.asker(holder) }
    let status = grant.status(at: now, holds: release.holds, asker: asker)
    let hold = grant.hold(at: now, among: release.holds, asker: asker)
    self.init(
      id: grant.id,
      number: number,
      release: grant.terms.release,
      audience: grant.terms.audience,
      stage: grant.terms.stage,
      tiers: grant.terms.tiers.keys.sorted { $0.rawValue < $1.rawValue },
      status: status,
      held: status == .held ? hold?.id : nil,
      notBefore: grant.terms.notBefore,
      notAfter: grant.notAfter,
      case: grant.terms.case,
      policy: grant.terms.policy,
      terms: grant.terms.terms,
      renewal: Renewal(of: grant, in: release),
      successorOf: grant.terms.successorOf,
      successor: (successors ?? Self.successors(in: release))[grant.id],
      owes: OwedLine.lines(of: grant, in: release, at: now),
      ended: ending.map { Ended(kind: $0.kind, at: $0.at, code: $0.code, text: $0.text) }
    )
  }
}

extension GrantLine.Renewal {
  /// The window of governance-domain 8, by the policy in force.
  fileprivate init?(of grant: Grant, in release: Release) {
    guard let end = grant.notAfter, let stage = grant.terms.stage,
      let renews = release.adoption?.policy.stage(stage)?.renews
    else { return nil }
    let opens = Instant(
      seconds: max(end.seconds - renews.window.seconds, grant.terms.notBefore.seconds)
    )
    self.init(from: opens, until: end + renews.grace)
  }
}
