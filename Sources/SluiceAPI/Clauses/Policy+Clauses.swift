public import SluiceGovernance

extension Policy {
  /// The part on which a refusal rests (governance-domain 12: each part names its line).
  ///
  /// - Parameters:
  ///   - refusal: What was turned down.
  ///   - ground: What was tried.
  /// - Returns: The part; `nil` where the refusal rests on a rule that no policy can set.
  public func clause(behind refusal: Refusal, on ground: Ground) -> Clause? {
    path(behind: refusal, on: ground).flatMap { clause(at: $0) }
  }

  private func path(behind refusal: Refusal, on ground: Ground) -> String? {
    switch refusal {
    case .stageClosed(let stage): "stages.\(stage).opens"
    case .tierSealed(let tier, _): "sealed.\(tier)"
    case .tierUnbound(let tier): "tiers.\(tier)"
    case .noGrant: admission(of: ground).map { "stages.\($0.id).admits" }
    case .grantPending, .grantExpired: admission(of: ground).map { "stages.\($0.id).lasts" }
    case .grantGrace: admission(of: ground).map { "stages.\($0.id).renews.grace" }
    case .termsUnaccepted(let terms): "terms.\(terms)"
    case .termsChanged(let subject): subject.replacing("terms:", with: "terms.", maxReplacements: 1)
    case .tooSoon: pause(before: ground)
    case .recused(_, .sameOrganisation), .recused(_, .evidenceAuthor), .recused(_, .decider):
      ground.gate.map { "gates.\($0).recuse" }
    case .ownCase, .recused, .tooWeak, .unsigned: approval(on: ground)
    case .notEligible: office(on: ground)
    case .unfit: form(on: ground)
    case .othersCase, .badSignature, .unknownKey, .wrongPerson, .wrongNamespace, .keyEnded,
      .notTouched, .replayed, .stale, .staleRevision, .caseClosed, .caseReturned, .duplicate,
      .grantSurrendered, .grantRevoked, .noToken, .badToken, .held, .unknownRelease, .unknownCase,
      .unknownGrant, .unknownHold, .unknownStatement, .asksOnly, .unconfirmed, .notForYou,
      .clockUntrusted, .logCorrupt:
      nil
    }
  }

  /// The stage that is asked for: the one that was named, else the first whose gate admits to a tier.
  private func admission(of ground: Ground) -> Stage? {
    if let named = ground.stage.flatMap({ stage($0) }) { return named }
    let offering = stages.filter { stage in ground.tiers.contains { stage.offers.contains($0) } }
    return offering.first { $0.admits != .everyone } ?? offering.first
  }

  /// What makes somebody wait before they ask again: the gate after a denial, the window of a renewal.
  private func pause(before ground: Ground) -> String? {
    guard let stage = admission(of: ground) else { return nil }
    guard ground.grant == nil else { return "stages.\(stage.id).renews.window" }
    guard case .gate(let gate) = stage.admits else { return nil }
    return "gates.\(gate).reapply"
  }

  /// The first approval that the gate of the case asks for.
  private func approval(on ground: Ground) -> String? {
    guard let gate = ground.gate else { return nil }
    let parts = branches(of: gate).flatMap(\.parts)
    return parts.first { if case .approve = $0.requirement { true } else { false } }?.path
  }

  /// Where the policy says who may do what was tried.
  private func office(on ground: Ground) -> String? {
    switch ground.type {
    case .approve, .deny, .return, .recuse: approval(on: ground)
    case .hold, .revoke: "governance.stewards"
    case .join, .leave: ground.group.map { "groups.\($0).managers" }
    case .file: ground.group.map { "groups.\($0).managers" } ?? "roles"
    case .bind, .delegate, .confirm, .credential: "roles"
    case .revise, .withdraw, .comment, .answer, .accept, .evidence, .retract, .surrender, .report,
      .keychange, nil:
      nil
    }
  }

  /// The form whose answers do not satisfy it, if it has any of that name.
  private func form(on ground: Ground) -> String? {
    ground.form.flatMap { form($0) }.map { "forms.\($0.id)" }
  }
}
