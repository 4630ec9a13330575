public import SluiceEncoding
public import SluiceGovernance

/// What somebody has to give in order to ask for tiers: which stage, which forms, which terms.
public struct Asking: Hashable, Sendable {
  /// The stage that admits.
  public let stage: Stage.ID
  /// The tiers, sorted, none twice.
  public let tiers: [Tier.ID]
  /// The forms that some way through the gate asks to be answered, in file order.
  public let forms: [Form]
  /// The texts that some way through the gate asks to be accepted, in file order: name → digest.
  public let terms: [Agreement]
  /// How long after a denial the same cannot be asked again.
  public let reapply: Duration?
  /// The groups for which their managers can ask.
  public let groups: [Group.ID]

  /// A text to be agreed to.
  public struct Agreement: Hashable, Sendable {
    /// Its name in the policy.
    public let id: Terms.ID
    /// The digest of its bytes.
    public let sha256: SHA256Digest
  }

  /// Finds out what has to be given.
  ///
  /// - Parameters:
  ///   - tiers: What is wanted; at least one.
  ///   - stage: The stage through which; without it the one open gated stage that offers all.
  ///   - page: The release.
  /// - Throws: `Refusal.unfit` if no stage fits or several do, naming them; `stageClosed` if the one
  ///   that fits has not opened; `tierSealed` for a tier that is never offered; `held` if the stage or
  ///   a tier is.
  public init(
    for tiers: [Tier.ID],
    through stage: Stage.ID? = nil,
    on page: ReleasePage
  ) throws(Refusal) {
    let policy = try page.rules(of: page.release)
    guard !tiers.isEmpty else { throw .unfit("name at least one tier") }
    for tier in tiers where policy.tier(tier) == nil {
      throw .unfit("\(page.release) has no tier \(tier); \(policy.advice(on: tier))")
    }
    let offer = try Self.stage(offering: tiers, named: stage, of: policy, on: page)
    guard case .gate(let gate) = offer.admits else {
      throw .unfit("stage \(offer.id) admits everyone: there is nothing to ask for")
    }
    for subject in [Hold.Subject.stage(offer.id)] + tiers.map({ .tier($0) }) {
      if let hold = page.hold(on: subject) { throw .held(hold.id, hold.code) }
    }
    self.stage = offer.id
    self.tiers = Set(tiers).sorted { $0.rawValue < $1.rawValue }
    groups = policy.groups.map(\.id)
    reapply = policy.gate(gate)?.reapply
    (forms, terms) = page.demands(of: gate, under: policy)
  }

  private static func stage(
    offering tiers: [Tier.ID],
    named name: Stage.ID?,
    of policy: Policy,
    on page: ReleasePage
  ) throws(Refusal) -> Stage {
    for tier in tiers {
      if let rationale = policy.sealed[tier] { throw .tierSealed(tier, rationale: rationale) }
    }
    let list = tiers.map(\.rawValue).joined(separator: ", ")
    let offering = policy.stages.filter { Set(tiers).isSubset(of: $0.offers) }
    if let name {
      guard let stage = policy.stage(name) else {
        throw .unfit("\(page.release) has no stage \(name); \(policy.advice(on: name))")
      }
      guard offering.contains(stage) else {
        throw .unfit("stage \(name) does not offer \(list), but \(stage.offered)")
      }
      guard page.stage(name)?.isOpen == true else { throw .stageClosed(name) }
      return stage
    }
    guard let first = offering.first else {
      throw .unfit("no stage of \(page.release) offers \(list) together")
    }
    let open = offering.filter { page.stage($0.id)?.isOpen == true }
    guard let firstOpen = open.first else { throw .stageClosed(first.id) }
    let gated = open.filter { $0.admits != .everyone }
    guard let only = gated.first else {
      throw .unfit("stage \(firstOpen.id) admits everyone to \(list): there is nothing to ask for")
    }
    guard gated.count == 1 else {
      let names = gated.map(\.id.rawValue).joined(separator: ", ")
      throw .unfit("several stages offer \(list), name one: \(names)")
    }
    return only
  }
}

extension ReleasePage {
  /// What some way through a gate asks to be answered and accepted, in file order.
  func demands(of gate: Gate.ID, under policy: Policy) -> ([Form], [Asking.Agreement]) {
    let wanted = policy.branches(of: gate).flatMap(\.parts).map(\.requirement)
    let agreements = policy.terms.compactMap { text -> Asking.Agreement? in
      guard wanted.contains(.accept(text.id)), let digest = terms[text.id] else { return nil }
      return Asking.Agreement(id: text.id, sha256: digest)
    }
    return (policy.forms.filter { wanted.contains(.answer($0.id)) }, agreements)
  }
}

extension Stage {
  fileprivate var offered: String { offers.map(\.rawValue).joined(separator: ", ") }
}
