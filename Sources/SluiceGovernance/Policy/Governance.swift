public import SluiceEncoding

/// Who closes, and which gates decide about the rules themselves (governance-domain 3 and 14).
public struct Governance: Hashable, Sendable {
  /// Access for a named person when there is no time (governance-domain 10).
  public struct Emergency: Hashable, Sendable {
    /// The gate of an emergency.
    public let gate: Gate.ID
    /// How long its grant lasts.
    public let lasts: Duration
    /// The gate of the review afterwards.
    public let review: Gate.ID
    /// How long after the emergency's decision the review must be decided.
    public let within: Duration
  }

  /// The role whose members hold and revoke alone.
  public let stewards: Role.ID
  /// The gate of a change of policy or roster.
  public let amend: Gate.ID
  /// The gate of ending a hold.
  public let lift: Gate.ID
  /// The gate of an appeal.
  public let appeal: Gate.ID
  /// Emergencies, if there can be any.
  public let emergency: Emergency?
}

/// What the adoption of a new version does to what there is (governance-domain 14).
public struct OnAdoption: Hashable, Sendable {
  /// Whether open cases begin anew under the new version; else each keeps its own.
  public let restartsCases: Bool
  /// How long grants live on; without it, as long as they would anyway.
  public let endsGrantsAfter: Duration?

  /// What holds where a policy says nothing.
  public static let keep = OnAdoption(restartsCases: false, endsGrantsAfter: nil)

  /// States what is done.
  public init(restartsCases: Bool, endsGrantsAfter: Duration?) {
    self.restartsCases = restartsCases
    self.endsGrantsAfter = endsGrantsAfter
  }
}
