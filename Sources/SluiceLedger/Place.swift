internal import SluiceEncoding
package import SluiceGovernance

/// Where an event belongs: to a case about a person, to a person, or to the release.
///
/// What belongs to neither case nor person is folded whenever the release is; the rest only where it
/// is asked for, so that folding one case costs the same however many people have asked.
package struct Place: Hashable, Sendable {
  package var `case`: Case.ID?
  package var person: Principal.ID?
  /// Whether it is about the release, and so part of its public record.
  package var isAboutRelease = false

  package init(
    case: Case.ID? = nil,
    person: Principal.ID? = nil,
    isAboutRelease: Bool = false
  ) {
    self.`case` = `case`
    self.person = person
    self.isAboutRelease = isAboutRelease
  }

  /// Part of the public record.
  static let record = Place(isAboutRelease: true)

  /// About a person.
  static func about(_ person: Principal.ID) -> Place { Place(person: person) }
}

extension Release {
  /// Where a statement belongs, by the state before it.
  func place(of statement: Statement) -> Place {
    let subject = statement.subject.digest.hex
    switch statement.body {
    case .file(let filing): return place(of: filing, as: Case.ID(statement.id.rawValue))
    case .approve(let verdict), .deny(let verdict, _): return place(ofCase: verdict.case)
    case .return(let id, _, _), .answer(.case(let id), _): return place(ofCase: id)
    case .revise, .withdraw, .recuse: return place(ofCase: Case.ID(subject))
    case .answer(.grant(let id), _): return place(ofGrant: id)
    case .revoke, .surrender: return place(ofGrant: Grant.ID(subject))
    case .accept: return .about(statement.by)
    case .credential:
      return (try? Principal.ID(parsing: statement.subject.name)).map { .about($0) } ?? Place()
    case .join(let member, _), .leave(let member): return .about(member)
    case .bind, .evidence, .confirm, .delegate: return .record
    case .retract:
      if let credential = credentials.first(where: { $0.id.rawValue == subject }) {
        return .about(credential.holder)
      }
      // Who warned of a leak is not part of the record, nor when they take the warning back.
      let isWarning = evidence.contains { $0.id.rawValue == subject && $0.isReport }
      return isWarning ? Place() : .record
    case .hold: return (try? Hold.Subject(statement.subject)).map { place(of: $0) } ?? Place()
    case .comment, .report: return remark(statement)
    case .keychange: return Place()
    }
  }

  /// Where a case belongs that is about to begin.
  private func place(of filing: Statement.Filing, as id: Case.ID) -> Place {
    guard !isOnRecord(filing) else { return .record }
    switch filing {
    case .amend, .open, .emergency, .review: return .record
    case .access(_, _, .principal(let person), _): return Place(case: id, person: person)
    case .access(_, _, .group, _): return Place(case: id)
    case .renew(let grant, _):
      return Place(case: id, person: grants[grant].flatMap { holder(of: $0) })
    case .lift(let hold, _):
      guard let hold = holds.first(where: { $0.id == hold }) else { return Place(case: id) }
      return place(of: id, undoing: place(of: hold.subject), isOfParty: false)
    case .appeal(let denied, _, _):
      return place(of: id, undoing: place(ofCase: denied), isOfParty: true)
    }
  }

  /// Where a case belongs that undoes something: wherever that is folded, its undoing must be too.
  ///
  /// It is found by the person, or by the group if the case is the group's; else it is folded always,
  /// such as the lift of a hold on an organisation or on a key.
  private func place(of id: Case.ID, undoing other: Place, isOfParty: Bool) -> Place {
    if let person = other.person { return Place(case: id, person: person) }
    return isOfParty && other.case != nil ? Place(case: id) : Place()
  }

  /// Where a case belongs that has begun.
  func place(ofCase id: Case.ID) -> Place {
    cases[id].map { place(of: $0.filing, as: id) } ?? Place()
  }

  private func place(ofGrant id: Grant.ID) -> Place {
    grants[id].map { place(of: $0.terms) } ?? Place()
  }

  /// Where a grant belongs.
  func place(of terms: Grant.Terms) -> Place {
    isOnRecord(terms) ? .record : place(ofCase: terms.case)
  }

  private func holder(of grant: Grant) -> Principal.ID? {
    if case .principal(let holder) = grant.terms.audience { holder } else { nil }
  }

  /// Where a hold on a subject belongs.
  ///
  /// A key can be an approver's, so a hold on one concerns every case, though it is nobody's business
  /// but the stewards'.
  func place(of subject: Hold.Subject) -> Place {
    switch subject {
    case .tier, .stage: .record
    case .key: Place()
    case .principal(let principal):
      principal.kind == .person ? .about(principal) : Place()
    case .grant(let id): place(ofGrant: id)
    case .case(let id): place(ofCase: id)
    }
  }

  /// Where a comment or a report belongs: a report of a leak is folded with the release, and stays
  /// sealed; a comment is part of the record if its author says so and nobody's case is its subject.
  private func remark(_ statement: Statement) -> Place {
    let place =
      (try? Hold.Subject(statement.subject)).map { self.place(of: $0) } ?? Place()
    switch statement.body {
    case .comment(_, let isPublic):
      return Place(
        case: place.case,
        person: place.person,
        isAboutRelease: isPublic && place.isAboutRelease
      )
    default: return Place(case: place.case, person: place.person)
    }
  }
}
