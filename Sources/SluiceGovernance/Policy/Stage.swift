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

  /// How a grant is continued (governance-domain 8).
  public struct Renewal: Hashable, Sendable {
    /// The gate of a renewal.
    public let gate: Gate.ID
    /// How long before its end a grant can be renewed.
    public let window: Duration
    /// How long after its end it still can, while it serves nothing.
    public let grace: Duration
  }

  /// What the holder owes after a grant has ended (governance-domain 8).
  public struct Obligation: Hashable, Sendable {
    /// What pays it.
    public enum Act: Hashable, Sendable {
      case answer(Form.ID)
      case accept(Terms.ID)
    }

    /// What happens when it is not paid in time.
    public enum Consequence: String, CaseIterable, Hashable, Sendable { case hold, note }

    /// What pays it.
    public let act: Act
    /// How long after the grant's end.
    public let within: Duration
    /// What follows else.
    public let then: Consequence
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
  /// How a grant is continued, if it can be.
  public let renews: Renewal?
  /// What is owed afterwards, in file order.
  public let owes: [Obligation]
  /// A word to readers.
  public let note: String?
}
