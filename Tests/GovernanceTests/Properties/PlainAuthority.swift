import SluiceEncoding
import SluiceGovernance

/// Whether an authority consents to an amendment, counted by trying everybody in every place.
///
/// Verdicts come from what was taken in, one by one; of requirements that are no approvals the judgement
/// is taken as given.
struct PlainAuthority {
  let policy: Policy
  let roster: Roster

  /// What somebody last said about the case: who, whether it is an approval, how strongly.
  struct Word: Hashable {
    let by: Principal.ID
    let approves: Bool
    let strength: Strength
  }

  /// Whether some way through the gate of amendments is met.
  ///
  /// - Parameters:
  ///   - words: What was last said by each.
  ///   - requester: Who does not count.
  ///   - given: Of each way the parts that are no approvals: whether they are met.
  /// - Returns: Whether it consents.
  func consents(_ words: Set<Word>, requester: Principal.ID, given: [[Bool]]) -> Bool {
    let heard = words.filter { $0.by != requester && $0.by.kind == .person }
    let ways = policy.branches(of: policy.governance.amend).map { way in
      way.parts.compactMap { part -> Requirement.Approve? in
        if case .approve(let approve) = part.requirement { approve } else { nil }
      }
    }
    let isVetoed = ways.joined().contains { approve in
      guard case .count(let veto) = approve.veto else { return false }
      let against = heard.filter {
        !$0.approves && holds(approve.role, $0.by) && $0.strength >= approve.signature
      }
      return against.count >= veto
    }
    guard !isVetoed else { return false }
    return zip(ways, given).contains { approvals, others in
      let places = approvals.flatMap { Array(repeating: $0, count: $0.count) }
      return others.allSatisfy { $0 } && canFill(places, with: heard.filter(\.approves))
    }
  }

  /// Whether different people can take all places, whoever takes which.
  private func canFill(_ places: [Requirement.Approve], with heads: Set<Word>) -> Bool {
    guard let place = places.first else { return true }
    return heads.contains { head in
      holds(place.role, head.by) && head.strength >= place.signature
        && canFill(Array(places.dropFirst()), with: heads.subtracting([head]))
    }
  }

  private func holds(_ role: Role.ID, _ head: Principal.ID) -> Bool {
    roster.roles.first { $0.role == role }?.members.contains(head) ?? false
  }
}
