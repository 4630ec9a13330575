internal import SluiceEncoding

/// A scenario on the stage: a simulation, and what the story calls the things in it.
struct Play {
  let cast: Scenario.Cast
  let policy: Policy
  let later: [String: Policy]
  let texts: [Terms.ID: SHA256Digest]
  let source: String
  private(set) var rosters: [String: Roster] = [:]
  let roster: Roster
  private(set) var simulation: Simulation
  /// What names stand for: the statements that began cases and holds, or put something on record.
  private(set) var names: [String: Statement.ID] = [:]
  /// The revisions of cases, in order.
  private(set) var revisions: [Case.ID: [Case.Revision.ID]] = [:]

  /// Who files what the story does not tell: nobody whom any rule could mean.
  static let narrator: Principal.ID = "service:narrator"

  init(
    _ cast: Scenario.Cast,
    policy: Policy,
    later: [String: Policy],
    terms: [Terms.ID: SHA256Digest],
    at start: Instant,
    source: String
  ) throws(Scenario.Faults) {
    self.cast = cast
    self.policy = policy
    self.later = later
    self.source = source
    texts = terms
    var library = Release.Library(policies: [policy.digest: policy])
    for policy in later.values { library.policies[policy.digest] = policy }
    let roster = try Self.roster(cast, cast.first, policy, after: nil, source)
    self.roster = roster
    library.rosters[roster.digest] = roster
    var previous = roster
    for (name, roles) in cast.later {
      let next = try Self.roster(cast, roles, policy, after: previous, source)
      rosters[name] = next
      library.rosters[next.digest] = next
      previous = next
    }
    simulation = Simulation(Release("owner/scenario", library: library), at: start)
  }

  private static func roster(
    _ cast: Scenario.Cast,
    _ roles: Scenario.Cast.Roles,
    _ policy: Policy,
    after previous: Roster?,
    _ source: String
  ) throws(Scenario.Faults) -> Roster {
    func refused(_ faults: [PolicyFault]) -> Scenario.Faults {
      .init(
        faults: faults.map { fault in
          let path = fault.path.isEmpty ? "roster" : "roster.\(fault.path)"
          return .init(source: source, line: roles.line, message: "\(path): \(fault.message)")
        }
      )
    }
    let roster: Roster
    do throws(PolicyFaults) {
      roster = try Roster(text: cast.text(of: roles, for: policy, after: previous))
    } catch { throw refused(error.faults) }
    // That there are too few people for a gate can be what a story is about.
    let misnamed = policy.conflicts(with: roster).filter { ["P003", "P005"].contains($0.code) }
    guard misnamed.isEmpty else { throw refused(misnamed) }
    return roster
  }

  /// The state of the release.
  var release: Release { simulation.release }

  /// Lets time alone do what it does.
  mutating func pass(to instant: Instant) {
    simulation.pass(to: instant)
    bindAll()
    noteRevisions()
  }

  /// Has something happen.
  ///
  /// - Returns: The code with which it is refused, if it is.
  mutating func perform(_ event: Scenario.Event) throws(Scenario.Faults) -> String? {
    pass(to: event.at)
    defer { noteRevisions() }
    switch event.act {
    case .opened(let stage): try open(stage, event.line)
    case .clock(let isPaused): simulation.record(.clock(isPaused: isPaused))
    case .said(let who, let deed, let strength):
      let (said, answers) = try composed(deed, by: who, strength, event.line)
      do throws(Refusal) {
        try Self.checkForm(of: said.statement)
        try simulation.say(said, answers: answers, at: event.at)
      } catch {
        return error.code
      }
      if let name = event.name { names[name] = said.statement.id }
      bindAll()
    }
    return nil
  }

  /// The code with which an act is refused now, if it is.
  func refusal(
    of act: Scenario.Act,
    _ line: Scenario.Line
  ) throws(Scenario.Faults) -> String? {
    guard case .said(let who, let deed, let strength) = act else { return nil }
    let (said, answers) = try composed(deed, by: who, strength, line)
    do throws(Refusal) {
      try Self.checkForm(of: said.statement)
      try release.check(said, answers: answers, at: simulation.now)
      return nil
    } catch {
      return error.code
    }
  }

  /// Whether what is said could be sent: only what reads back has the form of its type.
  private static func checkForm(of statement: Statement) throws(Refusal) {
    do throws(Malformed) { _ = try Statement(canonical: statement.canonical) } catch {
      throw .unfit(error.what)
    }
  }

  /// Has the policy in force, without telling how it came to that.
  mutating func adopt() {
    let filing = Statement.Filing.amend(
      policy: policy.digest,
      roster: roster.digest,
      terms: Dictionary(policy.terms.map { ($0.id, text($0.id)) }) { first, _ in first }
    )
    enact(filing, about: .init(name: "policy", digest: policy.digest))
    bindAll()
  }

  private mutating func open(_ id: Stage.ID, _ line: Scenario.Line) throws(Scenario.Faults) {
    guard let stage = release.adoption?.policy.stage(id) else {
      throw fault("the policy in force has no stage \(id)", line)
    }
    let asked = enact(
      .open(id, manifests: manifests(of: stage)),
      about: .init(name: "stage:\(id)", in: release.id)
    )
    if let terms = Premise(approving: asked).grant(in: release, at: simulation.now) {
      simulation.issue(terms)
    }
  }

  /// Has a case approved by nobody.
  @discardableResult
  private mutating func enact(
    _ filing: Statement.Filing,
    about subject: Statement.Subject
  ) -> Case.ID {
    let statement = composed(.file(filing), about: subject, by: Self.narrator)
    let said = simulation.numbered(Entry.Said(statement))
    let id = Case.ID(statement.id.rawValue)
    simulation.append(.accepted(said))
    simulation.record(.supposed(Premise(approving: id)))
    return id
  }

  /// Binds each tier to stand-in bytes as soon as the policy is in force.
  private mutating func bindAll() {
    for tier in release.adoption?.policy.tiers ?? []
    where tier.kind != .service && release.bindings[tier.id] == nil {
      let statement = composed(
        .bind(manifest: Self.bytes(tier.id.rawValue)),
        about: .init(name: "tier:\(tier.id)", in: release.id),
        by: Self.narrator
      )
      simulation.record(.accepted(Entry.Said(statement)))
    }
  }

  private mutating func noteRevisions() {
    for asked in release.cases.values where revisions[asked.id]?.last != asked.revision.id {
      revisions[asked.id, default: []].append(asked.revision.id)
    }
  }

  /// The digest of stand-in bytes.
  static func bytes(_ word: String) -> SHA256Digest { SHA256Digest(of: word.utf8) }

  func fault(_ message: String, _ line: Scenario.Line) -> Scenario.Faults {
    .init(faults: [.init(source: source, line: line.number, message: "\(line.text): \(message)")])
  }
}
