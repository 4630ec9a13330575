import SluiceAPI
import SluiceEncoding
import SluiceGovernance

/// Names that a deployment can know: whoever mistypes one is told before anything is asked or signed.
enum Known {
  /// What to say about a name that a release does not have.
  static func refusal<Subject>(
    of what: String,
    _ name: String,
    among known: some Sequence<Identifier<Subject>>,
    in release: Release.ID
  ) -> Refusal {
    let names = known.map(\.rawValue).sorted()
    return .unfit("\(release) has no \(what) \(name); \(Spelling.advice(on: name, among: names))")
  }
}

extension Where.Place {
  /// Refuses a person whom nobody has registered here; a server does not say who is.
  func requireKnown(_ principal: Principal.ID) async throws {
    guard principal.kind == .person else { return }
    try await local?.requireKnown(principal)
  }

  /// Refuses a subject that names what there is not.
  func requireKnown(_ topic: Topic, in release: Release.ID?) async throws {
    if case .principal(let principal) = topic { try await requireKnown(principal) }
    guard let release else { return }
    switch topic {
    case .tier(let tier):
      let known = try await rules(of: release).tiers.map(\.id)
      guard !known.contains(tier) else { return }
      throw Known.refusal(of: "tier", tier.rawValue, among: known, in: release)
    case .stage(let stage):
      let known = try await rules(of: release).stages.map(\.id)
      guard !known.contains(stage) else { return }
      throw Known.refusal(of: "stage", stage.rawValue, among: known, in: release)
    case .group(let group): try await require(group, in: release)
    case .case, .grant, .hold, .statement, .manifest, .principal, .key: return
    }
  }

  /// Refuses a group that the policy does not have.
  func require(_ group: SluiceGovernance.Group.ID, in release: Release.ID) async throws {
    let known = try await rules(of: release).groups.map(\.id)
    guard !known.contains(group) else { return }
    throw Known.refusal(of: "group", group.rawValue, among: known, in: release)
  }

  /// Refuses a role that the policy does not have.
  func require(_ role: Role.ID, in release: Release.ID) async throws {
    let known = try await rules(of: release).roles
    guard !known.contains(role) else { return }
    throw Known.refusal(of: "role", role.rawValue, among: known, in: release)
  }

  /// Refuses to suppose what nobody who is known could do.
  func requireKnown(_ supposition: Supposition) async throws {
    if let person = supposition.person { try await requireKnown(person) }
    for person in supposition.assumed.compactMap(\.person) { try await requireKnown(person) }
  }

  /// Refuses a filter by what no release that it means has, or by a person whom nobody registered.
  func requireKnown(_ filter: CaseFilter) async throws {
    if let requester = filter.requester { try await requireKnown(requester) }
    guard filter.stage != nil || filter.tier != nil else { return }
    if let release = filter.release {
      if let stage = filter.stage { try await requireKnown(.stage(stage), in: release) }
      if let tier = filter.tier { try await requireKnown(.tier(tier), in: release) }
      return
    }
    var policies: [Policy] = []
    for line in try await deployment.releases() {
      policies.append(try await rules(of: line.release))
    }
    if let stage = filter.stage {
      let known = Set(policies.flatMap(\.stages).map(\.id))
      guard known.contains(stage) else {
        throw Self.nowhere("stage", stage.rawValue, among: known.map(\.rawValue))
      }
    }
    if let tier = filter.tier {
      let known = Set(policies.flatMap(\.tiers).map(\.id))
      guard known.contains(tier) else {
        throw Self.nowhere("tier", tier.rawValue, among: known.map(\.rawValue))
      }
    }
  }

  /// What a reader sees here, who must be somebody.
  func reading(for reader: Reader) async throws -> any Deployment {
    guard let principal = reader.principal?.id else { return deployment }
    let deployment = try reading(as: principal)
    do { try await requireKnown(principal) } catch let refused as Refused {
      // A roster that is only proposed has registered nobody yet.
      let theirs = try await deployment.cases(CaseFilter(), Slice(limit: 1)).items
      if theirs.isEmpty { throw refused }
    }
    return deployment
  }

  private func rules(of release: Release.ID) async throws -> Policy {
    try await deployment.release(release).rules(of: release)
  }

  private static func nowhere(_ what: String, _ name: String, among known: [String]) -> Refusal {
    .unfit("no release has a \(what) \(name); \(Spelling.advice(on: name, among: known.sorted()))")
  }
}
