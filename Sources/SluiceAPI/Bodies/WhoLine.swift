public import SluiceEncoding
public import SluiceGovernance

/// One answer to who may obtain what at an instant (`who`).
public struct WhoLine: Body {
  /// The tier.
  public let tier: Tier.ID
  /// To whom the grant is given.
  public let audience: Grant.Audience
  /// Who; of a grant to a group each member that it serves, of one to everyone `nil`.
  public let principal: Principal.ID?
  /// The organisation that the roster or the registry gives them.
  public let organisation: Principal.ID?
  /// The grant.
  public let grant: Grant.ID
  /// The first second at which it is worth something.
  public let since: Instant
  /// The first second at which it no longer is.
  public let until: Instant?

  /// Composes a line.
  public init(
    tier: Tier.ID,
    audience: Grant.Audience,
    principal: Principal.ID?,
    organisation: Principal.ID?,
    grant: Grant.ID,
    since: Instant,
    until: Instant?
  ) {
    self.tier = tier
    self.audience = audience
    self.principal = principal
    self.organisation = organisation
    self.grant = grant
    self.since = since
    self.until = until
  }

  /// Everybody who may obtain something at `now`, tier by tier in file order, grants in order of
  /// issue, members in order of invitation.
  ///
  /// - Parameters:
  ///   - release: The fold of the log at that instant, with all grants and memberships.
  ///   - tier: Only this tier; all if `nil`.
  ///   - now: The instant.
  /// - Returns: A line for each tier, grant and person; a grant to a group serves the members who
  ///   have accepted its texts.
  public static func lines(
    of release: Release,
    tier: Tier.ID? = nil,
    at now: Instant
  ) -> [WhoLine] {
    let named = release.adoption?.policy.tiers.map(\.id) ?? []
    let tiers = named.filter { tier == nil || tier == $0 }
    let grants = release.grants.values.sorted { $0.index < $1.index }
    return tiers.flatMap { tier in
      grants.filter { $0.terms.tiers[tier] != nil }
        .flatMap { lines(of: $0, for: tier, in: release, at: now) }
    }
  }

  private static func lines(
    of grant: Grant,
    for tier: Tier.ID,
    in release: Release,
    at now: Instant
  ) -> [WhoLine] {
    let askers: [Asker] =
      switch grant.terms.audience {
      case .everyone: [.stranger]
      case .principal(let holder): [release.asker(holder)]
      case .group(let group): release.members(of: group).map { release.asker($0.member) }
      }
    return askers.filter { asker in
      guard grant.status(at: now, holds: release.holds, asker: asker) == .live else { return false }
      guard case .group = grant.terms.audience else { return true }
      return asker.accepted.isSuperset(of: grant.terms.terms.values)
    }.map { asker in
      WhoLine(
        tier: tier,
        audience: grant.terms.audience,
        principal: asker.principal,
        organisation: asker.organisation,
        grant: grant.id,
        since: grant.terms.notBefore,
        until: grant.notAfter
      )
    }
  }

  /// An item of `who`.
  public var json: JSONValue {
    var members: JSONObject = [
      "audience": .string(audience.text), "grant": .string(grant.rawValue),
      "since": .string(since.description), "tier": .string(tier.rawValue),
    ]
    members["organisation"] = organisation.map { .string($0.rawValue) }
    members["principal"] = principal.map { .string($0.rawValue) }
    members["until"] = until.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "who")
    self.init(
      tier: try fields.name("tier"),
      audience: try Grant.Audience(text: try fields.string("audience")),
      principal: try fields.optionalPrincipal("principal"),
      organisation: try fields.optionalPrincipal("organisation"),
      grant: try fields.identity("grant"),
      since: try fields.instant("since"),
      until: try fields.optionalInstant("until")
    )
    try fields.finish()
  }
}
