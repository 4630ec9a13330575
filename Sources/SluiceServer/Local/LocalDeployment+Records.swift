public import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The holds that the reader may see, in log order.
  ///
  /// Those on tiers and stages are part of the public record; that those on others were seen is recorded.
  public func holds(_ filter: HoldFilter) async throws -> [HoldLine] {
    let instant = filter.at ?? clock()
    var lines: [HoldLine] = []
    for var seat in try await seats(amongPersonsOf: filter.release) {
      if let principal = seat.principal {
        seat.keys = Set(try await ledger.keys(of: principal).map(\.fingerprint))
      }
      let found = try await ledger.holds(of: seat.release.id).filter { hold in
        filter.asks(for: hold, at: instant) && seat.sees(hold)
      }
      if found.contains(where: { !$0.subject.isOffer && !seat.isHeld(by: $0) }) {
        try await record(.holds, of: seat.release.id)
      }
      lines += found.map { seat.line($0, at: instant) }
    }
    return lines.sorted { $0.placedAt < $1.placedAt }
  }

  /// The places in groups that the reader may see, in order of invitation: their own, and all of a group
  /// for those who invite to it, stewards and auditors.
  public func members(_ filter: MemberFilter) async throws -> [MemberLine] {
    try requireName()
    let size = try await size(at: filter.at)
    var lines: [MemberLine] = []
    for var seat in try await seats(amongPersonsOf: filter.release) {
      let groups = seat.release.adoption?.policy.groups.map(\.id) ?? []
      let managed = groups.filter { seat.manages($0) || seat.seesEverybody }
      seat = try await widened(
        seat,
        to: managed.reduce(.levelOnly) { $0.union(.group($1)) },
        after: size
      )
      let found = groups.flatMap { group in
        (seat.release.memberships[group] ?? []).filter { membership in
          (membership.member == seat.principal || managed.contains(group))
            && filter.asks(for: membership, of: group)
        }.map { seat.line($0, of: group) }
      }
      if found.contains(where: { $0.member != seat.principal }) {
        try await record(.members, of: seat.release.id)
      }
      lines += found
    }
    return lines.sorted { $0.invitedAt < $1.invitedAt }
  }

  /// What was measured, in log order, as far as the reader may see it.
  public func evidence(_ filter: EvidenceFilter) async throws -> [EvidenceLine] {
    try await seats(amongPersonsOf: filter.release).flatMap { seat in
      seat.release.evidence.compactMap { seat.line($0) }.filter { filter.asks(for: $0) }
    }.sorted { $0.at < $1.at }
  }

  /// What others vouched for, in log order: about the reader, by the reader, what the reader needs in
  /// order to decide, and all of it for stewards and auditors; that others' were seen is recorded.
  public func credentials(_ filter: CredentialFilter) async throws -> [CredentialLine] {
    try requireName()
    var lines: [(at: Instant, line: CredentialLine)] = []
    for place in try await seats(ofIssuersIn: filter.release) {
      let types = place.credentialTypes
      let seesMany = place.seesEverybody || place.vouches || !types.isEmpty
      let seat = try await widened(place, to: seesMany ? .whole : .levelOnly)
      let found = seat.release.credentials.filter { credential in
        (seat.isAbout(credential) || seat.seesEverybody || types.contains(credential.claim.type))
          && filter.asks(for: credential)
      }
      if !found.allSatisfy({ seat.isAbout($0) }) {
        try await record(.credentials, of: seat.release.id)
      }
      lines += found.map { ($0.at, CredentialLine($0, in: seat.release.id)) }
    }
    return lines.sorted { $0.at < $1.at }.map(\.line)
  }
}

extension Seat {
  /// Whether somebody vouched for the reader, or the reader did.
  fileprivate func isAbout(_ credential: Credential) -> Bool {
    principal != nil && (credential.holder == principal || credential.issuer == principal)
  }

  /// The types of credentials that gates ask for at which the reader decides.
  fileprivate var credentialTypes: Set<String> {
    guard let policy = release.adoption?.policy else { return [] }
    let wanted = policy.gates.filter { sits(at: $0.id) }.flatMap { policy.branches(of: $0.id) }
      .flatMap(\.parts).compactMap { part in
        if case .credential(let wanted) = part.requirement { wanted.type } else { nil }
      }
    return Set(wanted)
  }

  /// Whether a hold is on the reader or on what is theirs.
  fileprivate func isHeld(by hold: Hold) -> Bool {
    switch hold.subject {
    case .principal(let held): held == principal
    case .key(let fingerprint): keys.contains(fingerprint)
    case .grant(let id): release.grants[id].map { owns($0) } ?? false
    case .case(let id): release.cases[id].map { isParty(to: $0) } ?? false
    case .tier, .stage: false
    }
  }
}

extension HoldFilter {
  fileprivate func asks(for hold: Hold, at now: Instant) -> Bool {
    (reference.map { hold.id.rawValue.hasPrefix($0) } ?? true)
      && (subject == nil || hold.subject == subject)
      && (includesEnded ? hold.placedAt <= now : hold.isActive(at: now))
  }
}

extension MemberFilter {
  fileprivate func asks(for membership: Membership, of group: Group.ID) -> Bool {
    (self.group == nil || group == self.group)
      && (member == nil || membership.member == member)
      && (includesEnded || membership.isCurrent)
  }
}

extension EvidenceFilter {
  fileprivate func asks(for line: EvidenceLine) -> Bool {
    let ids = [line.id] + line.confirmations.map(\.statement)
    return (reference.map { digits in ids.contains { $0.rawValue.hasPrefix(digits) } } ?? true)
      && (tier.map { line.tiers.contains($0) } ?? true)
      && (kind.map { line.kind.utf8.elementsEqual($0.utf8) } ?? true)
  }
}

extension CredentialFilter {
  fileprivate func asks(for credential: Credential) -> Bool {
    (reference.map { credential.id.rawValue.hasPrefix($0) } ?? true)
      && (holder == nil || credential.holder == holder)
  }
}
