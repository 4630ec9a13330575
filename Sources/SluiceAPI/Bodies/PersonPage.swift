public import SluiceEncoding
public import SluiceGovernance

/// A principal with all that the log says about them, as far as the reader may see it.
public struct PersonPage: Body {
  /// A role in a release.
  public struct Seat: Hashable, Sendable {
    /// The release.
    public let release: Release.ID
    /// The role.
    public let role: Role.ID

    /// Names a role.
    public init(release: Release.ID, role: Role.ID) {
      self.release = release
      self.role = role
    }
  }

  /// Who.
  public let principal: Principal.ID
  /// The instant of the question.
  public let at: Instant
  /// The organisation that the registry has for them.
  public let organisation: Principal.ID?
  /// Whether they may read as auditors do.
  public let isAuditor: Bool
  /// The roles that they hold.
  public let roles: [Seat]
  /// What they were granted, in order of issue.
  public let grants: [GrantLine]
  /// What they asked for or would obtain, by number.
  public let cases: [CaseLine]
  /// The groups in which they are or were.
  public let memberships: [MemberLine]
  /// What others vouched for about them.
  public let credentials: [CredentialLine]
  /// The holds on them.
  public let holds: [HoldLine]
  /// What they received, earliest first.
  public let deliveries: [PossessionLine]

  /// Composes a page.
  public init(
    principal: Principal.ID,
    at: Instant,
    organisation: Principal.ID?,
    isAuditor: Bool,
    roles: [Seat],
    grants: [GrantLine],
    cases: [CaseLine],
    memberships: [MemberLine],
    credentials: [CredentialLine],
    holds: [HoldLine],
    deliveries: [PossessionLine]
  ) {
    self.principal = principal
    self.at = at
    self.organisation = organisation
    self.isAuditor = isAuditor
    self.roles = roles
    self.grants = grants
    self.cases = cases
    self.memberships = memberships
    self.credentials = credentials
    self.holds = holds
    self.deliveries = deliveries
  }

  /// The object of `GET /sluice/v1/audit/persons/PRINCIPAL`.
  public var json: JSONValue {
    var members: JSONObject = [
      "at": .string(at.description),
      "auditor": .bool(isAuditor),
      "cases": .array(cases.map(\.json)),
      "credentials": .array(credentials.map(\.json)),
      "deliveries": .array(deliveries.map(\.json)),
      "grants": .array(grants.map(\.json)),
      "holds": .array(holds.map(\.json)),
      "memberships": .array(memberships.map(\.json)),
      "principal": .string(principal.rawValue),
      "roles": .array(
        roles.map {
          .object(["release": .string($0.release.rawValue), "role": .string($0.role.rawValue)])
        }
      ),
    ]
    members["organisation"] = organisation.map { .string($0.rawValue) }
    return .object(members)
  }

  /// Reads a page.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "person")
    var roles: [Seat] = []
    for value in try fields.array("roles") {
      var seat = try JSONFields(value, format: "person", path: "roles")
      roles.append(Seat(release: try seat.release("release"), role: try seat.name("role")))
      try seat.finish()
    }
    self.init(
      principal: try fields.principal("principal"),
      at: try fields.instant("at"),
      organisation: try fields.optionalPrincipal("organisation"),
      isAuditor: try fields.bool("auditor"),
      roles: roles,
      grants: try fields.bodies("grants"),
      cases: try fields.bodies("cases"),
      memberships: try fields.bodies("memberships"),
      credentials: try fields.bodies("credentials"),
      holds: try fields.bodies("holds"),
      deliveries: try fields.bodies("deliveries")
    )
    try fields.finish()
  }
}
