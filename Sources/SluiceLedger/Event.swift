package import SluiceEncoding
package import SluiceGovernance

/// One entry of the log before it has an index: what happened, and the columns by which it is found.
///
/// Members are those of `Docs/Formats/statements.md` 4 without `at`, `kind`, `seq` and `v`. The
/// columns repeat what a fold is asked for; they are derived, and are erased with the body.
package struct Event: Hashable, Sendable {
  /// Every kind of entry, by its name in the log.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case file, revise, withdraw, `return`, approve, deny, recuse, comment, answer, accept
    case credential, bind, evidence, confirm, retract, join, leave, delegate
    case hold, revoke, surrender, report, keychange
    case decide, issue, overdue, lapse
    case deliver, delivered, refuse, count, view
    case opened = "log.opened"
    case signers, tick, erase, suspend

    init(_ type: StatementType) {
      guard let kind = Kind(rawValue: type.rawValue) else {
        preconditionFailure("every statement type is a kind of entry by the same name")
      }
      self = kind
    }

    /// The statement type, if the entry records a statement.
    var type: StatementType? { StatementType(rawValue: rawValue) }

    /// Whether everybody may read it from the start: it says nothing about a person.
    var isPublic: Bool {
      switch self {
      case .opened, .signers, .tick, .erase, .suspend, .count: true
      default: false
      }
    }

    /// Whether it changes what is decided about a release.
    var folds: Bool {
      switch self {
      case .decide, .issue, .overdue, .lapse: true
      case .comment, .keychange: false
      default: type != nil
      }
    }
  }

  /// What happened.
  package let kind: Kind
  /// The further members.
  package let members: JSONObject
  /// The release it concerns.
  package var release: Release.ID?
  /// The case about a person or a group that it belongs to; `nil` for what concerns the whole release.
  package var `case`: Case.ID?
  /// The person whom it concerns.
  package var person: Principal.ID?
  /// The statement it records.
  package var statement: Statement.ID?
  /// Whether it is about a release and not about a person: sealed until the release's public record
  /// begins, public from then on (`Docs/Formats/visibility.md`).
  package var isAboutRelease: Bool
  /// Whether the entry itself is public.
  package var isPublic: Bool

  package init(
    kind: Kind,
    members: JSONObject,
    release: Release.ID? = nil,
    place: Place = Place(),
    statement: Statement.ID? = nil,
    isRecordPublic: Bool = false
  ) {
    self.kind = kind
    self.members = members
    self.release = release
    self.`case` = place.case
    self.person = place.person
    self.statement = statement
    isAboutRelease = place.isAboutRelease
    isPublic = kind.isPublic || (place.isAboutRelease && isRecordPublic)
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
