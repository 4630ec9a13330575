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

  /// A statement that was taken in, with what the log says beside it.
  public struct Said: Sendable {
    /// What was said.
    public let statement: Statement
    /// How strongly.
    public let strength: Strength
    /// The fingerprint of the key that signed it, `SHA256:…`; `nil` of a session.
    public let key: String?
    /// Of a `file`, the running number of the case that it begins.
    public let number: Int?
    /// The organisation that the registry gave, at that moment, to the person whom it concerns: the
    /// beneficiary of a `file`, the member of a `join`.
    public let organisation: Principal.ID?

    /// Composes what the log says of a statement.
    public init(
      _ statement: Statement,
      strength: Strength = .key,
      key: String? = nil,
      number: Int? = nil,
      organisation: Principal.ID? = nil
    ) {
      self.statement = statement
      self.strength = strength
      self.key = key
      self.number = number
      self.organisation = organisation
    }
  }

  /// The facts that change what is decided; deliveries and refusals do not.
  public enum Fact: Sendable {
    /// A statement was taken in.
    case accepted(Said)
    /// A case was decided.
    case decided(Decision.Record)
    /// A case is taken as approved; no log says so.
    case supposed(Premise)
    /// A grant was issued.
    case issued(Grant)
    /// The time to decide a case ran out.
    case overdue(Case.ID)
    /// What was owed after a grant was not given in time: its place in the stage's list, and the
    /// digest of the event, which names the hold that may follow.
    case unpaid(Grant.ID, owes: Int, event: SHA256Digest)
    /// A case was given up.
    case lapsed(Case.ID)
    /// The clock jumped, and time stands still for `after` and `wait`; or it was confirmed.
    case clock(isPaused: Bool)
  }
}
