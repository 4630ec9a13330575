public import SluiceEncoding

/// Judges a case: the one pure function that decides, explains, simulates and audits.
///
/// The procedure is that of governance-domain 5, steps 1-6. `release` is the fold of a log prefix.
///
/// - Parameters:
///   - case: The case, as the fold holds it.
///   - release: The state after the prefix.
///   - now: Log time.
///   - draft: A policy to judge it by instead of its own, to see what that would change.
/// - Returns: The outcome and its explanation; `nil` if the policy or the roster of the case is not
///   in the release's library, which an accepted case rules out.
public func evaluate(
  _ case: Case,
  in release: Release,
  at now: Instant,
  under draft: Policy? = nil
) -> Evaluation? {
  guard let authorities = Authority.all(over: `case`, in: release, under: draft),
    let first = authorities.first
  else { return nil }
  let sides = authorities.map { $0.judge(`case`, in: release, at: now) }
  return Evaluation(
    case: `case`,
    at: now,
    side: sides.first ?? first.judge(`case`, in: release, at: now),
    successor: sides.count > 1 ? sides[1] : nil,
    holds: release.holds(touching: `case`, at: now),
    earliest: authorities.earliest(of: sides, of: `case`, in: release),
    isSupposed: draft != nil || `case`.isSupposed
  )
}

extension Release {
  /// The holds that keep a case from being approved: on its parties and their organisations, its
  /// tiers, its stage, its grant or itself (governance-domain 7 and 10).
  public func holds(touching asked: Case, at now: Instant) -> [Hold] {
    guard !holds.isEmpty else { return [] }
    var subjects: Set<Hold.Subject> = [.case(asked.id)]
    subjects.formUnion(asked.tiers.map { .tier($0) })
    if let stage = asked.stage { subjects.insert(.stage(stage)) }
    if case .renew(let grant, _) = asked.filing { subjects.insert(.grant(grant)) }
    for party in [asked.requester, asked.beneficiary].compactMap({ $0 }) {
      subjects.insert(.principal(party))
      if let organisation = organisation(of: party) { subjects.insert(.principal(organisation)) }
    }
    return holds.filter { hold in
      if case .lift(let lifted, _) = asked.filing, hold.id == lifted { return false }
      return subjects.contains(hold.subject) && hold.isActive(at: now)
    }
  }
}
