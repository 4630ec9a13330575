public import SluiceAPI
public import SluiceEncoding
public import SluiceGovernance
internal import SluiceLedger

extension LocalDeployment {
  /// A release as it stands, for those for whom it exists.
  ///
  /// - Throws: `Refusal.unknownRelease`, the same for one that there is not and one that the reader
  ///   may not know of.
  public func release(_ id: Release.ID) async throws -> ReleasePage {
    let seat = try await seat(in: id)
    guard let rules = Rules(seat.release) else {
      throw Refusal.stale("nothing is proposed for \(id) yet")
    }
    var tiers: [TierLine] = []
    for tier in rules.policy.tiers { tiers.append(try await line(tier, seat)) }
    return ReleasePage(
      release: id,
      isPublic: seat.release.isPublic,
      policy: rules.policy.text,
      policySHA256: rules.policy.digest,
      rosterSHA256: rules.roster.digest,
      version: rules.policy.version,
      adoptedAt: seat.release.adoption?.at,
      terms: rules.terms,
      stages: rules.policy.stages.map { seat.release.line($0) },
      tiers: tiers,
      next: next(tiers, seat)
    )
  }

  /// A text that a release names by digest: policy and terms for all who may know of the release,
  /// the roster, which names persons, for those in it.
  public func document(_ sha256: SHA256Digest, of release: Release.ID) async throws -> [UInt8] {
    let seat = try await seat(in: release)
    var named = Set(Rules(seat.release)?.digests ?? [])
    if seat.hasRole {
      for asked in seat.release.cases.values {
        guard case .amend(let policy, let roster, let terms) = asked.filing else { continue }
        named.formUnion([policy, roster] + terms.values)
      }
    }
    guard named.contains(sha256), let bytes = try await ledger.document(sha256) else {
      throw Refusal.stale("\(release) names no text with the digest \(sha256)")
    }
    return bytes
  }

  /// The reader's seat in a release that exists for the reader.
  ///
  /// - Throws: `Refusal.unknownRelease`; `badToken` to somebody whose token may be why.
  func seat(in id: Release.ID) async throws -> Seat {
    let unknown = reader == .unknownToken ? Refusal.badToken : .unknownRelease(id)
    do {
      let scope = reader.principal.map { Scope.person($0) } ?? .levelOnly
      let seat = Seat(reader: reader, release: try await ledger.release(id, scope: scope))
      guard seat.knowsRelease else { throw unknown }
      return seat
    } catch Refusal.unknownRelease { throw unknown }
  }

  /// The files of a tier that is not open are shown to those who open it.
  private func line(_ tier: Tier, _ seat: Seat) async throws -> TierLine {
    let release = seat.release
    let stages = release.openings.keys.compactMap { release.adoption?.policy.stage($0) }
      .filter { $0.offers.contains(tier.id) }
    let isShown = !stages.isEmpty || seat.hasRole
    let manifest = isShown ? release.pinned(tier.id) ?? release.bindings[tier.id] : nil
    var files: [ManifestFile] = []
    if let manifest { files = try await ledger.files(of: manifest) }
    return TierLine(
      tier: tier.id,
      kind: tier.kind,
      manifest: manifest,
      isOpen: !stages.isEmpty,
      isForEveryone: stages.contains { $0.admits == .everyone },
      files: files.map { FileLine(path: $0.path, size: $0.size, sha256: $0.sha256) }
    )
  }

  private func next(_ tiers: [TierLine], _ seat: Seat) -> [String] {
    let release = seat.release
    let own = release.cases.values.filter { $0.beneficiary == reader.principal && $0.isOpen }
      .sorted { $0.number < $1.number }
    if reader.principal != nil, !own.isEmpty {
      return own.map { "How case \($0.number) stands: sluice explain case \($0.number)" }
    }
    let now = clock()
    let held = release.grants.values.filter {
      $0.status(at: now) == .live && $0.includes(reader.principal)
    }.flatMap(\.terms.tiers.keys)
    return tiers.filter { $0.isOpen && !$0.isForEveryone && !held.contains($0.tier) }
      .map { "Ask for access: sluice request \(release.id) --tier \($0.tier)" }
  }
}

/// The rules that a page shows: those in force, before that those last proposed.
private struct Rules {
  let policy: Policy
  let roster: Roster
  let terms: [Terms.ID: SHA256Digest]

  init?(_ release: Release) {
    if let adoption = release.adoption {
      (policy, roster, terms) = (adoption.policy, adoption.roster, adoption.terms)
      return
    }
    let proposals = release.cases.values.filter { $0.kind == .amend }
    guard let last = proposals.max(by: { $0.number < $1.number }),
      case .amend(let policy, let roster, let terms) = last.filing,
      let policy = release.library.policies[policy], let roster = release.library.rosters[roster]
    else { return nil }
    (self.policy, self.roster, self.terms) = (policy, roster, terms)
  }

  /// What everybody who knows of the release may read.
  var digests: [SHA256Digest] { [policy.digest] + terms.values }
}

extension Release {
  fileprivate func line(_ stage: Stage) -> StageLine {
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
