public import SluiceGovernance

/// A statement as it was handed in, with what shows whose it is.
public struct Submission: Sendable {
  /// What shows who says it.
  public enum Proof: Sendable {
    /// An armored SSH signature over the exact bytes; `second` is the new key's in a `keychange`.
    case signature(armor: [UInt8], second: [UInt8]? = nil)
    /// A bearer token that was presented, by its id; the daemon vouches for it.
    case session(Principal.ID, token: String)
  }

  /// The exact bytes.
  public let statement: [UInt8]
  /// What shows whose they are.
  public let proof: Proof

  /// Hands in the bytes of a statement.
  public init(statement: [UInt8], proof: Proof) {
    self.statement = statement
    self.proof = proof
  }
}

/// Why statements were not taken in, and how far they were listened to.
public struct Declined: Error, Hashable, Sendable {
  /// What was refused.
  public let refusal: Refusal
  /// The statements of which it was known by then who says them, the refused one last if it is among
  /// them; of any other it is open whose it is.
  public let heard: [SluiceGovernance.Statement]

  init(_ refusal: Refusal, heard: [SluiceGovernance.Statement]) {
    self.refusal = refusal
    self.heard = heard
  }
}

/// What statements caused.
public struct Receipt: Sendable {
  /// One entry that was appended.
  public struct Event: Hashable, Sendable {
    /// Its index in the log.
    public let index: Int
    /// What it records, as in `Docs/Formats/statements.md` 4.
    public let kind: String
  }

  /// The entries, in log order.
  public internal(set) var events: [Event] = []
  /// The cases that were begun or moved, as they stand now, by number.
  public internal(set) var cases: [Case] = []
  /// The grants that were issued or ended.
  public internal(set) var grants: [Grant] = []
}
