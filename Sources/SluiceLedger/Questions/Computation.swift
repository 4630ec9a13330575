internal import GRDB
public import SluiceEncoding
public import SluiceGovernance

/// Evidence that a deployment computes from its own records, or from inputs that are part of the record
/// (governance-domain 11).
public enum Computation: Hashable, Sendable {
  /// Who had a tier before everybody: of this group, or of the only one that the policy has.
  case earlyAccess(Group.ID?)
  /// What was reported about a tier and what came of it, since a stage that offers it opened.
  case misuseWatch
  /// How far a tier has spread.
  case uptake
  /// How long people waited for an answer.
  case serviceLevel
  /// What it would cost to make the model again.
  case replicationCost(ReplicationCost)
}

extension Ledger {
  /// Computes evidence about a tier, as the log stands.
  ///
  /// - Parameters:
  ///   - computation: What.
  ///   - tier: About which tier.
  ///   - release: Of which release.
  ///   - clock: What the process's clock shows.
  /// - Returns: The finding, which has its inputs in its method.
  /// - Throws: `Refusal.stale` where nothing is adopted or opened yet; `Refusal.unfit` for a tier or a
  ///   group that there is not; `Malformed` for inputs with which there is no sum.
  public func finding(
    _ computation: Computation,
    about tier: Tier.ID,
    in release: Release.ID,
    at clock: Instant
  ) async throws -> SluiceGovernance.Statement.Finding {
    try await database.read { db in
      let now = try logTime(clock, in: db)
      let state = try fold(release, computation.scope, in: db)
      guard let policy = state.adoption?.policy else {
        throw Refusal.stale("no policy of \(release) is in force yet")
      }
      guard policy.tier(tier) != nil else {
        let advice = Spelling.advice(on: tier.rawValue, among: policy.tiers.map(\.id.rawValue))
        throw Refusal.unfit("\(release) has no tier \(tier); \(advice)")
      }
      switch computation {
      case .replicationCost(let cost): return try cost.finding(at: now)
      case .serviceLevel: return .serviceLevel(of: tier, in: state)
      case .earlyAccess(let name):
        return .earlyAccess(
          to: tier,
          of: try policy.readers(name),
          in: state,
          before: state.lift(of: tier, under: policy, at: now)
        )
      case .uptake:
        let counts = try counts(of: tier, in: state, from: now, until: now, in: db)
        return .uptake(of: tier, in: state, deliveries: counts.deliveries)
      case .misuseWatch:
        guard let start = state.openings(of: tier, under: policy).map(\.at).min() else {
          throw Refusal.stale(
            "no stage that offers tier \(tier) has opened: nothing is watched yet"
          )
        }
        let counts = try counts(of: tier, in: state, from: start, until: now, in: db)
        return .misuseWatch(
          of: tier,
          in: state,
          reports: counts.reports,
          open: counts.openReports,
          from: start,
          until: now
        )
      }
    }
  }
}

extension Computation {
  /// How much of the release it counts.
  fileprivate var scope: Scope {
    if case .replicationCost = self { .levelOnly } else { .whole }
  }
}

extension Policy {
  /// The group that is named, or the only one.
  fileprivate func readers(_ name: Group.ID?) throws(Refusal) -> Group {
    let known = groups.map(\.id.rawValue)
    guard let name else {
      guard let only = groups.first, groups.count == 1 else {
        throw .unfit(
          known.isEmpty
            ? "the policy has no group: nobody is let in early"
            : "name the group: \(known.joined(separator: ", "))"
        )
      }
      return only
    }
    guard let group = group(name) else {
      let advice = Spelling.advice(on: name.rawValue, among: known)
      throw .unfit("the policy has no group \(name); \(advice)")
    }
    return group
  }
}

extension Release {
  /// The openings of the stages that offer a tier, or did when they opened.
  fileprivate func openings(of tier: Tier.ID, under policy: Policy) -> [Opening] {
    openings.filter { stage, opening in
      opening.manifests[tier] != nil || policy.stage(stage)?.offers.contains(tier) ?? false
    }.map(\.value)
  }

  /// The moment at which everybody can have a tier: when that stage opened, else when its gate lets it
  /// open at the earliest, and at no time that has passed.
  fileprivate func lift(of tier: Tier.ID, under policy: Policy, at now: Instant) -> Instant {
    let opened = openings(of: tier, under: policy).filter(\.isForEveryone).map(\.at).min()
    if let opened { return opened }
    let planned = policy.stages.filter { $0.admits == .everyone && $0.offers.contains(tier) }
      .flatMap { policy.branches(of: $0.opens) }
      .compactMap { branch in branch.parts.compactMap { earliest($0.requirement) }.max() }
    return max(planned.min() ?? now, now)
  }

  private func earliest(_ wanted: Plain) -> Instant? {
    guard case .after(let moment) = wanted else { return nil }
    switch moment {
    case .instant(let instant): return instant
    case .opening(let stage, let later): return openings[stage].map { $0.at + later }
    }
  }
}
