extension Release {
  /// Whether a case that begins with `filing` is about the release and not about a person, and so part
  /// of the public record (`Docs/Formats/visibility.md` 3).
  public func isOnRecord(_ filing: Statement.Filing) -> Bool {
    switch filing {
    case .amend, .open, .emergency, .review: true
    case .access, .renew: false
    case .lift(let id, _): holds.first { $0.id == id }.map { isOnRecord($0.subject) } ?? false
    case .appeal(let id, _, _): cases[id].map { isOnRecord($0.filing) } ?? false
    }
  }

  /// Whether a hold on `subject` is about the release and not about a person.
  public func isOnRecord(_ subject: Hold.Subject) -> Bool {
    switch subject {
    case .tier, .stage: true
    case .principal, .key: false
    case .grant(let id): grants[id].map { isOnRecord($0.terms) } ?? false
    case .case(let id): cases[id].map { isOnRecord($0.filing) } ?? false
    }
  }

  /// Whether a grant is about the release and not about a person: everyone's, and that of an emergency.
  public func isOnRecord(_ terms: Grant.Terms) -> Bool {
    terms.audience == .everyone || cases[terms.case].map { isOnRecord($0.filing) } ?? false
  }
}
