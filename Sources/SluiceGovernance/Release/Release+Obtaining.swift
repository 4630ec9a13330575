public import SluiceEncoding

extension Release {
  /// The grant on which handing a tier to somebody would count: the delivery rule, asked of a tier
  /// instead of one of its files (governance-domain 8).
  ///
  /// - Parameters:
  ///   - asker: Who asks.
  ///   - tier: What for; of a service, to use it.
  ///   - named: The grant that they insist on, if any.
  ///   - now: Log time.
  /// - Returns: The grant.
  /// - Throws: `tierSealed` or `stageClosed` where nobody can have it, else what the delivery rule
  ///   says.
  public func grant(
    for asker: Asker,
    tier: Tier.ID,
    named: Grant.ID? = nil,
    at now: Instant
  ) throws(Refusal) -> Grant {
    guard let policy = adoption?.policy else { throw .unknownRelease(id) }
    let covering = grants.values.filter { $0.terms.tiers[tier] != nil && $0.includes(asker) }
    guard covering.isEmpty else { return try grant(among: covering, asker, tier, named, at: now) }
    guard policy.tier(tier) != nil else {
      let advice = Spelling.advice(on: tier.rawValue, among: policy.tiers.map(\.id.rawValue))
      throw .unfit("the policy has no tier \(tier); \(advice)")
    }
    if let rationale = policy.sealed[tier] { throw .tierSealed(tier, rationale: rationale) }
    let offering = policy.stages.filter { $0.offers.contains(tier) }
    guard offering.contains(where: { openings[$0.id] != nil }) else {
      throw offering.first.map { .stageClosed($0.id) } ?? .noGrant(pending: nil)
    }
    throw .noGrant(pending: pending(for: asker, tier))
  }

  /// Of several manifests that grants pin for a tier, what they stand for now comes first.
  private func grant(
    among covering: [Grant],
    _ asker: Asker,
    _ tier: Tier.ID,
    _ named: Grant.ID?,
    at now: Instant
  ) throws(Refusal) -> Grant {
    let standing = standing(of: tier)
    let pinned = Set(covering.compactMap { $0.terms.tiers[tier] }).sorted()
    var refusal = Refusal.noGrant(pending: pending(for: asker, tier))
    for manifest in pinned.filter({ $0 == standing }) + pinned.filter({ $0 != standing }) {
      do throws(Refusal) {
        return try DeliveryRule.grant(
          among: covering,
          for: asker,
          manifest: manifest,
          named: named,
          holds: holds,
          at: now
        )
      } catch { refusal = error }
    }
    throw refusal
  }

  /// The number of the asker's own open case about a tier, the newest.
  private func pending(for asker: Asker, _ tier: Tier.ID) -> Int? {
    guard let principal = asker.principal else { return nil }
    return cases.values.filter {
      $0.isOpen && $0.beneficiary == principal && $0.manifests[tier] != nil
    }.map(\.number).max()
  }
}
