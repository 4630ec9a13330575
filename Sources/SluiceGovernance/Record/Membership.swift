public import SluiceEncoding

/// Somebody's place in a group, with its history (governance-domain 3 and 9).
public struct Membership: Hashable, Sendable {
  /// Who.
  public let member: Principal.ID
  /// What is recorded of them: field → text.
  public let fields: [String: String]
  /// The manager who invited them.
  public let invitedBy: Principal.ID
  /// Log time of the invitation.
  public let invitedAt: Instant
  /// Log time at which they left, declined or were removed.
  public internal(set) var leftAt: Instant?
  /// Who ended it.
  public internal(set) var endedBy: Principal.ID?

  /// Reads a place back from what was recorded.
  public init(
    member: Principal.ID,
    fields: [String: String],
    invitedBy: Principal.ID,
    invitedAt: Instant,
    leftAt: Instant? = nil,
    endedBy: Principal.ID? = nil
  ) {
    self.member = member
    self.fields = fields
    self.invitedBy = invitedBy
    self.invitedAt = invitedAt
    self.leftAt = leftAt
    self.endedBy = endedBy
  }

  /// Whether they are in the group.
  public var isCurrent: Bool { leftAt == nil }

  /// Whether a field that the group describes its members by is missing.
  public func lacksDescription(of group: Group) -> Bool {
    group.describe.contains { field in
      !(fields.first { $0.key.utf8.elementsEqual(field.utf8) }?.value ?? "")
        .contains { !$0.isWhitespace }
    }
  }
}

/// Somebody who may act for another in a role, for a while (governance-domain 6).
public struct Delegation: Hashable, Sendable {
  /// The statement.
  public let statement: Statement.ID
  /// In which role.
  public let role: Role.ID
  /// For whom.
  public let holder: Principal.ID
  /// Who acts.
  public let delegate: Principal.ID
  /// Log time.
  public let at: Instant
  /// The fingerprint of the key that signed it.
  public let key: String?
  /// The first second at which it counts, by what it says; it says nothing about the time before it
  /// was taken in.
  public let from: Instant
  /// The first second at which it no longer does.
  public let until: Instant

  /// The longest that one may last.
  public static let longest = Duration(seconds: 30 * 86_400)

  /// Whether it counts at `now`.
  public func isActive(at now: Instant) -> Bool { at <= now && from <= now && now < until }
}
