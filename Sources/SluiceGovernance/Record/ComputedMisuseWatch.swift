public import SluiceEncoding

extension Statement.Finding {
  /// What was reported about a tier and what came of it: evidence of the kind `misuse-watch`
  /// (governance-domain 11).
  ///
  /// An incident is confirmed where a steward other than the reporter confirmed the report of a leak,
  /// and where a grant of the tier was revoked for misuse or a leak.
  ///
  /// - Parameters:
  ///   - tier: The tier.
  ///   - release: The state of the release.
  ///   - reports: How many reports about the tier came in that time.
  ///   - open: How many of them nobody has dealt with.
  ///   - start: Since when it was watched.
  ///   - now: Until when.
  /// - Returns: The finding.
  public static func misuseWatch(
    of tier: Tier.ID,
    in release: Release,
    reports: Int,
    open: Int,
    from start: Instant,
    until now: Instant
  ) -> Statement.Finding {
    let leaks = release.confirmedLeaks(of: tier, at: now).count { start <= $0 }
    let revoked = release.grants.values.filter { $0.terms.tiers[tier] != nil }
      .compactMap(\.ending)
      .count { ending in
        ending.kind == .revoked && [.misuse, .leak].contains(ending.code)
          && start <= ending.at && ending.at <= now
      }
    return Statement.Finding(
      kind: "misuse-watch",
      metrics: [
        "reports": "\(reports)", "open_reports": "\(open)",
        "confirmed_incidents": "\(leaks + revoked)",
        "days_observed": "\((now - start).seconds / 86_400)",
      ],
      method: """
        Computed from the log: reports about tier \(tier) from \(start) until \(now); confirmed are \
        reports of a leak that a steward confirmed, and grants revoked for misuse or a leak.
        """
    )
  }
}

extension Release {
  /// When each leak of a tier was reported that a steward other than the reporter has confirmed.
  fileprivate func confirmedLeaks(of tier: Tier.ID, at now: Instant) -> [Instant] {
    let stewards = adoption.map { $0.roster.heads(of: $0.policy.governance.stewards) } ?? []
    return evidence.filter { report in
      report.isReport && report.manifest == standing(of: tier) && report.at <= now
        && report.confirmations.contains { confirmation in
          confirmation.by != report.by && stewards.contains(confirmation.by)
            && !isDoubtful(confirmation.key, at: confirmation.at, now: now)
        }
    }.map(\.at)
  }
}
