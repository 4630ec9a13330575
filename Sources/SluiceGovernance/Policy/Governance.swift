/// Who closes, and which gates decide about the rules themselves (governance-domain 3 and 14).
public struct Governance: Hashable, Sendable {
  /// The role whose members hold and revoke alone.
  public let stewards: Role.ID
  /// The gate of a change of policy or roster.
  public let amend: Gate.ID
  /// The gate of ending a hold.
  public let lift: Gate.ID
  /// The gate of an appeal.
  public let appeal: Gate.ID
}
