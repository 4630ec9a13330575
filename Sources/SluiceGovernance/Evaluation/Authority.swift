internal import SluiceEncoding

/// The rules and the people that one side of a case is judged by.
struct Authority {
  let policy: Policy
  let roster: Roster
  let gate: Gate.ID

  /// Who decides a case: the rules in force for it and, of an amendment, those that it proposes.
  ///
  /// - Returns: At least one; `nil` if a text is not in the release's library, or a draft has no gate
  ///   for the case.
  static func all(
    over asked: Case,
    in release: Release,
    under draft: Policy? = nil
  ) -> [Authority]? {
    guard let policy = draft ?? release.policy(of: asked), let roster = release.roster(of: asked)
    else { return nil }
    var gate = asked.gate
    if let draft {
      guard let drafted = release.gate(deciding: asked.filing, under: draft) else { return nil }
      gate = drafted
    }
    let first = Authority(policy: policy, roster: roster, gate: gate)
    guard case .amend(let next, _, _, _) = asked.filing, release.adoption != nil else {
      return [first]
    }
    guard let next = release.library.policies[next], let people = release.proposedRoster(of: asked)
    else { return nil }
    return [first, Authority(policy: next, roster: people, gate: next.governance.amend)]
  }

  func electorate(of asked: Case, in release: Release, at now: Instant) -> Electorate {
    Electorate(of: asked, at: gate, in: release, policy: policy, roster: roster, at: now)
  }

  /// Steps 1 to 6 of the procedure.
  func judge(_ asked: Case, in release: Release, at now: Instant) -> Evaluation.Side {
    let branches = policy.branches(of: gate)
    var ballot = Ballot(electorate(of: asked, in: release, at: now))
    let judged = branches.map { ballot.judge($0) }
    let isVetoed = ballot.isVetoed(branches)
    return Evaluation.Side(
      result: isVetoed ? .dead : judged.map(\.result).max() ?? .dead,
      branches: judged,
      denials: ballot.denials(in: branches),
      policy: policy,
      roster: roster
    )
  }
}

extension [Authority] {
  /// The instant at which time alone meets all sides, of which each is met or waiting.
  ///
  /// What is met now can be too old by then: an instant counts only if the gate is met at it.
  func earliest(of sides: [Evaluation.Side], of asked: Case, in release: Release) -> Instant? {
    guard sides.map(\.result).min() == .waiting else { return nil }
    let instants = Set(sides.flatMap(\.branches).compactMap(\.until)).sorted()
    return instants.first { instant in
      allSatisfy { $0.judge(asked, in: release, at: instant).result == .met }
    }
  }
}
