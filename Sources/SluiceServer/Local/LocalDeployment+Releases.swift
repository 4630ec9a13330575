public import SluiceAPI
internal import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// The releases that exist for the reader, by name.
  public func releases() async throws -> [ReleaseLine] {
    try await seats(in: nil).map { seat in
      let policy = Rules(seat.release)?.policy
      let tiers = policy?.tiers.map(\.id) ?? []
      let open = tiers.filter { !seat.release.openings(offering: $0).isEmpty }
      let everyones = open.filter { tier in
        seat.release.openings(offering: tier).contains { $0.opening.isForEveryone }
      }
      return ReleaseLine(
        release: seat.release.id,
        title: policy?.title ?? "",
        version: seat.release.adoption?.policy.version,
        publicSince: seat.release.publicSince,
        everyone: everyones,
        gated: open.filter { !everyones.contains($0) }
      )
    }
  }

  /// A release as it stands, for those for whom it exists.
  ///
  /// - Throws: `Refusal.unknownRelease`, the same for one that there is not and one that the reader
  ///   may not know of.
  public func release(_ id: Release.ID) async throws -> ReleasePage {
    let seat = try await seat(in: id)
    let release = seat.release
    guard let rules = Rules(release) else {
      throw Refusal.stale("nothing is proposed for \(id) yet")
    }
    var tiers: [TierLine] = []
    for tier in rules.policy.tiers { tiers.append(try await line(tier, rules, seat)) }
    let delegations = release.delegations.filter { $0.until > seat.now }
    return ReleasePage(
      release: id,
      isPublic: release.isPublic,
      policy: rules.policy.text,
      policySHA256: rules.policy.digest,
      rosterSHA256: rules.roster.digest,
      version: rules.policy.version,
      adoptedAt: release.adoption?.at,
      terms: rules.terms,
      stages: rules.policy.stages.map { release.line($0) },
      tiers: tiers,
      texts: try await texts(of: rules),
      forms: rules.policy.forms.map { FormLine($0) },
      groups: rules.policy.groups.map { GroupLine($0) },
      holds: seat.closings(on: { _ in true }),
      delegations: seat.hasRole ? delegations.map { DelegationLine($0) } : [],
      evidence: release.evidence.compactMap { seat.line($0) },
      adoptions: release.adoptions.map { adoption in
        AdoptionLine(adoption, number: release.cases[adoption.case]?.number)
      },
      counts: try await counts(for: seat),
      roles: seat.roles,
      next: seat.next(tiers)
    )
  }

  /// How much there is of a release: for those with a role and auditors, and for everybody once there is
  /// a public record, of which numbers are a part.
  func counts(for seat: Seat) async throws -> CountsLine? {
    guard seat.hasRole || seat.seesEverybody || seat.release.isPublic else { return nil }
    return CountsLine(try await ledger.counts(of: seat.release.id))
  }

  private func texts(of rules: Rules) async throws -> [Terms.ID: String] {
    var texts: [Terms.ID: String] = [:]
    for (id, digest) in rules.terms {
      guard let bytes = try await ledger.document(digest) else {
        throw Refusal.logCorrupt("terms \(id): the text with the digest \(digest) is missing")
      }
      texts[id] = String(decoding: bytes, as: UTF8.self)
    }
    return texts
  }

  /// The files of a tier that is not open are shown to those who open it.
  private func line(_ tier: Tier, _ rules: Rules, _ seat: Seat) async throws -> TierLine {
    let openings = seat.release.openings(offering: tier.id)
    let isShown = !openings.isEmpty || seat.hasRole
    let pinned = seat.release.pinned(tier.id) ?? seat.release.bindings[tier.id]
    let manifest = isShown ? pinned : nil
    var files: [ManifestFile] = []
    if let manifest { files = try await ledger.files(of: manifest) }
    return TierLine(
      tier: tier.id,
      kind: tier.kind,
      manifest: manifest,
      isOpen: !openings.isEmpty,
      isForEveryone: openings.contains { $0.opening.isForEveryone },
      sealed: rules.policy.sealed[tier.id],
      files: files.map { FileLine(path: $0.path, size: $0.size, sha256: $0.sha256) }
    )
  }
}

extension Seat {
  /// What the reader could do next in a release that shows these tiers.
  fileprivate func next(_ tiers: [TierLine]) -> [String] {
    let asked = release.cases.values.filter { asked in
      principal != nil && asked.isOpen
        && (asked.requester == principal || asked.beneficiary == principal)
    }.sorted { $0.number < $1.number }
    guard asked.isEmpty else {
      return asked.map { "How case \($0.number) stands: sluice explain case \($0.number)" }
    }
    let asker = release.asker(principal)
    let held = release.grants.values.filter { grant in
      grant.includes(asker) && grant.status(at: now, holds: release.holds, asker: asker) == .live
    }.flatMap(\.terms.tiers.keys)
    return owed
      + tiers.filter { $0.isOpen && !$0.isForEveryone && !held.contains($0.tier) }
      .map { "Ask for access: sluice request \(release.id) --tier \($0.tier)" }
  }

  /// What the reader owes after grants of theirs.
  private var owed: [String] {
    guard let principal else { return [] }
    let grants = release.grants.values.filter { $0.terms.audience == .principal(principal) }
    return grants.sorted { $0.index < $1.index }.flatMap { grant in
      OwedLine.lines(of: grant, in: release, at: now).filter { [.due, .late].contains($0.state) }
        .map { owed in
          let short = grant.id.rawValue.prefix(12)
          switch owed.act {
          case .answer(let form):
            return "Give what is owed: sluice answer \(release.id) \(form) --grant \(short)"
          case .accept(let terms):
            return "Give what is owed: sluice accept \(release.id) \(terms) --grant \(short)"
          }
        }
    }
  }
}

extension Release {
  /// A stage as lists show it.
  func line(_ stage: Stage) -> StageLine {
    let gate: Gate.ID? =
      switch stage.admits {
      case .everyone: nil
      case .gate(let gate): gate
      }
    return StageLine(
      stage: stage.id,
      offers: stage.offers,
      opens: stage.opens,
      admits: gate,
      openedAt: openings[stage.id]?.at,
      lasts: stage.lasts
    )
  }
}

extension CountsLine {
  fileprivate init(_ counts: Counts) {
    self.init(
      cases: counts.cases.flatMap { kind, states in
        states.map { Cases(kind: kind, state: $0.key, count: $0.value) }
      },
      overdue: counts.overdue,
      grants: counts.grants,
      ended: counts.ended,
      deliveries: counts.deliveries,
      complete: counts.complete
    )
  }
}
