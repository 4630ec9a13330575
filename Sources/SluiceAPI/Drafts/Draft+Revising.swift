internal import SluiceEncoding
public import SluiceGovernance

extension Draft {
  /// Words a case anew; what is `nil` stays, and verdicts on the old wording no longer count.
  ///
  /// - Parameters:
  ///   - page: The case, which the signer filed.
  ///   - purpose: Why it is asked.
  ///   - tiers: Of an `access` case, what is wanted instead.
  ///   - shown: The release: which tiers there are, and, if `rebinds`, what they stand for.
  ///   - rebinds: Whether an opening or an emergency shall name what its tiers stand for now.
  /// - Returns: The statement, whose digest is the new revision's.
  /// - Throws: The refusal that the ledger would give, as far as the pages tell.
  public func revise(
    _ page: CasePage,
    purpose: String? = nil,
    tiers: [Tier.ID]? = nil,
    on shown: ReleasePage,
    rebinds: Bool = false
  ) throws(Refusal) -> Statement {
    try requireOwn(page)
    let policy = try shown.rules(of: release)
    switch page.case.kind {
    case .amend where purpose != nil || tiers != nil || rebinds:
      throw .unfit("an amendment keeps its texts: withdraw it, and file the corrected ones")
    case .open where purpose != nil: throw .unfit("purpose: an opening has none")
    default: break
    }
    // A case that was filed under an earlier policy is held to that; the ledger has it.
    let decides = policy.digest == page.case.policy ? policy : nil
    var sorted: [Tier.ID]?
    if let tiers { sorted = try offered(tiers, by: page.case, under: decides) }
    if page.case.kind == .access {
      try requireFree(page.case.stage, sorted ?? page.case.tiers, on: shown)
    }
    return try statement(
      about: .init(name: "case", digest: try digest(of: page.case.id)),
      saying: .revise(
        Statement.Rewording(
          revision: page.case.revision,
          purpose: purpose,
          tiers: sorted,
          manifests: rebinds ? try bound(page, on: shown, under: decides) : nil
        )
      )
    )
  }

  private func offered(
    _ tiers: [Tier.ID],
    by line: CaseLine,
    under policy: Policy?
  ) throws(Refusal) -> [Tier.ID] {
    guard line.kind == .access, let stage = line.stage else {
      throw .unfit("tiers: this kind of case names none")
    }
    for tier in tiers {
      if let rationale = policy?.sealed[tier] { throw .tierSealed(tier, rationale: rationale) }
      if let offers = policy?.stage(stage)?.offers, !offers.contains(tier) {
        throw .unfit("stage \(stage) does not offer tier \(tier)")
      }
    }
    return Set(tiers).sorted { $0.rawValue < $1.rawValue }
  }

  /// Refuses tiers that a hold keeps from being asked for.
  private func requireFree(
    _ stage: Stage.ID?,
    _ tiers: [Tier.ID],
    on shown: ReleasePage
  ) throws(Refusal) {
    for subject in [stage].compactMap({ $0 }).map({ Hold.Subject.stage($0) })
      + tiers.map({ .tier($0) })
    {
      if let hold = shown.hold(on: subject) { throw .held(hold.id, hold.code) }
    }
  }

  private func bound(
    _ page: CasePage,
    on shown: ReleasePage,
    under policy: Policy?
  ) throws(Refusal) -> [Tier.ID: SHA256Digest] {
    guard page.case.kind == .open || page.case.kind == .emergency else {
      throw .unfit("manifests: this kind of case names none")
    }
    var manifests: [Tier.ID: SHA256Digest] = [:]
    for tier in page.case.tiers {
      if let manifest = shown.tier(tier)?.manifest {
        manifests[tier] = manifest
      } else if policy?.tier(tier)?.kind != .service {
        throw .tierUnbound(tier)
      } else if page.case.kind == .emergency {
        manifests[tier] = Statement.Subject(name: "tier:\(tier)", in: release).digest
      }
    }
    return manifests
  }
}
