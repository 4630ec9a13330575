import SluiceEncoding
import SluiceGovernance
import Testing

/// The properties of governance-domain 17, over policies and logs that chance makes.
@Suite("Whatever the policy and the log, an evaluation")
struct EvaluationPropertyTests {
  /// A case with a log about it, after some days.
  private static func spun(_ luck: inout Luck, _ random: RandomPolicy) -> (Yarn, Case)? {
    var yarn = Yarn(random)
    guard let id = yarn.anyCase(&luck) else { return nil }
    for _ in 0..<Int.random(in: 0...14, using: &luck) {
      yarn.now = yarn.now + Duration(seconds: luck.pick([0, 1, 3_600, 86_400]))
      guard let asked = yarn.release.cases[id], let words = yarn.anything(asked, &luck) else {
        continue
      }
      _ = yarn.say(words.said, answers: words.answers)
    }
    return yarn.release.cases[id].map { (yarn, $0) }
  }

  private static func each(
    _ seed: UInt64,
    _ size: Int,
    _ body: (inout Luck, Yarn, Case) throws -> Void
  ) throws {
    var luck = Luck(seed: seed)
    let random = try RandomPolicy(&luck)
    for _ in 0..<size {
      guard let (yarn, asked) = spun(&luck, random) else { continue }
      try body(&luck, yarn, asked)
    }
  }

  /// Whatever is no verdict can only help, but for a few.
  ///
  /// A `retract`, a `leave`, a `hold` and time may lower a result, and so does what leaves somebody
  /// out: to recuse oneself, to measure where authors are recused, to delegate to a party. Answers in
  /// the place of earlier ones are another revision, about which nobody has said anything yet.
  @Test(arguments: Luck.seeds(20, of: 20))
  func `is never worse for a statement that helps`(seed: UInt64) throws {
    try Self.each(seed, 20) { luck, yarn, asked in
      var yarn = yarn
      let before = try #require(evaluate(asked, in: yarn.release, at: yarn.now))
      guard let words = yarn.help(asked, &luck), yarn.say(words.said, answers: words.answers),
        let same = yarn.release.cases[asked.id], same.revision == asked.revision
      else { return }
      let after = try #require(evaluate(same, in: yarn.release, at: yarn.now))
      #expect(
        after.result >= before.result,
        "SLUICE_SEED=\(seed) \(words.said.statement.type) in \(yarn.policy.text)"
      )
    }
  }

  /// Verdicts of different heads, and what is put on record about different things.
  @Test(arguments: Luck.seeds(20, of: 20))
  func `does not depend on the order of arrival`(seed: UInt64) throws {
    try Self.each(seed, 20) { luck, yarn, asked in
      var heard: Set<String> = []
      let words = (0..<8).compactMap { count -> Entry.Said? in
        guard let words = luck.once(in: 2) ? yarn.help(asked, &luck) : nil else {
          let who = luck.pick(Yarn.people)
          return yarn.verdict(
            asked,
            by: who,
            denial: luck.once(in: 6) ? .other : nil,
            nonce: 1_000 + count
          )
        }
        return words.said
      }.filter { heard.insert("\($0.statement.by) \($0.statement.subject)").inserted }
      func result(_ order: [Entry.Said]) -> Evaluation? {
        var yarn = yarn
        for said in order { yarn.append(said) }
        return yarn.release.cases[asked.id].flatMap { evaluate($0, in: yarn.release, at: yarn.now) }
      }
      let first = try #require(result(words))
      let second = try #require(result(words.shuffled(using: &luck)))
      #expect(first.result == second.result, "SLUICE_SEED=\(seed) \(yarn.policy.text)")
      #expect(first.earliest == second.earliest, "SLUICE_SEED=\(seed)")
      #expect(
        first.branches.map { $0.parts.map(\.result) }
          == second.branches.map { $0.parts.map(\.result) },
        "SLUICE_SEED=\(seed) \(yarn.policy.text)"
      )
      #expect(first.counted == second.counted, "SLUICE_SEED=\(seed)")
    }
  }

  @Test(arguments: Luck.seeds(20, of: 20))
  func `that is met has as many different heads as slots, and none of a party`(seed: UInt64) throws
  {
    try Self.each(seed, 20) { luck, yarn, asked in
      var yarn = yarn
      // Everybody approves, so that many are met.
      for who in Yarn.people.shuffled(using: &luck) where !luck.once(in: 3) {
        guard let asked = yarn.release.cases[asked.id] else { continue }
        _ = yarn.say(yarn.verdict(asked, by: who, .touch))
      }
      let found = try #require(
        yarn.release.cases[asked.id].flatMap { evaluate($0, in: yarn.release, at: yarn.now) }
      )
      for branch in found.branches {
        let slots = branch.parts.flatMap(\.slots)
        let heads = slots.compactMap(\.head)
        #expect(Set(heads).count == heads.count, "SLUICE_SEED=\(seed) \(yarn.policy.text)")
        if branch.result == .met { #expect(heads.count == slots.count, "SLUICE_SEED=\(seed)") }
        for slot in slots where slot.head != nil {
          let speaker = slot.head
          let seat = slot.actsFor ?? slot.head
          #expect(speaker != asked.requester && speaker != asked.beneficiary, "SLUICE_SEED=\(seed)")
          #expect(seat != asked.requester && seat != asked.beneficiary, "SLUICE_SEED=\(seed)")
          #expect(found.case.recusals[speaker ?? ""] == nil, "SLUICE_SEED=\(seed)")
          #expect(
            seat.map { yarn.roster.heads(of: slot.role).contains($0) } == true,
            "SLUICE_SEED=\(seed)"
          )
        }
      }
    }
  }

  @Test(arguments: Luck.seeds(15, of: 20))
  func `that waits is met at exactly the instant that it names`(seed: UInt64) throws {
    try Self.each(seed, 20) { luck, yarn, asked in
      var yarn = yarn
      for who in Yarn.people { _ = yarn.say(yarn.verdict(asked, by: who, .touch)) }
      guard let asked = yarn.release.cases[asked.id],
        let found = evaluate(asked, in: yarn.release, at: yarn.now)
      else { return }
      guard let earliest = found.earliest else { return }
      #expect(found.result == .waiting, "SLUICE_SEED=\(seed)")
      #expect(earliest > yarn.now, "SLUICE_SEED=\(seed)")
      let then = evaluate(asked, in: yarn.release, at: earliest)
      #expect(then?.result == .met, "SLUICE_SEED=\(seed) \(yarn.policy.text)")
      let before = Instant(seconds: earliest.seconds - 1)
      #expect(evaluate(asked, in: yarn.release, at: before)?.result != .met, "SLUICE_SEED=\(seed)")
    }
  }

  /// From bytes: what was said is read again, and the texts are folded in another order.
  @Test(arguments: Luck.seeds(15, of: 20))
  func `is explained by the same bytes whoever recomputes it`(seed: UInt64) throws {
    try Self.each(seed, 20) { _, yarn, asked in
      let found = try #require(evaluate(asked, in: yarn.release, at: yarn.now))
      var library = Release.Library()
      library.rosters[yarn.roster.digest] = yarn.roster
      library.policies[yarn.policy.digest] = yarn.policy
      var again = Release(yarn.release.id, library: library)
      for entry in yarn.entries {
        again.apply(Entry(index: entry.index, at: entry.at, fact: try Self.reread(entry.fact)))
      }
      let same = try #require(again.cases[asked.id])
      let second = try #require(evaluate(same, in: again, at: yarn.now))
      let head = Statement.Head(size: yarn.entries.count, root: Yarn.bytes("root"))
      let (one, other) = (Explanation(found, log: head), Explanation(second, log: head))
      #expect(one.json.canonical == other.json.canonical, "SLUICE_SEED=\(seed) \(yarn.policy.text)")
      #expect(one.text == other.text, "SLUICE_SEED=\(seed)")
    }
  }

  private static func reread(_ fact: Entry.Fact) throws -> Entry.Fact {
    // The keys of these logs are short, and no statement could name them.
    guard case .accepted(let said) = fact, !said.statement.subject.name.hasPrefix("key:") else {
      return fact
    }
    return .accepted(
      .init(
        try Statement(canonical: said.statement.canonical),
        strength: said.strength,
        key: said.key,
        number: said.number
      )
    )
  }
}
