public import SluiceEncoding

/// Who may receive what before everybody may, as groups describe their members (governance-domain 9).
///
/// Members appear by their descriptions alone, so that the report can be shown to whoever has to judge
/// whether early access was fair.
public struct EarlyAccess: Hashable, Sendable {
  /// One group.
  public struct Readers: Hashable, Sendable {
    /// The group.
    public let group: Group.ID
    /// The tiers that it may receive, sorted: those granted to it, and those of stages whose gate asks
    /// for membership.
    public let tiers: [Tier.ID]
    /// How many are in it.
    public let current: Int
    /// How many were in it before.
    public let past: Int
    /// How many of all lack a description that the group asks for.
    public let undescribed: Int
    /// Field → value → how many of all, for each field that the group describes its members by.
    public let shares: [String: [String: Int]]
    /// When the first was invited.
    public let since: Instant?
  }

  /// The groups, in the order of the policy.
  public let groups: [Readers]
  /// Tier → when it opened to everyone.
  public let openings: [Tier.ID: Instant]

  /// Makes the report of a release that is folded with the members of its groups.
  public init(of release: Release) {
    let policy = release.adoption?.policy
    groups = (policy?.groups ?? []).map { Readers(of: $0, in: release) }
    openings = release.openings.values.filter(\.isForEveryone)
      .reduce(into: [:]) { known, opening in
        for tier in opening.manifests.keys {
          known[tier] = known[tier].map { min($0, opening.at) } ?? opening.at
        }
      }
  }

  /// The report for programs.
  public var json: JSONValue {
    .object([
      "groups": .array(groups.map(\.json)),
      "opened": .map(openings.map { ($0.rawValue, .string($1.description)) }),
    ])
  }
}

extension EarlyAccess.Readers {
  fileprivate init(of group: Group, in release: Release) {
    // Of each person the place that counts: the one they have, else the last that they had.
    var latest: [Principal.ID: Membership] = [:]
    for membership in release.memberships[group.id] ?? [] { latest[membership.member] = membership }
    let members = latest.values
    self.group = group.id
    tiers = release.tiers(for: group.id)
    current = members.filter(\.isCurrent).count
    past = members.count - current
    undescribed = members.filter { $0.lacksDescription(of: group) }.count
    shares = group.describe.reduce(into: [:]) { shares, field in
      let values = members.compactMap { member in
        member.fields.first { $0.key.utf8.elementsEqual(field.utf8) }?.value
      }
      shares[field] = values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    since = release.memberships[group.id]?.map(\.invitedAt).min()
  }

  fileprivate var json: JSONValue {
    var members: JSONObject = [
      "current": .integer(current), "group": .string(group.rawValue), "past": .integer(past),
      "shares": .map(
        shares.map { field, values in
          (field, .map(values.map { ($0, .integer($1)) }))
        }
      ), "tiers": .array(tiers.map { .string($0.rawValue) }), "undescribed": .integer(undescribed),
    ]
    members["since"] = since.map { .string($0.description) }
    return .object(members)
  }
}

extension Release {
  /// The tiers that a group may receive before everybody may.
  fileprivate func tiers(for group: Group.ID) -> [Tier.ID] {
    guard let policy = adoption?.policy else { return [] }
    let offered = policy.stages.filter { stage in
      guard case .gate(let gate) = stage.admits else { return false }
      return policy.branches(of: gate).flatMap(\.parts).contains { part in
        if case .member(group) = part.requirement { true } else { false }
      }
    }.flatMap(\.offers)
    let granted = grants.values.filter { $0.terms.audience == .group(group) }
      .flatMap(\.terms.tiers.keys)
    return Set(offered + granted).sorted { $0.rawValue < $1.rawValue }
  }
}
