public import SluiceEncoding

/// A named list of requirements (governance-domain 2).
public struct Gate: Hashable, Sendable {
  /// The gate's name.
  public typealias ID = Identifier<Gate>

  /// Whom a gate keeps from counting, besides the parties (rule S3).
  public enum Recusal: String, CaseIterable, Hashable, Sendable {
    case sameOrganisation = "same-organisation"
    case evidenceAuthor = "evidence-author"
    case deciders
  }

  /// Its name.
  public let id: ID
  /// What must be met, all of it, in file order.
  public let requirements: [Requirement]
  /// How long deciders have before the case shows as overdue.
  public let due: Duration?
  /// How long a case lives undecided.
  public let lapse: Duration?
  /// How long after a denial the same may be asked again.
  public let reapply: Duration?
  /// Who does not count.
  public let recuse: [Recusal]
}
