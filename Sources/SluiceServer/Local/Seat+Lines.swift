internal import SluiceAPI
internal import SluiceEncoding
internal import SluiceGovernance

extension Seat {
  /// The holds on tiers and stages that refuse now: part of the public record, but for who placed them.
  func closings(on isMeant: (Hold.Subject) -> Bool) -> [HoldLine] {
    release.holds.filter { $0.isActive(at: now) && $0.subject.isOffer && isMeant($0.subject) }
      .map { line($0, at: now) }
  }

  /// A hold as the reader may see it; never who reported what led to it.
  ///
  /// Why a tier or a stage is held, in words, is on record; why a person is, is for those who oversee
  /// or lift it.
  func line(_ hold: Hold, at instant: Instant) -> HoldLine {
    HoldLine(
      id: hold.id,
      release: release.id,
      subject: hold.subject,
      code: hold.code,
      text: hold.subject.isOffer || oversees ? hold.text : nil,
      placedBy: oversees ? hold.placedBy : nil,
      placedAt: hold.placedAt,
      until: hold.until,
      since: hold.since,
      liftedAt: hold.liftedAt,
      isActive: hold.isActive(at: instant)
    )
  }

  /// Whether the reader places holds, decides whether they end, or looks over those who do.
  var oversees: Bool {
    seesEverybody || release.adoption.map { sits(at: $0.policy.governance.lift) } ?? false
  }

  /// Whether the reader sees a hold at all: everybody those on tiers and stages, the held one those on
  /// themself and on what is theirs, and whoever may ask that a hold end all of them.
  func sees(_ hold: Hold) -> Bool {
    if hold.subject.isOffer || oversees || hasRole { return true }
    guard let principal else { return false }
    switch hold.subject {
    case .principal(let held):
      return held == principal || held == release.organisation(of: principal)
    case .key(let fingerprint): return keys.contains(fingerprint)
    case .grant(let id): return release.grants[id].map { sees($0) } ?? false
    case .case(let id): return release.cases[id].map { sight(of: $0) >= .page } ?? false
    case .tier, .stage: return true
    }
  }

  /// A measurement as the reader may see it; `nil` if they may not.
  ///
  /// Who measured is named as the roster shows them. That a leak was reported is for those with a role,
  /// who reported it for those who oversee; once it is confirmed it is in the public record.
  func line(_ evidence: Evidence) -> EvidenceLine? {
    let isOwn = evidence.by == principal
    guard hasRole || seesEverybody || isOwn || release.isPublic && !evidence.isReport else {
      return nil
    }
    let isShown = !evidence.isReport || seesEverybody || isOwn
    return EvidenceLine(evidence, in: release) { somebody in
      isShown || somebody != evidence.by ? named(somebody) : nil
    }
  }

  /// A place in a group, with when its texts were accepted.
  func line(_ membership: Membership, of group: Group.ID) -> MemberLine {
    let accepted = release.acceptances[membership.member, default: [:]]
    let times = release.texts(binding: group).map { accepted[$0]?.at }
    let isAccepted = !times.isEmpty && times.allSatisfy { $0 != nil }
    return MemberLine(
      membership,
      of: group,
      in: release.id,
      acceptedAt: isAccepted ? times.compactMap { $0 }.max() : nil
    )
  }
}

extension Hold.Subject {
  /// Whether what is offered is held, and not a person or what is a person's.
  var isOffer: Bool {
    switch self {
    case .tier, .stage: true
    case .principal, .key, .grant, .case: false
    }
  }
}

extension Release {
  /// The texts that members of a group agree to: those that stand beside it in a gate, and those of its
  /// grants.
  fileprivate func texts(binding group: Group.ID) -> Set<SHA256Digest> {
    guard let adoption else { return [] }
    let named = adoption.policy.gates.flatMap { adoption.policy.branches(of: $0.id) }
      .map { $0.parts.map(\.requirement) }.filter { $0.contains(.member(group)) }
      .joined().compactMap { wanted in
        if case .accept(let terms) = wanted { adoption.terms[terms] } else { nil }
      }
    let granted = grants.values.filter { $0.terms.audience == .group(group) }
      .flatMap(\.terms.terms.values)
    return Set(named).union(granted)
  }
}
