internal import SluiceEncoding

/// An outcome that may be recorded; only `evaluate` can lead to one.
public struct Decision: Hashable, Sendable {
  /// The version of the rules that this code evaluates (README join 17).
  public static let rules = "sluice-rules/1"

  /// How a case can end.
  public enum Outcome: String, Hashable, Sendable { case approved, denied }

  /// A decision as the log records it: what the fold needs to know of one that was made before.
  public struct Record: Hashable, Sendable {
    /// The case.
    public let `case`: Case.ID
    /// The outcome.
    public let outcome: Outcome

    /// Reads back what was recorded.
    public init(case: Case.ID, outcome: Outcome) {
      self.`case` = `case`
      self.outcome = outcome
    }
  }

  /// What was judged.
  public let evaluation: Evaluation
  /// The outcome: `met` approves and `dead` denies.
  public let outcome: Outcome

  /// The decision that an evaluation amounts to; `nil` while the case can still go either way.
  public init?(_ evaluation: Evaluation) {
    guard evaluation.case.state == .open else { return nil }
    switch evaluation.result {
    case .met: outcome = .approved
    case .dead: outcome = .denied
    case .open, .waiting: return nil
    }
    self.evaluation = evaluation
  }

  /// What the fold needs to know of it.
  public var record: Record { Record(case: evaluation.case.id, outcome: outcome) }

  /// The statements that were counted: of an approval those that fill slots, in slot order.
  public var counted: [Statement.ID] {
    outcome == .approved ? evaluation.counted : evaluation.denials.map(\.statement)
  }

  /// Denials that did not end the case, sorted.
  public var dissent: [Statement.ID] {
    guard outcome == .approved else { return [] }
    return evaluation.denials.map(\.statement).sorted { $0.rawValue < $1.rawValue }
  }

  /// The grant that follows from an approval, if its kind grants anything (governance-domain 3).
  ///
  /// - Parameter release: The state after the decision was applied.
  /// - Returns: What the grant says; `nil` if nothing is granted.
  public func grant(in release: Release) -> Grant.Terms? {
    guard outcome == .approved, let stage = evaluation.case.stage,
      let offer = evaluation.policy.stage(stage), let opening = release.openings[stage]
    else { return nil }
    switch evaluation.case.filing {
    case .amend: return nil
    case .open:
      guard offer.admits == .everyone else { return nil }
      return terms(of: release, stage: offer, audience: .everyone, tiers: opening.manifests)
    case .access(_, let tiers, let beneficiary, _):
      return terms(
        of: release,
        stage: offer,
        audience: .principal(beneficiary),
        tiers: opening.manifests.filter { tiers.contains($0.key) }
      )
    }
  }

  private func terms(
    of release: Release,
    stage: Stage,
    audience: Grant.Audience,
    tiers: [Tier.ID: SHA256Digest]
  ) -> Grant.Terms {
    let accepted = (evaluation.best?.parts ?? []).compactMap { part in
      if case .accept(let terms) = part.requirement { terms } else { nil }
    }
    return Grant.Terms(
      release: release.id,
      case: evaluation.case.id,
      stage: stage.id,
      audience: audience,
      tiers: tiers,
      notBefore: evaluation.at,
      notAfter: stage.lasts.map { evaluation.at + $0 },
      terms: (release.adoption?.terms ?? [:]).filter { accepted.contains($0.key) },
      policy: evaluation.policy.digest
    )
  }
}
