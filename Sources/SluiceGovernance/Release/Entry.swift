public import SluiceEncoding

/// One entry of the log as the fold sees it.
public struct Entry: Sendable {
  /// Its index.
  public let index: Int
  /// Log time.
  public let at: Instant
  /// What it records.
  public let fact: Fact

  /// Composes an entry.
  public init(index: Int, at: Instant, fact: Fact) {
    self.index = index
    self.at = at
    self.fact = fact
  }

  /// The facts that change what is decided; deliveries and refusals do not.
  public enum Fact: Sendable {
    /// A statement was taken in; `number` is the running number of the case that a `file` begins.
    case accepted(Statement, number: Int?)
    /// A case was decided.
    case decided(Decision.Record)
    /// A grant was issued.
    case issued(Grant)
    /// The time to decide a case ran out.
    case overdue(Case.ID)
    /// A case was given up.
    case lapsed(Case.ID)
  }
}
