/// A named bundle that is released together (governance-domain 2).
public struct Tier: Hashable, Sendable {
  /// The tier's name, which is also a branch of the release on the Hub (README join 5).
  public typealias ID = Identifier<Tier>

  /// What is in it; affects display and warnings only, never a decision.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case paper, code, data, weights, service, other
  }

  /// Its name.
  public let id: ID
  /// What is in it.
  public let kind: Kind
  /// Whose work it is.
  public let credits: [String]
  /// What it was made from.
  public let derivedFrom: [String]
  /// A word to readers.
  public let note: String?
}
