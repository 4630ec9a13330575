internal import SluiceEncoding

extension Play {
  /// What is so instead of what an expectation claims; `nil` if it is met.
  func contradiction(of expected: Scenario.Expectation) throws(Scenario.Faults) -> String? {
    let now = simulation.now
    let line = expected.line
    switch expected.claim {
    case .standing(let name, let word, let missing):
      return contradiction(of: try asked(name, line), is: word, missing: missing)
    case .waiting(let name, let until):
      let asked = try asked(name, line)
      let evaluation = evaluate(asked, in: release, at: now)
      guard asked.state == .open, let evaluation, evaluation.result == .waiting else {
        return contradiction(of: asked, is: "waiting", missing: [])
      }
      guard evaluation.earliest != until else { return nil }
      return evaluation.earliest.map { "is waiting until \($0)" }
        ?? "is waiting, and will not be met by time alone"
    case .obtains(let who, let tier):
      return refusal(of: who, tier).map { "may not obtain \(tier): \($0)" }
    case .obtainsNot(let who, let tier, let code):
      guard let found = refusal(of: who, tier) else { return "may obtain \(tier)" }
      return found == code ? nil : "may not obtain \(tier): \(found)"
    case .refusal(let act, let code):
      guard let found = try refusal(of: act, line) else { return "does not fail" }
      return found == code ? nil : "fails with \(found)"
    case .stage(let stage, let isOpen):
      guard (release.openings[stage] != nil) != isOpen else { return nil }
      return "stage \(stage) is \(isOpen ? "closed" : "open")"
    case .grant(let name, let status):
      let grant = try grant(name, line)
      let found = grant.status(at: now, holds: release.holds, asker: holder(of: grant))
      return found == status ? nil : "is \(found.rawValue)"
    case .hold(let name, let isActive):
      guard try hold(name, line).isActive(at: now) != isActive else { return nil }
      return isActive ? "is over" : "is active"
    }
  }

  /// Compares where a case stands with a word, and what it lacks with a list.
  private func contradiction(of asked: Case, is word: String, missing: [String]) -> String? {
    let evaluation = evaluate(asked, in: release, at: simulation.now)
    var found = asked.state.rawValue
    var lacking: [String] = []
    if asked.state == .open, let evaluation {
      found = evaluation.result.rawValue
      if evaluation.result == .met, !evaluation.holds.isEmpty { found = "held" }
      lacking = evaluation.lacking
    }
    let isAsSaid = word == found || word == "overdue" && asked.isOpen && asked.isOverdue
    // What an open case lacks must be said; of others only what is said must be so.
    let comparesMissing = word == "open" || !missing.isEmpty
    guard !isAsSaid || comparesMissing && missing != lacking else { return nil }
    return "is \(found)" + (lacking.isEmpty ? "" : ", missing \(lacking.joined(separator: " "))")
  }

  private func refusal(of who: Principal.ID?, _ tier: Tier.ID) -> String? {
    let asker = release.asker(who, key: who.map { Scenario.Cast.key(of: $0) })
    do throws(Refusal) {
      _ = try release.grant(for: asker, tier: tier, at: simulation.now)
      return nil
    } catch {
      return error.code
    }
  }

  private func holder(of grant: Grant) -> Asker? {
    guard case .principal(let holder) = grant.terms.audience else { return nil }
    return release.asker(holder)
  }
}

extension Evaluation {
  /// The kinds of requirement that the best branch still lacks, each once, in file order; of an
  /// amendment those of both sides.
  fileprivate var lacking: [String] {
    let parts = ([side] + [successor].compactMap { $0 }).flatMap { $0.best?.parts ?? [] }
    var kinds: [String] = []
    for part in parts where part.result != .met && !kinds.contains(part.requirement.kind) {
      kinds.append(part.requirement.kind)
    }
    return kinds
  }
}
