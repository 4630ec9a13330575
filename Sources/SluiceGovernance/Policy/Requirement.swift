public import SluiceEncoding

/// One condition of a gate: the ten kinds of governance-domain 5.
public indirect enum Requirement: Hashable, Sendable {
  /// A requirement that stands by itself.
  case plain(Plain)
  /// All requirements of the named gate.
  case gate(Gate.ID)
  /// One alternative, an alternative being all of its requirements.
  case any([[Requirement]])
}

/// A requirement that stands by itself, neither `gate` nor `any`.
public enum Plain: Hashable, Sendable {
  /// That many heads of a role approve.
  case approve(Requirement.Approve)
  /// Something was measured.
  case evidence(Requirement.Evidence)
  /// The beneficiary agreed to the current text.
  case accept(Terms.ID)
  /// The beneficiary's answers satisfy the form.
  case answer(Form.ID)
  /// Somebody trusted vouches for the beneficiary.
  case credential(Requirement.Credential)
  /// The beneficiary is in the group.
  case member(Group.ID)
  /// An instant has been reached.
  case after(Requirement.Moment)
  /// So much time has passed since the revision was filed.
  case wait(Duration)

  /// The word of the policy file.
  public var kind: String {
    switch self {
    case .approve: "approve"
    case .evidence: "evidence"
    case .accept: "accept"
    case .answer: "answer"
    case .credential: "credential"
    case .member: "member"
    case .after: "after"
    case .wait: "wait"
    }
  }
}

extension Requirement {
  /// An `approve` requirement.
  public struct Approve: Hashable, Sendable {
    /// How many denials by heads of the role end the case.
    public enum Veto: Hashable, Sendable {
      case none
      case count(Int)
    }

    /// Whose heads.
    public let role: Role.ID
    /// How many different ones, at least 1.
    public let count: Int
    /// When denials end the case.
    public let veto: Veto
    /// How strongly a verdict must be signed to count (README join 3).
    public let signature: Strength

    /// States whose approval is needed.
    public init(
      role: Role.ID,
      count: Int = 1,
      veto: Veto = .count(1),
      signature: Strength = .key
    ) {
      self.role = role
      self.count = count
      self.veto = veto
      self.signature = signature
    }
  }

  /// An `evidence` requirement.
  public struct Evidence: Hashable, Sendable {
    /// The kind of evidence, a free name.
    public let kind: String
    /// The tier that it must be about; without it, each tier in question.
    public let of: Tier.ID?
    /// What one and the same record must say.
    public let conditions: [Condition]
    /// How old it may be.
    public let maxAge: Duration?
    /// The role a head of which, not the author, must have confirmed it.
    public let confirm: Role.ID?

    /// States what must have been measured.
    public init(
      kind: String,
      of: Tier.ID? = nil,
      where conditions: [Condition] = [],
      maxAge: Duration? = nil,
      confirm: Role.ID? = nil
    ) {
      self.kind = kind
      self.of = of
      self.conditions = conditions
      self.maxAge = maxAge
      self.confirm = confirm
    }
  }

  /// A `credential` requirement.
  public struct Credential: Hashable, Sendable {
    /// The type of the credential, a free name.
    public let type: String
    /// Whose word counts, as `issuer:NAME` or a principal; empty: whoever holds a role of the roster.
    public let from: [String]
    /// What one and the same credential must say.
    public let conditions: [Condition]
    /// How long ago it may have been asserted.
    public let maxAge: Duration?

    /// States what must be known about the beneficiary.
    public init(
      type: String,
      from: [String] = [],
      where conditions: [Condition] = [],
      maxAge: Duration? = nil
    ) {
      self.type = type
      self.from = from
      self.conditions = conditions
      self.maxAge = maxAge
    }
  }

  /// What an `after` requirement waits for.
  public enum Moment: Hashable, Sendable {
    case instant(Instant)
    /// The opening of a stage, and so much time after it.
    case opening(Stage.ID, plus: Duration)
  }
}
