public import SluiceGovernance

/// How much of a release is folded: what concerns all of it, and what concerns some of its people.
///
/// Access cases, their grants and acceptances of terms are left out where no scope asks for them;
/// so folding one case costs what that case and the release's own history cost, however many people
/// have asked.
public struct Scope: Hashable, Sendable {
  var isWhole = false
  var cases: Set<Case.ID> = []
  var persons: Set<Principal.ID> = []

  /// Everything.
  public static let whole = Scope(isWhole: true)
  /// The policy, the stages, the bindings, the cases about them and everyone's grants.
  public static let levelOnly = Scope()

  /// What ``levelOnly`` has, and all of one case.
  public static func `case`(_ id: Case.ID) -> Scope { Scope(cases: [id]) }

  /// What ``levelOnly`` has, and all cases, grants and acceptances of one beneficiary.
  public static func person(_ id: Principal.ID) -> Scope { Scope(persons: [id]) }

  /// What either has.
  public func union(_ other: Scope) -> Scope {
    Scope(
      isWhole: isWhole || other.isWhole,
      cases: cases.union(other.cases),
      persons: persons.union(other.persons)
    )
  }
}
