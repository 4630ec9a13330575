import SluiceEncoding
import SluiceGovernance
import Testing

/// A scenario on the stage: the log prefix up to an instant, folded as the ledger folds it.
struct Play {
  private let policy: Policy
  private let roster: Roster
  private var release: Release
  private var cases: [String: Case.ID] = [:]
  private var entries = 0

  /// Plays what is given up to `end`; anything in it that is refused is a fault of the scenario.
  init(_ scenario: Scenario, policy: Policy, until end: Instant) throws {
    self.policy = policy
    roster = try Roster(text: scenario.rosterText(for: policy))
    release = Release(
      "owner/scenario",
      library: .init(policies: [policy.digest: policy], rosters: [roster.digest: roster])
    )
    let beginsAdopted = !scenario.given.contains { event in
      if case .amendment = event.act { true } else { false }
    }
    if beginsAdopted { try adopt(at: scenario.given.first?.at ?? end) }
    for event in scenario.given where event.at <= end {
      pass(to: event.at)
      try perform(event)
    }
    pass(to: end)
  }

  /// What a scenario says of a case: its state, or while it is open the result of its evaluation;
  /// and which kinds of requirement its best branch still lacks, in file order.
  func standing(of name: String, at now: Instant) throws -> (state: String, missing: [String]) {
    let asked = try #require(cases[name].flatMap { release.cases[$0] }, "no case \(name)")
    let evaluation = try #require(evaluate(asked, in: release, at: now))
    guard asked.state == .open else { return (asked.state.rawValue, []) }
    let lacking = evaluation.best?.parts.filter { $0.result != .met } ?? []
    let kinds = lacking.map(\.requirement.kind)
    let missing = kinds.indices.filter { !kinds[..<$0].contains(kinds[$0]) }.map { kinds[$0] }
    return (evaluation.result.rawValue, missing)
  }

  /// The code with which an act is refused now, if it is.
  func refusal(of act: Scenario.Act, at now: Instant) throws -> String? {
    let (statement, answers) = try statement(act, at: now)
    do throws(Refusal) {
      try release.check(statement, answers: answers, at: now)
      return nil
    } catch {
      return error.code
    }
  }

  /// Lets time alone do what it does by `now`.
  private mutating func pass(to now: Instant) {
    for asked in release.cases.values {
      for fact in release.due(asked, at: now) { append(fact, at: now) }
    }
  }

  private mutating func perform(_ event: Scenario.Event) throws {
    if case .opened(let stage) = event.act { return try open(stage, at: event.at) }
    let (statement, answers) = try statement(event.act, at: event.at)
    try release.check(statement, answers: answers, at: event.at)
    if let name = event.name { cases[name] = Case.ID(statement.id.rawValue) }
    take(statement, at: event.at)
  }

  private mutating func take(_ statement: Statement, at now: Instant) {
    append(.accepted(statement, number: entries + 1), at: now)
    for asked in release.cases(touchedBy: statement) {
      guard let decision = evaluate(asked, in: release, at: now).flatMap(Decision.init) else {
        continue
      }
      append(.decided(decision.record), at: now)
    }
  }

  /// Has the policy in force and every tier bound, without telling how it came to that.
  private mutating func adopt(at now: Instant) throws {
    let (statement, _) = try statement(.amendment(by: try member()), at: now)
    append(.accepted(statement, number: 0), at: now)
    let adopted = Case.ID(statement.id.rawValue)
    append(.decided(.init(case: adopted, outcome: .approved)), at: now)
  }

  private mutating func open(_ stage: Stage.ID, at now: Instant) throws {
    let (statement, _) = try statement(.opening(stage, by: try member()), at: now)
    append(.accepted(statement, number: 0), at: now)
    let opened = Case.ID(statement.id.rawValue)
    append(.decided(.init(case: opened, outcome: .approved)), at: now)
  }

  private mutating func append(_ fact: Entry.Fact, at now: Instant) {
    release.apply(Entry(index: entries, at: now, fact: fact))
    entries += 1
    bind(at: now)
  }

  /// Binds each tier to stand-in bytes as soon as the policy is in force.
  private mutating func bind(at now: Instant) {
    guard release.adoption != nil, release.bindings.isEmpty else { return }
    for tier in policy.tiers {
      let statement = composed(
        .bind(manifest: manifest(tier.id)),
        about: .init(name: "tier:\(tier.id)", in: release.id),
        by: roster.principals[0].id,
        at: now
      )
      release.apply(Entry(index: entries, at: now, fact: .accepted(statement, number: nil)))
      entries += 1
    }
  }

  private func member() throws -> Principal.ID { try #require(roster.principals.first).id }

  private func manifest(_ tier: Tier.ID) -> SHA256Digest {
    SHA256Digest(of: Array(tier.rawValue.utf8))
  }

  private func text(_ terms: Terms.ID) -> SHA256Digest {
    SHA256Digest(of: Array("terms \(terms)".utf8))
  }

  private func statement(
    _ act: Scenario.Act,
    at now: Instant
  ) throws -> (Statement, answers: JSONObject?) {
    switch act {
    case .opened(let stage): return try statement(.opening(stage, by: try member()), at: now)
    case .amendment(let who):
      let terms = Dictionary(uniqueKeysWithValues: policy.terms.map { ($0.id, text($0.id)) })
      let filing = Statement.Filing.amend(
        policy: policy.digest,
        roster: roster.digest,
        terms: terms
      )
      let subject = Statement.Subject(name: "policy", digest: policy.digest)
      return (composed(.file(filing), about: subject, by: who, at: now), nil)
    case .opening(let stage, let who):
      let tiers = policy.stage(stage)?.offers ?? []
      let manifests = Dictionary(uniqueKeysWithValues: tiers.map { ($0, manifest($0)) })
      let subject = Statement.Subject(name: "stage:\(stage)", in: release.id)
      let body = Statement.Body.file(.open(stage, manifests: manifests))
      return (composed(body, about: subject, by: who, at: now), nil)
    case .access(let tiers, let stage, let who):
      let filing = Statement.Filing.access(stage, tiers: tiers, beneficiary: who, purpose: "")
      let subject = Statement.Subject(name: "stage:\(stage)", in: release.id)
      return (composed(.file(filing), about: subject, by: who, at: now), nil)
    case .verdict(let approves, let name, let who):
      return (try verdict(approves: approves, on: name, by: who, at: now), nil)
    case .answers(let id, let name, let who):
      let form = try #require(policy.form(id), "no form \(id)")
      let asked = try #require(cases[name], "no case \(name)")
      let answers = form.sampleAnswers
      let commitment = SHA256Digest(of: JSONValue.object(answers).canonical)
      let subject = Statement.Subject(name: "form:\(id)", digest: form.digest)
      let body = Statement.Body.answer(case: asked, commitment: commitment)
      return (composed(body, about: subject, by: who, at: now), answers)
    case .acceptance(let terms, let who):
      let subject = Statement.Subject(name: "terms:\(terms)", digest: text(terms))
      return (composed(.accept, about: subject, by: who, at: now), nil)
    }
  }

  private func verdict(
    approves: Bool,
    on name: String,
    by who: Principal.ID,
    at now: Instant
  ) throws -> Statement {
    let asked = try #require(cases[name].flatMap { release.cases[$0] }, "no case \(name)")
    let verdict = Statement.Verdict(
      case: asked.id,
      revision: asked.revision.id,
      policy: asked.policy,
      manifests: release.manifests(of: asked),
      reason: "as the story goes"
    )
    let subject = Statement.Subject(
      name: "revision",
      digest: try SHA256Digest(hex: asked.revision.id.rawValue)
    )
    let body: Statement.Body = approves ? .approve(verdict) : .deny(verdict, .other)
    return composed(body, about: subject, by: who, at: now)
  }

  private func composed(
    _ body: Statement.Body,
    about subject: Statement.Subject,
    by who: Principal.ID,
    at now: Instant
  ) -> Statement {
    Statement(
      by: who,
      at: now,
      audience: "scenario",
      nonce: Array(repeating: UInt8(truncatingIfNeeded: entries), count: 16),
      release: release.id,
      seen: .init(size: 0, root: SHA256Digest(of: [UInt8]())),
      subject: subject,
      body: body
    )
  }
}

extension Scenario {
  /// The roster of the story as a file, with a key made up for everybody.
  fileprivate func rosterText(for policy: Policy) -> String {
    var everyone: [Principal.ID] = []
    for member in roster.flatMap(\.members) where !everyone.contains(member) {
      everyone.append(member)
    }
    let principals = everyone.enumerated().map { index, member in
      "  \(member): {keys: [\"\(Sample.key(UInt8(index + 1)))\"]}"
    }
    let roles = roster.map { seat in
      "  \(seat.role): [\(seat.members.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
    return
      (["sluice: roster/1", "id: \(policy.id)", "version: 1", "principals:"] + principals
      + ["roles:"] + roles).joined(separator: "\n")
  }
}

extension Form {
  /// Answers that satisfy the form.
  fileprivate var sampleAnswers: JSONObject {
    fields.reduce(into: [:]) { answers, field in
      let answer =
        switch field.type {
        case .text: "an answer"
        case .choice: field.options[0]
        case .tick: "true"
        case .country: field.allow.first ?? "NO"
        case .date: "2026-01-05"
        case .email: "somebody@example.org"
        }
      answers[field.id] = .string(answer)
    }
  }
}

extension Plain {
  /// The word of the policy file.
  fileprivate var kind: String {
    switch self {
    case .approve: "approve"
    case .answer: "answer"
    case .accept: "accept"
    }
  }
}
