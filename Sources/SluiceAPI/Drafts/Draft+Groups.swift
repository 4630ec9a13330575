public import SluiceGovernance

extension Draft {
  /// Invites somebody into a group, with what the group describes its members by.
  ///
  /// - Parameters:
  ///   - member: Who.
  ///   - group: The group, which the signer manages.
  ///   - fields: Field → text.
  ///   - page: The release.
  ///   - members: Who is in the group, as far as it is known.
  /// - Returns: The statement.
  /// - Throws: `unfit` for a group, a field or a sector that there is not, `stale` for a member.
  public func join(
    _ member: Principal.ID,
    _ group: Group.ID,
    fields: [String: String],
    on page: ReleasePage,
    members: [MemberLine] = []
  ) throws(Refusal) -> Statement {
    guard let group = try page.rules(of: release).group(group) else { throw .notEligible(by) }
    guard member.kind == .person else { throw .unfit("member: \(member) is not a person") }
    for name in fields.keys.sorted() where !group.describe.contains(name) {
      let known = group.describe.joined(separator: ", ")
      throw .unfit("fields.\(name): group \(group.id) describes its members by \(known)")
    }
    if let sector = fields["sector"], !group.sectors.isEmpty, !group.sectors.contains(sector) {
      let known = group.sectors.joined(separator: ", ")
      throw .unfit("fields.sector: \(sector) is none of \(known)")
    }
    guard !isMember(member, of: group.id, among: members) else {
      throw .stale("\(member) is in group \(group.id)")
    }
    return try statement(
      about: .init(name: "group:\(group.id)", in: release),
      saying: .join(member, fields: fields)
    )
  }

  /// Ends a membership: one's own, or somebody's in a group that the signer manages.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - member: Whose; one's own, if not given.
  ///   - members: Who is in the group.
  /// - Returns: The statement.
  /// - Throws: `stale` for who is not in it.
  public func leave(
    _ group: Group.ID,
    _ member: Principal.ID? = nil,
    members: [MemberLine]
  ) throws(Refusal) -> Statement {
    let member = member ?? by
    guard isMember(member, of: group, among: members) else {
      throw .stale("\(member) is not in group \(group)")
    }
    return try statement(
      about: .init(name: "group:\(group)", in: release),
      saying: .leave(member)
    )
  }

  private func isMember(
    _ member: Principal.ID,
    of group: Group.ID,
    among members: [MemberLine]
  ) -> Bool {
    members.contains {
      $0.release == release && $0.group == group && $0.member == member && $0.isCurrent
    }
  }
}
