import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A simulation")
struct SimulationTests {
  private func course(_ story: String) throws -> Scenario.Course {
    try Tale(main: "[any: [approve: {role: board}, wait: P7D]]", terms: "due: P2D").course(story)
  }

  @Test func `records what follows, in log order and at its second`() throws {
    let course = try course(
      "02 bob asks for weights of gated as b\n10 eve asks for weights of gated as e"
    )
    let steps = course.simulation.steps
    #expect(steps.map(\.entry.index) == Array(0..<steps.count))
    let late = steps.filter { $0.entry.at > Instant(seconds: 1_767_312_000) }
    let facts = late.map { step in
      switch step.entry.fact {
      case .accepted(let said): "\(step.entry.at) \(said.statement.type)"
      case .decided(let decision): "\(step.entry.at) \(decision.outcome)"
      case .issued: "\(step.entry.at) issued"
      case .overdue: "\(step.entry.at) overdue"
      case .supposed, .unpaid, .lapsed, .clock: "\(step.entry.at) something else"
      }
    }
    #expect(
      facts == [
        "2026-01-04T00:00:00Z overdue", "2026-01-09T00:00:00Z approved",
        "2026-01-09T00:00:00Z issued", "2026-01-10T00:00:00Z file",
      ]
    )
    #expect(late.map { $0.decision != nil } == [false, true, false, false])
    #expect(course.simulation.nextIndex == steps.count)
  }

  @Test func `of something that is refused has only let time pass`() throws {
    let course = try course("02 bob asks for weights of gated as b")
    var simulation = course.simulation
    let before = simulation.steps.count
    let asked = try #require(course.names["b"])
    let statement = Statement(
      by: "person:zed",
      at: simulation.now,
      audience: "here",
      nonce: Array(repeating: 7, count: 16),
      release: simulation.release.id,
      seen: .init(size: 0, root: SHA256Digest(of: [UInt8]())),
      subject: .init(name: "case", digest: try SHA256Digest(hex: asked.rawValue)),
      body: .withdraw(reason: "")
    )
    let later = Instant(seconds: simulation.now.seconds + 3 * 86_400)
    #expect(throws: Refusal.unknownCase(Case.ID(asked.rawValue))) {
      try simulation.say(.init(statement), at: later)
    }
    #expect(simulation.now == later)
    let facts = simulation.steps[before...].map(\.entry.fact)
    #expect(facts.count == 1)
    guard case .overdue(Case.ID(asked.rawValue))? = facts.first else {
      Issue.record("is not overdue")
      return
    }
  }

  @Test func `never goes back in time`() throws {
    var simulation = try course("02 bob asks for weights of gated as b").simulation
    let now = simulation.now
    simulation.pass(to: Instant(seconds: 0))
    #expect(simulation.now == now)
  }

  /// What is supposed changes a copy: the release from which it began stays as it was.
  @Test func `leaves what it began from as it is`() throws {
    let release = try course("02 bob asks for weights of gated as b").simulation.release
    var simulation = Simulation(release, size: 40, at: Instant(seconds: 1_767_312_000))
    simulation.pass(to: Instant(seconds: 1_800_000_000))
    #expect(simulation.release.grants.count == release.grants.count + 1)
    #expect(simulation.steps.first?.entry.index == 40)
    #expect(release.cases.values.contains { $0.isOpen })
  }
}
