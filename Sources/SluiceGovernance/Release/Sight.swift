public import SluiceEncoding

/// Who reads: what is known of them decides what they may see.
public enum Viewer: Hashable, Sendable {
  /// Somebody without a name.
  case stranger
  /// Somebody with a name; the registry can give them the auditor's mark.
  case principal(Principal.ID, isAuditor: Bool = false)
  /// Whoever is at the machine's own shell.
  case `operator`

  /// The name; the operator's shell has none.
  public var principal: Principal.ID? {
    if case .principal(let principal, _) = self { principal } else { nil }
  }
}

/// How much of a case somebody sees: each step has what the one before it has
/// (`Docs/Formats/visibility.md` 5).
public enum Sight: Int, CaseIterable, Comparable, Hashable, Sendable {
  /// As if there were no such case.
  case nothing
  /// Number, kind, stage and state: what the public record says of it. No person and no text.
  case exists
  /// All but the answers to forms.
  case page
  /// The answers too, without those to private fields.
  case answers
  /// All of it.
  case everything

  /// Whether `left` shows less.
  public static func < (left: Sight, right: Sight) -> Bool { left.rawValue < right.rawValue }
}

extension Case {
  /// What a list knows of a case without folding it.
  public struct Outline: Hashable, Sendable {
    /// Who filed it.
    public let requester: Principal.ID
    /// Who would obtain something.
    public let party: Statement.Beneficiary?
    /// The policy that it is decided under.
    public let policy: SHA256Digest
    /// The gate that decides it.
    public let gate: Gate.ID
    /// Whether it is about the release and not about a person.
    public let isOnRecord: Bool

    /// Composes what a list knows.
    public init(
      requester: Principal.ID,
      party: Statement.Beneficiary?,
      policy: SHA256Digest,
      gate: Gate.ID,
      isOnRecord: Bool
    ) {
      self.requester = requester
      self.party = party
      self.policy = policy
      self.gate = gate
      self.isOnRecord = isOnRecord
    }
  }
}

extension Policy {
  /// Of the answers to forms those that a sight shows; `nil` if it shows none.
  ///
  /// Private answers are taken out before anything is made of the rest. An answer to a field that the
  /// policy does not have is private.
  public func shown(_ answers: [Form.ID: JSONObject], with sight: Sight) -> [Form.ID: JSONObject]? {
    guard sight >= .answers else { return nil }
    guard sight < .everything else { return answers }
    return Dictionary(
      uniqueKeysWithValues: answers.map { id, given in
        let open = form(id)?.fields.filter { !$0.isPrivate } ?? []
        let members = given.members.filter { member in
          open.contains { $0.id.utf8.elementsEqual(member.name.utf8) }
        }
        return (id, JSONObject(members))
      }
    )
  }
}
