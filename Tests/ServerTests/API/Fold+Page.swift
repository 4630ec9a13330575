import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension Fold {
  /// The page of the release as a manager sees it.
  func page() throws -> ReleasePage {
    let policy = try release.adoption?.policy ?? FoldRules.policy()
    let roster = try FoldRules.roster()
    return ReleasePage(
      release: release.id,
      isPublic: release.isPublic,
      policy: policy.text,
      policySHA256: policy.digest,
      rosterSHA256: roster.digest,
      version: policy.version,
      adoptedAt: release.adoption?.at,
      terms: ["use": SHA256Digest(of: FoldRules.terms)],
      stages: policy.stages.map { stage in
        StageLine(
          stage: stage.id,
          offers: stage.offers,
          opens: stage.opens,
          admits: stage.admits == .everyone ? nil : "admit",
          openedAt: release.openings[stage.id]?.at,
          lasts: stage.lasts
        )
      },
      tiers: policy.tiers.map { tier in
        TierLine(
          tier: tier.id,
          kind: tier.kind,
          manifest: release.pinned(tier.id) ?? release.bindings[tier.id],
          isOpen: release.pinned(tier.id) != nil,
          isForEveryone: tier.id == "code",
          sealed: policy.sealed[tier.id],
          files: []
        )
      },
      texts: ["use": String(decoding: FoldRules.terms, as: UTF8.self)],
      forms: policy.forms.map { FormLine($0) },
      groups: policy.groups.map { GroupLine($0) },
      holds: holds().filter(\.isActive),
      next: []
    )
  }
}
