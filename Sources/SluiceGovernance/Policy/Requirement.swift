/// One condition of a gate (governance-domain 5).
///
/// Five of the ten kinds; a policy that uses another is refused when it is read.
public indirect enum Requirement: Hashable, Sendable {
  /// That many heads of a role approve.
  case approve(Approve)
  /// The beneficiary's answers satisfy the form.
  case answer(Form.ID)
  /// The beneficiary agreed to the current text.
  case accept(Terms.ID)
  /// All requirements of the named gate.
  case gate(Gate.ID)
  /// One alternative, an alternative being all of its requirements.
  case any([[Requirement]])

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

    /// States whose approval is needed.
    public init(role: Role.ID, count: Int = 1, veto: Veto = .count(1)) {
      self.role = role
      self.count = count
      self.veto = veto
    }
  }
}
