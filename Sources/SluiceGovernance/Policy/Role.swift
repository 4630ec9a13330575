/// Who may approve: a name in the policy, its members in the roster.
public enum Role {
  /// The role's name.
  public typealias ID = Identifier<Role>
}
