package import SluiceEncoding
package import SluiceGovernance

/// A stage that has opened, as far as a repository shows it.
package struct OpenStage: Hashable, Sendable {
  /// One of the tiers that it offers.
  package struct Offer: Hashable, Sendable {
    /// The tier.
    package let tier: Tier.ID
    /// Whether it holds weights, of which `main` has one tier only.
    package let isWeights: Bool
    /// What it stands for.
    package let manifest: SHA256Digest

    /// Names a tier on offer.
    package init(_ tier: Tier.ID, isWeights: Bool, manifest: SHA256Digest) {
      self.tier = tier
      self.isWeights = isWeights
      self.manifest = manifest
    }
  }

  /// The stage.
  package let id: Stage.ID
  /// When it opened.
  package let at: Instant
  /// Whether it admits everyone.
  package let isForEveryone: Bool
  /// What it offers, in the order of the policy.
  package let offers: [Offer]

  /// Describes an open stage.
  package init(_ id: Stage.ID, at instant: Instant, isForEveryone: Bool, offers: [Offer]) {
    self.id = id
    at = instant
    self.isForEveryone = isForEveryone
    self.offers = offers
  }

  /// The stages that a release has opened, in order of opening.
  ///
  /// What a stage offered when it opened, and to whom, is pinned: a later policy that has the stage no
  /// more takes nothing back.
  static func all(of release: Release) -> [OpenStage] {
    release.openings.sorted { $0.value.order < $1.value.order }.map { id, opening in
      let order = release.adoption?.policy.stage(id)?.offers ?? []
      let rest = opening.manifests.keys.filter { !order.contains($0) }
        .sorted { $0.rawValue < $1.rawValue }
      return OpenStage(
        id,
        at: opening.at,
        isForEveryone: opening.isForEveryone,
        offers: (order + rest).compactMap { tier in
          opening.manifests[tier].map { manifest in
            Offer(tier, isWeights: release.kind(of: tier) == .weights, manifest: manifest)
          }
        }
      )
    }
  }
}

extension Release {
  /// The kind of a tier, by the latest policy that has it.
  fileprivate func kind(of tier: Tier.ID) -> Tier.Kind? {
    adoptions.reversed().lazy.compactMap { $0.policy.tier(tier)?.kind }.first
  }
}

extension Repository {
  /// Lays out what a release has opened.
  ///
  /// - Parameters:
  ///   - id: The release.
  ///   - stages: Its open stages, in order of opening.
  ///   - files: What each manifest that they offer lists, its bundle included.
  ///   - sealed: The tiers that are never offered, with the rationale.
  package init(
    _ id: Release.ID,
    stages: [OpenStage],
    files: [SHA256Digest: [RepositoryFile]],
    sealed: [Tier.ID: String] = [:]
  ) {
    var commits: [Commit] = []
    var branches: [Branch] = []
    var main: Commit?
    for (index, stage) in stages.enumerated() {
      let tiers = OpenTier.all(in: stages[...index])
      let next = Self.main(tiers, files, "Stage \(stage.id) opened", at: stage.at)
      main = next
      for tier in tiers where !branches.contains(where: { $0.name == tier.id.rawValue }) {
        let commit = Commit(
          tier.id,
          tier.manifest,
          at: stage.at,
          files: files[tier.manifest] ?? []
        )
        branches.append(Branch(name: tier.id.rawValue, commit: commit.id))
        commits.append(commit)
      }
      if !commits.contains(where: { $0.id == next.id }) { commits.append(next) }
    }
    self.id = id
    isPublic = stages.contains(where: \.isForEveryone)
    isGated = stages.contains { !$0.isForEveryone }
    self.branches = (main.map { [Branch(name: "main", commit: $0.id)] } ?? []) + branches
    self.commits = commits
    self.sealed = sealed
  }

  /// The same with a branch more, for somebody who was granted a tier that no stage has opened.
  ///
  /// The other branches and their listings stay what they are for everybody.
  func adding(_ tier: Tier.ID, _ commit: Commit) -> Repository {
    guard !branches.contains(where: { $0.name.utf8.elementsEqual(tier.rawValue.utf8) }) else {
      return self
    }
    return Repository(
      id: id,
      isPublic: isPublic,
      isGated: isGated,
      branches: branches + [Branch(name: tier.rawValue, commit: commit.id)],
      commits: [commit] + commits,
      sealed: sealed
    )
  }

  /// What `main` is: a later layer covers an earlier one where both have a path.
  private static func main(
    _ tiers: [OpenTier],
    _ files: [SHA256Digest: [RepositoryFile]],
    _ title: String,
    at instant: Instant
  ) -> Commit {
    var lines = ""
    var found: [RepositoryFile] = []
    for layer in OpenTier.layers(tiers) {
      lines += "\(layer.id) \(layer.manifest.hex)\n"
      let above = files[layer.manifest] ?? []
      found.removeAll { below in above.contains { $0.excludes(below) } }
      found += above
    }
    return Commit(
      id: String(SHA256Digest(of: lines.utf8).hex.prefix(40)),
      title: title,
      at: instant,
      files: found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    )
  }
}

extension Repository.Commit {
  /// The one commit of a tier: its id follows from its manifest.
  init(_ tier: Tier.ID, _ manifest: SHA256Digest, at instant: Instant, files: [RepositoryFile]) {
    self.init(
      id: String(manifest.hex.prefix(40)),
      title: "Tier \(tier)",
      at: instant,
      files: files
    )
  }
}

extension RepositoryFile {
  /// Whether both cannot be in one directory: the same path, or a file where the other needs a
  /// directory.
  fileprivate func excludes(_ other: RepositoryFile) -> Bool {
    let (one, two) = (path.utf8, other.path.utf8)
    return one.elementsEqual(two) || one.starts(with: "\(other.path)/".utf8)
      || two.starts(with: "\(path)/".utf8)
  }
}

/// A tier that some stage has opened.
private struct OpenTier {
  let id: Tier.ID
  let isWeights: Bool
  let manifest: SHA256Digest
  // The number of the first opening that admits everyone to it, and its place there.
  var openedToEveryone: (Int, Int)?

  /// The tiers of `stages`, in order of opening.
  static func all(in stages: ArraySlice<OpenStage>) -> [OpenTier] {
    var tiers: [OpenTier] = []
    for (number, stage) in stages.enumerated() {
      for (place, offer) in stage.offers.enumerated() {
        let index = tiers.firstIndex { $0.id == offer.tier } ?? tiers.endIndex
        if index == tiers.endIndex {
          tiers.append(
            OpenTier(id: offer.tier, isWeights: offer.isWeights, manifest: offer.manifest)
          )
        }
        if stage.isForEveryone, tiers[index].openedToEveryone == nil {
          tiers[index].openedToEveryone = (number, place)
        }
      }
    }
    return tiers
  }

  /// The layers of `main`, the lowest first: what is not weights, gated below everyone's; on top one
  /// of weights, the newest that is everyone's, else the newest.
  static func layers(_ tiers: [OpenTier]) -> [OpenTier] {
    let gated = tiers.filter { $0.openedToEveryone == nil }
    let everyones = tiers.filter { $0.openedToEveryone != nil }
      .sorted { ($0.openedToEveryone ?? (0, 0)) < ($1.openedToEveryone ?? (0, 0)) }
    let top = everyones.last(where: \.isWeights) ?? gated.last(where: \.isWeights)
    return (gated + everyones).filter { !$0.isWeights } + [top].compactMap { $0 }
  }
}
