public import SluiceEncoding

/// The outcome of `evaluate`, with all that explains it (governance-domain 5 and 12).
public struct Evaluation: Hashable, Sendable {
  /// How far a part, a branch or a case has come; later cases are better.
  public enum Result: String, Comparable, Hashable, Sendable {
    case dead, open, waiting, met

    private var rank: Int {
      switch self {
      case .dead: 0
      case .open: 1
      case .waiting: 2
      case .met: 3
      }
    }

    /// Whether `left` is further from being met.
    public static func < (left: Result, right: Result) -> Bool { left.rank < right.rank }
  }

  /// One way through the gate.
  public struct Branch: Hashable, Sendable {
    /// The worst of its parts.
    public let result: Result
    /// Its requirements, in file order.
    public let parts: [Part]
  }

  /// One requirement of one branch, judged.
  public struct Part: Hashable, Sendable {
    /// Where it stands in the policy, such as `gates.requester.require[0]`.
    public let path: String
    /// What is required.
    public let requirement: Plain
    /// How far it has come.
    public let result: Result
    /// The slots of an `approve`, in order; empty for the other kinds.
    public let slots: [Slot]
    /// Members of the role that do not count in this case, and why.
    public let notCounted: [Exclusion]
    /// The statement that meets an `answer` or an `accept`.
    public let statement: Statement.ID?
  }

  /// One place for one head.
  public struct Slot: Hashable, Sendable {
    /// The role whose head it takes.
    public let role: Role.ID
    /// Who fills it.
    public let head: Principal.ID?
    /// The approval that counts.
    public let statement: Statement.ID?
  }

  /// A member of the role that cannot count.
  public struct Exclusion: Hashable, Sendable {
    /// Why a member does not count.
    public enum Reason: String, Hashable, Sendable { case requester, beneficiary, service }
    /// Who.
    public let head: Principal.ID
    /// Why.
    public let why: Reason
  }

  /// The case.
  public let `case`: Case
  /// Log time.
  public let at: Instant
  /// The best of the branches, or `dead` by veto.
  public let result: Result
  /// Every way through the gate, in file order.
  public let branches: [Branch]
  /// Denials that did not end the case, or, if it is dead, those that ended it.
  public let denials: [Case.Verdict]
  /// The rules.
  public let policy: Policy
  /// The people.
  public let roster: Roster

  init(
    case: Case,
    at: Instant,
    result: Result,
    branches: [Branch],
    denials: [Case.Verdict],
    policy: Policy,
    roster: Roster
  ) {
    self.`case` = `case`
    self.at = at
    self.result = result
    self.branches = branches
    self.denials = denials
    self.policy = policy
    self.roster = roster
  }

  /// The first branch with the best result.
  public var best: Branch? { branches.first { $0.result == result } ?? branches.first }

  /// The statements that fill the slots of the branch that is met, in slot order.
  public var counted: [Statement.ID] {
    guard result == .met, let best else { return [] }
    return best.parts.flatMap(\.slots).compactMap(\.statement)
  }
}
