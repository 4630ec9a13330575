public import SluiceEncoding

/// An offer: tiers, the gate that opens it and the gate that admits (governance-domain 2).
public struct Stage: Hashable, Sendable {
  /// The stage's name.
  public typealias ID = Identifier<Stage>

  /// Who is let in once the stage is open.
  public enum Admission: Hashable, Sendable {
    case everyone
    case gate(Gate.ID)
  }

  /// Its name.
  public let id: ID
  /// The tiers on offer, in file order.
  public let offers: [Tier.ID]
  /// The gate that an opening passes.
  public let opens: Gate.ID
  /// Who is let in.
  public let admits: Admission
  /// How long a grant lasts; without it, until it is revoked.
  public let lasts: Duration?
  /// A word to readers.
  public let note: String?
}
