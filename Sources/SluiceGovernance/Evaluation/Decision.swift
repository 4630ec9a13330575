internal import SluiceEncoding

/// An outcome that may be recorded; only `evaluate` can lead to one.
public struct Decision: Hashable, Sendable {
  /// The version of the rules that this code evaluates (README join 17).
  public static let rules = "sluice-rules/1"

  /// How a case can end.
  public enum Outcome: String, Hashable, Sendable { case approved, denied }

  /// What was judged.
  public let evaluation: Evaluation
  /// The outcome: `met` approves and `dead` denies.
  public let outcome: Outcome

  /// The decision that an evaluation amounts to; `nil` while the case can still go either way, and
  /// while a hold withholds the approval.
  ///
  /// A review that nobody has denied and nobody is left to approve is not denied by that: it would
  /// condemn the emergency in the second in which it was granted. It has until its deadline, by which
  /// a roster can name somebody, and is late then (governance-domain 10).
  ///
  /// What was judged must be what is: a case that is only supposed, or that was judged by a draft, is
  /// never decided.
  public init?(_ evaluation: Evaluation) {
    guard !evaluation.isSupposed else { return nil }
    self.init(supposing: evaluation)
  }

  /// The decision to which an evaluation would lead, had it been made of what is.
  package init?(supposing evaluation: Evaluation) {
    guard evaluation.case.state == .open else { return nil }
    switch evaluation.result {
    case .met where evaluation.holds.isEmpty: outcome = .approved
    case .dead where evaluation.case.kind == .review && evaluation.denials.isEmpty: return nil
    case .dead: outcome = .denied
    case .met, .open, .waiting: return nil
    }
    self.evaluation = evaluation
  }

  /// Whether a review begins with it, for which the ledger takes the next running number.
  public var beginsReview: Bool { outcome == .approved && evaluation.case.kind == .emergency }

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
    guard outcome == .approved else { return nil }
    let asked = evaluation.case
    let offer = asked.stage.flatMap { evaluation.policy.stage($0) }
    switch asked.filing {
    case .amend, .lift, .appeal, .review: return nil
    case .open(let stage, _):
      guard offer?.admits == .everyone, release.openings[stage] != nil else { return nil }
      return terms(to: .everyone, tiers: asked.manifests, in: release)
    case .access:
      guard let offer, let audience = asked.audience else { return nil }
      return terms(
        to: audience,
        tiers: asked.manifests,
        until: offer.lasts.map { evaluation.at + $0 },
        in: release
      )
    case .renew(let old, _):
      guard let audience = asked.audience, let grant = release.grants[old],
        let end = grant.notAfter
      else { return nil }
      return terms(
        to: audience,
        tiers: grant.terms.tiers,
        from: end,
        until: offer?.lasts.map { end + $0 },
        after: old,
        in: release
      )
    case .emergency(let manifests, let beneficiary, _):
      guard let rules = evaluation.policy.governance.emergency else { return nil }
      return terms(
        to: .principal(beneficiary),
        tiers: manifests,
        until: evaluation.at + rules.lasts,
        in: release
      )
    }
  }

  private func terms(
    to audience: Grant.Audience,
    tiers: [Tier.ID: SHA256Digest],
    from start: Instant? = nil,
    until end: Instant? = nil,
    after old: Grant.ID? = nil,
    in release: Release
  ) -> Grant.Terms {
    let accepted = (evaluation.best?.parts ?? []).compactMap { part in
      if case .accept(let terms) = part.requirement { terms } else { nil }
    }
    return Grant.Terms(
      release: release.id,
      case: evaluation.case.id,
      stage: evaluation.case.stage,
      audience: audience,
      tiers: tiers,
      notBefore: start ?? evaluation.at,
      notAfter: end,
      terms: release.terms(under: evaluation.policy.digest).filter { accepted.contains($0.key) },
      policy: evaluation.policy.digest,
      successorOf: old
    )
  }
}

extension Case {
  /// To whom its grant is given.
  fileprivate var audience: Grant.Audience? {
    switch party {
    case .principal(let principal): .principal(principal)
    case .group(let group): .group(group)
    case nil: nil
    }
  }
}
