internal import SluiceEncoding

extension Statement.Finding {
  /// How far a tier has spread: evidence of the kind `uptake` (governance-domain 11).
  ///
  /// What everyone may have is no grant that anybody asked for, and is left out.
  ///
  /// - Parameters:
  ///   - tier: The tier.
  ///   - release: The state of the release.
  ///   - deliveries: How many deliveries of the tier there were, everyone's included.
  /// - Returns: The finding.
  public static func uptake(
    of tier: Tier.ID,
    in release: Release,
    deliveries: Int
  ) -> Statement.Finding {
    let grants = release.grants.values.filter {
      $0.terms.tiers[tier] != nil && $0.terms.audience != .everyone
    }
    let holders = Set(
      grants.flatMap { grant -> [Principal.ID] in
        switch grant.terms.audience {
        case .everyone: []
        case .principal(let holder): [holder]
        case .group(let group): release.members(of: group).map(\.member)
        }
      }
    )
    let organisations = Set(holders.compactMap { release.organisation(of: $0) })
    return Statement.Finding(
      kind: "uptake",
      metrics: [
        "grants": "\(grants.count)", "holders": "\(holders.count)",
        "organisations": "\(organisations.count)", "deliveries": "\(deliveries)",
      ],
      method: """
        Computed from the log: grants of tier \(tier) to persons and groups, ended ones included; \
        their holders, and the organisations of these where they are known; deliveries of the tier.
        """
    )
  }

  /// How long people waited for an answer: evidence of the kind `service-level`
  /// (governance-domain 11).
  ///
  /// Counted are the cases in which access to the tier was asked for. Hours run from the filing to the
  /// decision of those that were decided; the share is of those.
  ///
  /// - Parameters:
  ///   - tier: The tier.
  ///   - release: The state of the release.
  /// - Returns: The finding.
  public static func serviceLevel(of tier: Tier.ID, in release: Release) -> Statement.Finding {
    let cases = release.cases.values.filter { $0.kind == .access && $0.manifests[tier] != nil }
    let decided = cases.filter { $0.state == .approved || $0.state == .denied }
    let spans = Spans(
      decided.compactMap { asked in asked.endedAt.map { ($0 - asked.filedAt).seconds } }
    )
    var metrics = ["cases": "\(cases.count)", "overdue": "\(cases.count(where: \.wasOverdue))"]
    metrics["median_hours_to_decision"] = spans.medianHours
    metrics["p90_hours_to_decision"] = spans.ninetiethHours
    metrics["denied_share"] =
      Quotient(decided.count { $0.state == .denied }, of: decided.count)?.text()
    return Statement.Finding(
      kind: "service-level",
      metrics: metrics,
      method: """
        Computed from the log: cases that ask for tier \(tier); hours from filing to decision of the \
        \(decided.count) that were decided, the 90th percentile by rank.
        """
    )
  }
}
