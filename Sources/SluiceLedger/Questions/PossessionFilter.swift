public import SluiceEncoding
public import SluiceGovernance

/// Which of the files that were received are meant: those that fit everything that is given.
public struct PossessionFilter: Hashable, Sendable {
  /// Of this tier.
  public var tier: Tier.ID?
  /// At this path.
  public var file: String?
  /// With this content, under whatever path.
  public var sha256: SHA256Digest?
  /// By this principal.
  public var principal: Principal.ID?
  /// Under this grant.
  public var grant: Grant.ID?

  /// Composes a filter; by default everything is meant.
  public init(
    tier: Tier.ID? = nil,
    file: String? = nil,
    sha256: SHA256Digest? = nil,
    principal: Principal.ID? = nil,
    grant: Grant.ID? = nil
  ) {
    self.tier = tier
    self.file = file
    self.sha256 = sha256
    self.principal = principal
    self.grant = grant
  }
}

/// A page of what was received.
public struct PossessionPage: Hashable, Sendable {
  /// The lines, earliest first.
  public let lines: [Possession]
  /// After which delivery the next page begins; `nil` after the last.
  public let next: Int?
}

/// How much was received.
public struct PossessionTotals: Hashable, Sendable {
  /// How many lines there are.
  public let lines: Int
  /// How many people received something; those who were erased are not among them.
  public let recipients: Int
  /// How many deliveries were begun.
  public let deliveries: Int
}

/// What was handed out of tiers that are for everyone and is a number in the log, without a name.
public struct CountedHandOuts: Hashable, Sendable {
  /// How often something was handed out.
  public let served: Int
  /// The bytes that left, at most.
  public let bytes: Int
}
