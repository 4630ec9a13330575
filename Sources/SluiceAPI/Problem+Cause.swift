public import SluiceEncoding
public import SluiceGovernance

extension Problem {
  /// Which of several causes a refusal has, where they are mended differently.
  ///
  /// The code is the same for all, and so is the exit status; sentence and acts are the cause's.
  public enum Cause: Hashable, Sendable {
    /// The key is that of somebody else than the one who is said to speak.
    case keyOf(Principal.ID)
    /// The key is registered for a member of the roster, and the roster lists other keys of theirs.
    case keyNotInRoster(Principal.ID)
    /// The key is listed for somebody in a roster that is not in force, which this case proposed.
    case keyOfProposal(Principal.ID, case: Int)
    /// The token was never issued here.
    case tokenUnknown
    /// The token was revoked.
    case tokenRevoked(at: Instant)
    /// There was no token, and whoever has none can make themselves known.
    case registers
    /// The time for which the token was issued is over.
    case tokenEnded(at: Instant)
  }

  /// What a refusal is about, as far as it is known where the refusal is put into words.
  public struct Matter: Hashable, Sendable {
    /// The release.
    public let release: Release.ID?
    /// The tier.
    public let tier: Tier.ID?
    /// The running number of the case.
    public let `case`: Int?
    /// Why, where the code alone does not say it.
    public let cause: Cause?
    /// The part of the policy on which it rests, as far as the reader may see it.
    public let clause: Clause?

    /// Names what is known.
    public init(
      release: Release.ID? = nil,
      tier: Tier.ID? = nil,
      case: Int? = nil,
      cause: Cause? = nil,
      clause: Clause? = nil
    ) {
      self.release = release
      self.tier = tier
      self.`case` = `case`
      self.cause = cause
      self.clause = clause
    }
  }
}
