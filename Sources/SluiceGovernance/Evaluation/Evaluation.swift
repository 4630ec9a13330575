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

    /// When all of it is met if only time is missing.
    var until: Instant? {
      result == .waiting ? parts.compactMap(\.until).max() : nil
    }
  }

  /// One requirement of one branch, judged.
  public struct Part: Hashable, Sendable {
    /// Where it stands in the policy, such as `gates.requester.require[0]`.
    public let path: String
    /// What is required.
    public let requirement: Plain
    /// How far it has come.
    public let result: Result
    /// What was found.
    public let found: Found
    /// Why it is not met, for machines; `nil` if it is, or only time is missing.
    public let code: String?

    /// When time alone meets it.
    public var until: Instant? {
      if case .moment(let until) = found, result == .waiting { until } else { nil }
    }

    /// The slots of an `approve`, in order; empty for the other kinds.
    public var slots: [Slot] { if case .heads(let slots, _) = found { slots } else { [] } }

    /// Members of the role that do not count in this case, and why.
    public var notCounted: [Exclusion] {
      if case .heads(_, let excluded) = found { excluded } else { [] }
    }

    /// The statement that meets an `answer`, an `accept`, a `credential` or a `member`.
    public var statement: Statement.ID? {
      if case .statement(let statement) = found { statement } else { nil }
    }
  }

  /// What was found for a part.
  public enum Found: Hashable, Sendable {
    case heads([Slot], notCounted: [Exclusion])
    case statement(Statement.ID?)
    case records([Record])
    /// Since when it is met, or when it will be; `nil` while nobody can say.
    case moment(Instant?)
  }

  /// One place for one head.
  public struct Slot: Hashable, Sendable {
    /// The role whose head it takes.
    public let role: Role.ID
    /// Who fills it.
    public let head: Principal.ID?
    /// For whom, if the head acts for another.
    public let actsFor: Principal.ID?
    /// The approval that counts.
    public let statement: Statement.ID?
  }

  /// The measurement of one tier that comes closest to what is asked.
  public struct Record: Hashable, Sendable {
    /// The tier.
    public let tier: Tier.ID
    /// The measurement; `nil` if there is none of the kind.
    public let evidence: Evidence?
    /// The last second at which it is fresh enough, where its age is limited.
    public let goodUntil: Instant?
    /// Who confirmed it, if it had to be.
    public let confirmedBy: Principal.ID?
    /// Why it does not do: `evidence.missing`, `.unmet`, `.stale` or `.unconfirmed`.
    public let code: String?
  }

  /// A member of the role that cannot count.
  public struct Exclusion: Hashable, Sendable {
    /// Why a member does not count.
    public enum Reason: String, Hashable, Sendable {
      case requester, beneficiary, service, recused
      case decider
      case placedHold = "placed-hold"
      case evidenceAuthor = "evidence-author"
      case sameOrganisation = "same-organisation"
    }
    /// Who.
    public let head: Principal.ID
    /// Why.
    public let why: Reason

    /// Says why somebody does not count.
    package init(head: Principal.ID, why: Reason) {
      self.head = head
      self.why = why
    }
  }

  /// What one authority says: of an amendment there are two, the old and the new.
  public struct Side: Hashable, Sendable {
    /// The best of the branches, or `dead` by veto.
    public let result: Result
    /// Every way through the gate, in file order.
    public let branches: [Branch]
    /// Denials by those who count here.
    public let denials: [Case.Verdict]
    /// The rules.
    public let policy: Policy
    /// The people.
    public let roster: Roster

    /// The first branch with the best result.
    public var best: Branch? { branches.first { $0.result == result } ?? branches.first }
  }

  /// The case.
  public let `case`: Case
  /// Log time.
  public let at: Instant
  /// What the rules in force say.
  public let side: Side
  /// Of an amendment, what the rules that it proposes say (governance-domain 14).
  public let successor: Side?
  /// The holds that withhold an approval.
  public let holds: [Hold]
  /// The instant at which time alone meets the gate, if nothing else happens and nothing is held;
  /// `nil` also where what is on record will be too old by then.
  public let earliest: Instant?
  /// Whether it is of a case as it is not, or by rules that are not those of the case: such an
  /// evaluation explains, and decides nothing.
  public let isSupposed: Bool

  init(
    case: Case,
    at: Instant,
    side: Side,
    successor: Side?,
    holds: [Hold],
    earliest: Instant?,
    isSupposed: Bool
  ) {
    self.`case` = `case`
    self.at = at
    self.side = side
    self.successor = successor
    self.holds = holds
    self.earliest = earliest
    self.isSupposed = isSupposed
  }

  private var sides: [Side] { [side] + [successor].compactMap { $0 } }

  /// The worse of both sides.
  public var result: Result { sides.map(\.result).min() ?? .dead }

  /// Every way through the gate in force, in file order.
  public var branches: [Branch] { side.branches }

  /// Denials that did not end the case, or, if it is dead, those that ended it.
  public var denials: [Case.Verdict] {
    var seen: Set<Statement.ID> = []
    return sides.flatMap(\.denials).filter { seen.insert($0.statement).inserted }
  }

  /// The rules in force.
  public var policy: Policy { side.policy }

  /// The people in force.
  public var roster: Roster { side.roster }

  /// The first branch with the best result.
  public var best: Branch? { side.best }

  /// The statements that fill the slots of the branches that are met, in slot order.
  public var counted: [Statement.ID] {
    guard result == .met else { return [] }
    var seen: Set<Statement.ID> = []
    return sides.flatMap { $0.best?.parts ?? [] }.flatMap(\.slots).compactMap(\.statement)
      .filter { seen.insert($0).inserted }
  }
}
