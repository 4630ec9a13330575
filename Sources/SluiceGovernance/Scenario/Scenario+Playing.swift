public import SluiceEncoding

extension Scenario {
  /// Plays the story under a policy, and tells what came otherwise than the lines say.
  ///
  /// Time passes between the lines as the ledger lets it pass: a case that waits is decided, is
  /// overdue or lapses at exactly its second. Unless the story begins with an amendment, policy and
  /// roster are in force from its first instant on; every tier is bound as soon as they are.
  ///
  /// - Parameters:
  ///   - policy: The policy that the story names.
  ///   - later: Those that its amendments propose, by the names of their files.
  ///   - terms: The digests of the texts that people agree to; without them, those of stand-ins.
  /// - Returns: Each expectation that is not met. A line of the story that is refused is a failure
  ///   too, and the last one.
  /// - Throws: The first fault that only shows with the policy: a name that means nothing.
  public func play(
    policy: Policy,
    later: [String: Policy] = [:],
    terms: [Terms.ID: SHA256Digest] = [:]
  ) throws(Faults) -> [Failure] {
    try course(policy: policy, later: later, terms: terms)?.failures ?? []
  }

  /// How a story went: all that was recorded, and what came otherwise.
  public struct Course: Sendable {
    /// The log and the state at the end.
    public let simulation: Simulation
    /// What the story called things: the statements that began cases and holds, or put something on
    /// record.
    public let names: [String: Statement.ID]
    /// What came otherwise than the lines say.
    public let failures: [Failure]
  }

  /// Plays the story like ``play(policy:later:terms:)``, and keeps what became of it.
  ///
  /// - Returns: `nil` of a scenario without a line.
  public func course(
    policy: Policy,
    later: [String: Policy] = [:],
    terms: [Terms.ID: SHA256Digest] = [:]
  ) throws(Faults) -> Course? {
    let beginsAdopted = !given.contains { event in
      if case .said(_, .amend(nil, nil), _) = event.act { true } else { false }
    }
    let start = [given.first?.at, expected.first?.at].compactMap { $0 }.min()
    guard let start else { return nil }
    var play = try Play(
      cast,
      policy: policy,
      later: later,
      terms: terms,
      at: start,
      source: source
    )
    if beginsAdopted { play.adopt() }
    let failures = try failures(of: &play)
    return Course(simulation: play.simulation, names: play.names, failures: failures)
  }

  private func failures(of play: inout Play) throws(Faults) -> [Failure] {
    var failures: [Failure] = []
    var events = given[...]
    for expectation in expected {
      while let event = events.first, event.at <= expectation.at {
        events.removeFirst()
        if let code = try play.perform(event) {
          return failures + [failure(event.line, "is refused with \(code)")]
        }
      }
      play.pass(to: expectation.at)
      if let found = try play.contradiction(of: expectation) {
        failures.append(failure(expectation.line, found))
      }
    }
    while let event = events.popFirst() {
      guard let code = try play.perform(event) else { continue }
      return failures + [failure(event.line, "is refused with \(code)")]
    }
    return failures
  }

  private func failure(_ line: Line, _ found: String) -> Failure {
    Failure(source: source, line: line.number, sentence: line.text, found: found)
  }
}
