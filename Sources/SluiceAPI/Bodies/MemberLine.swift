public import SluiceEncoding
public import SluiceGovernance

/// Somebody's place in a group, with its history.
public struct MemberLine: Body {
  /// The release.
  public let release: Release.ID
  /// The group.
  public let group: Group.ID
  /// Who.
  public let member: Principal.ID
  /// What is recorded of them: field → text.
  public let fields: [String: String]
  /// The manager who invited them.
  public let invitedBy: Principal.ID
  /// Log time of the invitation.
  public let invitedAt: Instant
  /// Since when they have accepted every text that the group is bound to; `nil` if not, or if there
  /// is none.
  public let acceptedAt: Instant?
  /// Log time at which they left, declined or were removed.
  public let leftAt: Instant?
  /// Who ended it.
  public let endedBy: Principal.ID?

  /// Composes a line.
  public init(
    release: Release.ID,
    group: Group.ID,
    member: Principal.ID,
    fields: [String: String],
    invitedBy: Principal.ID,
    invitedAt: Instant,
    acceptedAt: Instant? = nil,
    leftAt: Instant? = nil,
    endedBy: Principal.ID? = nil
  ) {
    self.release = release
    self.group = group
    self.member = member
    self.fields = fields
    self.invitedBy = invitedBy
    self.invitedAt = invitedAt
    self.acceptedAt = acceptedAt
    self.leftAt = leftAt
    self.endedBy = endedBy
  }

  /// Shows a membership.
  public init(
    _ membership: Membership,
    of group: Group.ID,
    in release: Release.ID,
    acceptedAt: Instant?
  ) {
    self.init(
      release: release,
      group: group,
      member: membership.member,
      fields: membership.fields,
      invitedBy: membership.invitedBy,
      invitedAt: membership.invitedAt,
      acceptedAt: acceptedAt,
      leftAt: membership.leftAt,
      endedBy: membership.endedBy
    )
  }

  /// Whether they are in the group.
  public var isCurrent: Bool { leftAt == nil }

  /// An item of `groups`.
  public var json: JSONValue {
    var members: JSONObject = [
      "fields": .texts(fields),
      "group": .string(group.rawValue),
      "invited_at": .string(invitedAt.description),
      "invited_by": .string(invitedBy.rawValue),
      "member": .string(member.rawValue),
      "release": .string(release.rawValue),
    ]
    members["accepted_at"] = acceptedAt.map { .string($0.description) }
    members["ended_by"] = endedBy.map { .string($0.rawValue) }
    members["left_at"] = leftAt.map { .string($0.description) }
    return .object(members)
  }

  /// Reads a line.
  public init(json: JSONValue) throws(Malformed) {
    var fields = try JSONFields(json, format: "member")
    self.init(
      release: try fields.release("release"),
      group: try fields.name("group"),
      member: try fields.principal("member"),
      fields: try fields.map("fields"),
      invitedBy: try fields.principal("invited_by"),
      invitedAt: try fields.instant("invited_at"),
      acceptedAt: try fields.optionalInstant("accepted_at"),
      leftAt: try fields.optionalInstant("left_at"),
      endedBy: try fields.optionalPrincipal("ended_by")
    )
    try fields.finish()
  }
}
