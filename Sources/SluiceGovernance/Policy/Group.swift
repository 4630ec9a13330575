/// Who may receive, by invitation: a list of members with a history (governance-domain 2 and 9).
public struct Group: Hashable, Sendable {
  /// The group's name.
  public typealias ID = Identifier<Group>

  /// Its name.
  public let id: ID
  /// The role whose heads invite and remove members.
  public let managers: Role.ID
  /// What is recorded of each member, in file order.
  public let describe: [String]
  /// What the field `sector` may say; empty: anything.
  public let sectors: [String]
}
