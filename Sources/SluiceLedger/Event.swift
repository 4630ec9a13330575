package import SluiceEncoding
package import SluiceGovernance

/// One entry of the log before it has an index: what happened, and the columns by which it is found.
///
/// Members are those of `Docs/Formats/statements.md` 4 without `at`, `kind`, `seq` and `v`. The
/// columns repeat what a fold is asked for; they are derived, and are erased with the body.
package struct Event: Hashable, Sendable {
  /// Every kind of entry, by its name in the log.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case file, approve, deny, answer, accept, bind, revoke, keychange
    case decide, issue, overdue, lapse
    case deliver, delivered, refuse, count
    case opened = "log.opened"
    case signers, tick

    init(_ type: StatementType) {
      switch type {
      case .file: self = .file
      case .approve: self = .approve
      case .deny: self = .deny
      case .answer: self = .answer
      case .accept: self = .accept
      case .bind: self = .bind
      case .revoke: self = .revoke
      case .keychange: self = .keychange
      }
    }

    /// Whether everybody may read it: it says nothing about a person.
    var isPublic: Bool {
      switch self {
      case .opened, .signers, .tick, .count: true
      case .file, .approve, .deny, .answer, .accept, .bind, .revoke, .keychange, .decide, .issue,
        .overdue, .lapse, .deliver, .delivered, .refuse:
        false
      }
    }

    /// Whether it changes what is decided about a release.
    var folds: Bool {
      switch self {
      case .file, .approve, .deny, .answer, .accept, .bind, .revoke, .decide, .issue, .overdue,
        .lapse:
        true
      case .keychange, .deliver, .delivered, .refuse, .count, .opened, .signers, .tick: false
      }
    }
  }

  /// What happened.
  package let kind: Kind
  /// The further members.
  package let members: JSONObject
  /// The release it concerns.
  package var release: Release.ID?
  /// The access case it belongs to; `nil` for what concerns the whole release.
  package var `case`: Case.ID?
  /// The beneficiary of that case, or who accepted terms.
  package var person: Principal.ID?
  /// The statement it records.
  package var statement: Statement.ID?

  package init(
    kind: Kind,
    members: JSONObject,
    release: Release.ID? = nil,
    case: Case.ID? = nil,
    person: Principal.ID? = nil,
    statement: Statement.ID? = nil
  ) {
    self.kind = kind
    self.members = members
    self.release = release
    self.`case` = `case`
    self.person = person
    self.statement = statement
  }

  /// The exact bytes that are committed to.
  package func canonical(at index: Int, on now: Instant) -> [UInt8] {
    var all = members
    all["at"] = .string(now.description)
    all["kind"] = .string(kind.rawValue)
    all["seq"] = .integer(index)
    all["v"] = 1
    return JSONValue.object(all).canonical
  }
}
