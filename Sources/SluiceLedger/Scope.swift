public import SluiceGovernance

/// How much of a release is folded: what concerns all of it, and what concerns some of its people.
///
/// Cases about persons, their grants, credentials, memberships and acceptances are left out where no
/// scope asks for them; so folding one case costs what its parties' and the release's own history
/// cost, however many people have asked.
public struct Scope: Hashable, Sendable {
  var isWhole = false
  var cases: Set<Case.ID> = []
  var persons: Set<Principal.ID> = []
  var groups: Set<Group.ID> = []
  /// Cases without their parties.
  var bareCases: Set<Case.ID> = []

  /// Everything.
  public static let whole = Scope(isWhole: true)
  /// The policy, the stages, the bindings, the cases about them and everyone's grants.
  public static let levelOnly = Scope()

  /// What ``levelOnly`` has, and all of one case and of its parties.
  public static func `case`(_ id: Case.ID) -> Scope { Scope(cases: [id]) }

  /// What ``levelOnly`` has, and all that concerns one person.
  public static func person(_ id: Principal.ID) -> Scope { Scope(persons: [id]) }

  /// What ``levelOnly`` has, and the members, cases and grants of one group.
  public static func group(_ id: Group.ID) -> Scope { Scope(groups: [id]) }

  /// What ``levelOnly`` has, and one case with its grant, whoever its parties are.
  static func bare(_ id: Case.ID) -> Scope { Scope(bareCases: [id]) }

  /// What either has.
  public func union(_ other: Scope) -> Scope {
    Scope(
      isWhole: isWhole || other.isWhole,
      cases: cases.union(other.cases),
      persons: persons.union(other.persons),
      groups: groups.union(other.groups),
      bareCases: bareCases.union(other.bareCases)
    )
  }
}
