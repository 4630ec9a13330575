internal import SluiceEncoding

extension Play {
  /// The case of a name, or of `review:NAME` the review that an emergency began.
  func asked(_ name: String, _ line: Scenario.Line) throws(Scenario.Faults) -> Case {
    if let emergency = name.rest(after: "review:") {
      let id = try asked(emergency, line).id
      let review = release.cases.values.first { $0.filing == .review(id) }
      guard let review else { throw fault("no review of \(emergency) has begun", line) }
      return review
    }
    guard let asked = names[name].flatMap({ release.cases[Case.ID($0.rawValue)] }) else {
      throw fault("no case is called \(name)", line)
    }
    return asked
  }

  /// The grant to which the case of a name led.
  func grant(_ name: String, _ line: Scenario.Line) throws(Scenario.Faults) -> Grant {
    let id = try asked(name, line).id
    let grants = release.grants.values.filter { $0.terms.case == id }
    guard let last = grants.max(by: { $0.index < $1.index }) else {
      throw fault("case \(name) has led to no grant", line)
    }
    return last
  }

  /// The hold of a name, or the last one on a subject.
  func hold(_ name: String, _ line: Scenario.Line) throws(Scenario.Faults) -> Hold {
    let named = names[name].map { Hold.ID($0.rawValue) }
    if let hold = release.holds.first(where: { $0.id == named }) { return hold }
    let subject = try subject(name, line)
    guard let last = release.holds.last(where: { $0.subject == subject }) else {
      throw fault("no hold is called \(name), and none is on it", line)
    }
    return last
  }

  /// What a word names that can be held: `key:NAME` is the key of somebody, `case:NAME` and
  /// `grant:NAME` a case of that name and the grant to which it led.
  func subject(_ word: String, _ line: Scenario.Line) throws(Scenario.Faults) -> Hold.Subject {
    if let tier = word.rest(after: "tier:") { return .tier(Tier.ID(tier)) }
    if let stage = word.rest(after: "stage:") { return .stage(Stage.ID(stage)) }
    if let name = word.rest(after: "case:") { return .case(try asked(name, line).id) }
    if let name = word.rest(after: "grant:") { return .grant(try grant(name, line).id) }
    do throws(Malformed) {
      if let name = word.rest(after: "key:") {
        return .key(Scenario.Cast.key(of: try Scenario.Cast.principal(name)))
      }
      return .principal(try Scenario.Cast.principal(word))
    } catch { throw fault(error.what, line) }
  }

  /// What was put on record under a name.
  func statement(_ name: String, _ line: Scenario.Line) throws(Scenario.Faults) -> Statement.ID {
    guard let id = names[name] else { throw fault("nothing is called \(name)", line) }
    return id
  }

  /// What evidence about a tier is about.
  func standing(of tier: Tier.ID, _ line: Scenario.Line) throws(Scenario.Faults) -> SHA256Digest {
    guard let standing = release.standing(of: tier) else {
      throw fault("the policy in force has no tier \(tier)", line)
    }
    return standing
  }

  /// What the tiers of a stage are bound to; services are not.
  func manifests(of stage: Stage) -> [Tier.ID: SHA256Digest] {
    stage.offers.reduce(into: [:]) { manifests, tier in
      guard release.adoption?.policy.tier(tier)?.kind != .service else { return }
      manifests[tier] = release.standing(of: tier)
    }
  }

  /// The digest of a text that people agree to.
  func text(_ terms: Terms.ID) -> SHA256Digest { texts[terms] ?? Self.bytes("terms \(terms)") }
}
