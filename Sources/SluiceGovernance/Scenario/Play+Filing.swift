internal import SluiceEncoding

extension Play {
  /// What a line tells of that is filed.
  func filing(
    _ deed: Scenario.Deed,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> Statement.Filing {
    switch deed {
    case .amend(let file, let name): return try amendment(file, name, line)
    case .open(let id):
      let stage = release.adoption?.policy.stage(id)
      return .open(id, manifests: stage.map { self.manifests(of: $0) } ?? [:])
    case .access(let tiers, let stage, let party, let purpose):
      return .access(stage, tiers: tiers, beneficiary: party, purpose: purpose)
    case .renew(let name, let purpose): return .renew(try grant(name, line).id, purpose: purpose)
    case .lift(let name): return .lift(try hold(name, line).id, purpose: "")
    case .appeal(let name):
      let asked = try asked(name, line)
      return .appeal(asked.id, revision: asked.revision.id, purpose: "")
    case .emergency(let tiers, let person):
      var manifests: [Tier.ID: SHA256Digest] = [:]
      for tier in tiers { manifests[tier] = try standing(of: tier, line) }
      return .emergency(manifests, beneficiary: person, purpose: "as the story goes")
    default: throw fault("files nothing", line)
    }
  }

  private func amendment(
    _ file: String?,
    _ name: String?,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> Statement.Filing {
    let adopted = release.adoption
    var proposed = adopted?.policy ?? policy
    var people = adopted?.roster ?? roster
    if let file {
      guard let next = later[file] else { throw fault("no policy \(file) was given", line) }
      proposed = next
    }
    if let name {
      guard let next = rosters[name] else { throw fault("no roster is called \(name)", line) }
      people = next
    }
    return .amend(
      policy: proposed.digest,
      roster: people.digest,
      terms: Dictionary(proposed.terms.map { ($0.id, text($0.id)) }) { first, _ in first }
    )
  }

  /// New words for a case; without any, the same words about what its tiers stand for now.
  func rewording(
    of asked: Case,
    _ tiers: [Tier.ID]?,
    _ purpose: String?
  ) throws(Scenario.Faults) -> (Statement.Body, Statement.Subject) {
    var manifests: [Tier.ID: SHA256Digest]?
    switch asked.filing {
    case .open(let stage, _):
      manifests = release.policy(of: asked)?.stage(stage).map { self.manifests(of: $0) }
    case .emergency(let before, _, _):
      manifests = before.reduce(into: [:]) { $0[$1.key] = release.standing(of: $1.key) }
    case .amend, .access, .renew, .lift, .appeal, .review: break
    }
    let words = Statement.Rewording(
      revision: asked.revision.id,
      purpose: purpose,
      tiers: tiers,
      manifests: manifests
    )
    return (.revise(words), document("case", asked.id.rawValue))
  }

  /// What answers are given for.
  func occasion(
    _ occasion: Scenario.Occasion,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> Statement.Occasion {
    switch occasion {
    case .of(let name): .case(try asked(name, line).id)
    case .after(let name): .grant(try grant(name, line).id)
    }
  }

  /// The policy whose forms are answered.
  func policy(
    for occasion: Scenario.Occasion,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> Policy {
    let found =
      switch occasion {
      case .of(let name): release.policy(of: try asked(name, line))
      case .after(let name): release.policy(of: try grant(name, line))
      }
    return found ?? policy
  }

  /// Answers that satisfy a form, but for those that the story gives.
  func sample(
    _ id: Form.ID,
    _ occasion: Scenario.Occasion,
    _ values: [String: String],
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> JSONObject {
    guard let form = try policy(for: occasion, line).form(id) else {
      throw fault("the policy has no form \(id)", line)
    }
    var answers = form.fields.reduce(into: JSONObject([])) { answers, field in
      answers[field.id] = .string(field.sample)
    }
    for (name, value) in values { answers[name] = .string(value) }
    return answers
  }
}

extension Form.Field {
  /// An answer that satisfies the field.
  fileprivate var sample: String {
    switch type {
    case .text: String("an answer".prefix(max ?? .max))
    case .choice: options.first ?? ""
    case .tick: "true"
    case .country:
      allow.first { !deny.contains($0) } ?? ["NO", "SE", "DK"].first { !deny.contains($0) } ?? "NO"
    case .date: "2026-01-05"
    case .email: "somebody@example.org"
    }
  }
}
