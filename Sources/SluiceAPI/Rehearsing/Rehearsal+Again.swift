public import SluiceEncoding
public import SluiceGovernance

extension Rehearsal {
  /// What came of running a rehearsal again.
  public struct Again: Hashable, Sendable {
    /// What `policy check` warns of.
    public let warnings: [Warning]
    /// The lines of scenarios that do not hold, and what cannot be played.
    public let failures: [String]
    /// The past cases that the policy would have judged otherwise, as far as the reader may see them.
    public let replayed: [ReplayLine]?

    /// Whether all came out as the rehearsal says.
    public func agrees(with rehearsal: Rehearsal) -> Bool {
      let changes = rehearsal.replay.map { Replay(replayed ?? [], before: $0.before) }
      return warnings == rehearsal.warnings && failures.isEmpty && changes == rehearsal.replay
    }

    /// `{"failures":[…],"replay"?:[…],"warnings":[…]}`.
    public var json: JSONValue {
      var members: JSONObject = [
        "failures": .array(failures.map { .string($0) }),
        "warnings": .array(warnings.map(\.json)),
      ]
      members["replay"] = replayed.map { .array($0.map(\.json)) }
      return .object(members)
    }
  }

  /// What `policy check` warns of in a policy and a roster that have no faults.
  public static func warnings(
    of policy: Policy,
    with roster: Roster,
    at now: Instant
  ) -> [Warning] {
    policy.check(roster: roster, at: now).filter { !$0.isError }.map { Warning($0) }
  }

  /// Checks and plays again, as of the instant of the rehearsal.
  ///
  /// - Parameters:
  ///   - policy: What is proposed.
  ///   - roster: With whom.
  ///   - terms: The digests of the texts that go with it.
  ///   - replayed: The past cases, judged again by the reader.
  /// - Returns: What came of it.
  public func again(
    policy: Policy,
    roster: Roster,
    terms: [Terms.ID: SHA256Digest],
    replayed: [ReplayLine]?
  ) -> Again {
    Again(
      warnings: Self.warnings(of: policy, with: roster, at: at),
      failures: scenarios.flatMap { play($0, under: policy, terms) },
      replayed: replayed
    )
  }

  private func play(
    _ story: Story,
    under policy: Policy,
    _ terms: [Terms.ID: SHA256Digest]
  ) -> [String] {
    guard let text = story.text else { return ["\(story.file): its text is not in the document"] }
    do {
      let scenario = try Scenario(text: text, source: story.file)
      var later: [String: Policy] = [:]
      for name in scenario.laterPolicies {
        guard let text = policies[name] else {
          return ["\(story.file): \(name), which it names, is not in the document"]
        }
        later[name] = try Policy(text: text, source: name)
      }
      return try scenario.play(policy: policy, later: later, terms: terms).map(\.description)
    } catch { return "\(error)".split(separator: "\n").map(String.init) }
  }
}
