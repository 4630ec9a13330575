/// An invariant that does not hold, and the row that shows it.
public struct Finding: Hashable, Sendable {
  /// What does not hold.
  public let invariant: Invariant
  /// Where it shows.
  public let place: AuditFault.Place
  /// What is wrong there.
  public let what: String

  /// Composes a finding.
  public init(_ invariant: Invariant, _ place: AuditFault.Place, _ what: String) {
    self.invariant = invariant
    self.place = place
    self.what = what
  }
}

extension Finding: CustomStringConvertible {
  /// One line: the invariant, the place, then what is wrong there.
  public var description: String { "\(invariant.rawValue) \(place): \(what)" }
}
