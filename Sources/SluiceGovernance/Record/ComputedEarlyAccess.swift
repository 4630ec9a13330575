public import SluiceEncoding

extension Statement.Finding {
  /// Who had a tier before it opened to everyone: evidence of the kind `early-access`
  /// (governance-domain 9 and 11).
  ///
  /// Counted are those who have joined the group and are in it, and those who have left it after they
  /// could obtain the tier; an invitation alone makes nobody a reader. Nobody is counted twice. A field that is not described is none; shares are of all who are
  /// counted, and left out while nobody is, as the median is while nobody could obtain anything.
  ///
  /// - Parameters:
  ///   - tier: The tier.
  ///   - group: The early readers.
  ///   - release: The state of the release.
  ///   - lift: The moment at which everybody can have it.
  /// - Returns: The finding.
  public static func earlyAccess(
    to tier: Tier.ID,
    of group: Group,
    in release: Release,
    before lift: Instant
  ) -> Statement.Finding {
    let counted = release.readers(of: tier, in: group)
    func field(_ name: String) -> [String] {
      counted.compactMap { reader in
        reader.membership.fields[name].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
      }
    }
    let sectors = field("sector").reduce(into: [:]) { $0[$1, default: 0] += 1 }
    var metrics = [
      "members": "\(counted.count)", "sectors": "\(sectors.count)",
      "regions": "\(Set(field("region")).count)",
      "undescribed": "\(counted.count { $0.membership.lacksDescription(of: group) })",
    ]
    metrics["largest_sector_share"] =
      Quotient(sectors.values.max() ?? 0, of: counted.count)?.text()
    metrics["no_prior_relation_share"] =
      Quotient(field("relation").count { $0 == "none" }, of: counted.count)?.text()
    metrics["median_hours_before_lift"] =
      Spans(counted.compactMap(\.since).map { (lift - $0).seconds }).medianHours
    return Statement.Finding(
      kind: "early-access",
      metrics: metrics,
      method: """
        Computed from the log: members of group \(group.id) who have agreed to what it asks of them \
        and are in it, or left it after they could obtain tier \(tier); hours from then until \(lift).
        """
    )
  }
}

extension Release {
  fileprivate struct Reader {
    let membership: Membership
    /// Since when they could obtain the tier, if they could.
    let since: Instant?
  }

  /// One entry a person: the membership with which they could first obtain the tier, else the last.
  fileprivate func readers(of tier: Tier.ID, in group: Group) -> [Reader] {
    var readers: [Principal.ID: Reader] = [:]
    for membership in memberships[group.id] ?? [] {
      let since = firstAccess(of: membership, in: group.id, to: tier)
      guard since != nil || hasJoined(membership, group.id) else { continue }
      if let known = readers[membership.member]?.since, since.map({ known <= $0 }) ?? true {
        continue
      }
      readers[membership.member] = Reader(membership: membership, since: since)
    }
    return readers.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
  }

  /// Whether somebody who was invited has accepted, and is still in the group (governance-domain 9).
  ///
  /// They accept by agreeing to the texts that some way to receive as a member asks for; where there is
  /// a way that asks for none, whoever is invited is in.
  private func hasJoined(_ membership: Membership, _ group: Group.ID) -> Bool {
    let agreed = acceptances[membership.member, default: [:]]
    let ways = ways(for: group)
    return membership.isCurrent
      && (ways.isEmpty || ways.contains { way in way.allSatisfy { agreed[$0] != nil } })
  }

  /// The texts that members of a group agree to, by each way in which they receive something: through
  /// an admission that asks for membership, or by a grant of the group.
  private func ways(for group: Group.ID) -> [[SHA256Digest]] {
    guard let adoption else { return [] }
    let branches = adoption.policy.stages.flatMap { stage in
      guard case .gate(let gate) = stage.admits else { return [Branch]() }
      return adoption.policy.branches(of: gate)
    }
    let admissions = branches.map { $0.parts.map(\.requirement) }
      .filter { $0.contains(.member(group)) }
      .map { requirements in
        requirements.compactMap { requirement in
          if case .accept(let terms) = requirement { adoption.terms[terms] } else { nil }
        }
      }
    let granted = grants.values.filter { $0.terms.audience == .group(group) }
      .map { Array($0.terms.terms.values) }
    return admissions + granted
  }

  /// When somebody could first obtain a tier as a member: by a grant of their own, or by one of the
  /// group once they were in it and had accepted its texts.
  private func firstAccess(
    of membership: Membership,
    in group: Group.ID,
    to tier: Tier.ID
  ) -> Instant? {
    let instants = grants.values.filter { $0.terms.tiers[tier] != nil }.compactMap {
      grant -> Instant? in
      let begin = max(grant.terms.notBefore, membership.invitedAt)
      var since: Instant?
      switch grant.terms.audience {
      case .everyone: return nil
      case .principal(let holder): since = holder == membership.member ? begin : nil
      case .group(let holder):
        let accepted = grant.terms.terms.values.map { acceptances[membership.member]?[$0]?.at }
        guard holder == group, !accepted.contains(nil) else { return nil }
        since = ([begin] + accepted.compactMap { $0 }).max()
      }
      guard let since, membership.leftAt.map({ since < $0 }) ?? true,
        grant.endsAt.map({ since < $0 }) ?? true
      else { return nil }
      return since
    }
    return instants.min()
  }
}
