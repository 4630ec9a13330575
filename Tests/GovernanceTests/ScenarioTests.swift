import SluiceGovernance
import Testing

/// The language of stories: what it refuses, and that it can fail.
@Suite("A scenario")
struct ScenarioTests {
  /// The player must be able to fail: each of these differs from what happens.
  @Test(
    arguments: [
      ("c is met", "is open, missing approve"), ("c is open", "is open, missing approve"),
      ("c is open, missing accept", "is open, missing approve"),
      ("c is open, missing approve wait", "is open, missing approve"),
      ("c is waiting", "is open, missing approve"), ("c is held", "is open, missing approve"),
      ("c is waiting until 05", "is open, missing approve"),
      ("c is overdue", "is open, missing approve"), ("c is approved", "is open, missing approve"),
      ("b is open, missing approve", "is approved"), ("b is denied", "is approved"),
      ("ben approving c fails with approve.requester", "does not fail"),
      ("bob approving c fails with case.closed", "fails with approve.not-eligible"),
      ("bob may not obtain weights: grant.none", "may obtain weights"),
      ("eve may obtain weights", "may not obtain weights: grant.none"),
      ("eve may not obtain weights: held", "may not obtain weights: grant.none"),
      ("anybody may not obtain paper: grant.none", "may obtain paper"),
      ("anybody may obtain logs", "may not obtain logs: tier.sealed"),
      ("stage more is open", "stage more is closed"),
      ("stage gated is closed", "stage gated is open"),
      ("grant of b is held", "is live"), ("hold h is over", "is active"),
      ("hold old is active", "is over"),
    ]
  )
  func `says what is so instead`(expectation: String, found: String) throws {
    let failures = try Tale(
      terms: "due: P9D",
      stages: "more: {offers: [paper], opens: ship, admits: everyone}"
    ).failures(
      """
      02 eve asks for weights of gated as c
      02 bob asks for weights of gated as b
      02 ana approves b
      02 hal holds person:joe legal as h
      02 ida holds tier:hosted legal until 03 as old
      """,
      "03 \(expectation)"
    )
    #expect(failures.count == 1)
    #expect(failures.first?.hasSuffix(": \(found)") == true, "\(failures)")
  }

  @Test func `says which line of the story is refused, and stops there`() throws {
    let scenario = try Scenario(
      text: Tale().text(
        "02 ana files open gated\n03 bob asks for weights of gated as b",
        "04 b is approved"
      ),
      source: "story.yaml"
    )
    let failures = try scenario.play(policy: try Tale().policy)
    #expect(
      failures.map(\.description) == [
        "story.yaml:8: 2026-01-02T00:00:00Z ana files open gated: is refused with statement.stale"
      ]
    )
  }

  /// A story can say nothing that could not be sent.
  @Test(
    arguments: [
      "cho delegates board to dan until 12-19",
      "cho delegates board to dan from 03-01 until 02-01",
      "bob asks for weights,weights of gated", "dee gives Member to bob",
      "dee records evidence score of weights with points=many",
    ]
  )
  func `holds what is said to the form of its type`(act: String) throws {
    #expect(
      try Tale().failures("02 \(act)", "03 stage gated is open")
        .map { $0.hasSuffix("is refused with statement.malformed") } == [true]
    )
    let words = act.replacing("delegates", with: "delegating").replacing("asks", with: "asking")
      .replacing("gives", with: "giving").replacing("records", with: "recording")
    try Tale().expect("", "02 \(words) fails with statement.malformed")
  }

  @Test(
    arguments: [
      ("ana approve c", "no such verb: approve"),
      ("ana", "needs somebody and a verb"),
      ("ana files", "file needs a kind of case"),
      ("ana files party of", "nothing stands after of"),
      ("ana files party", "no such kind of case: party"),
      ("ana files open", "file needs a stage"),
      ("ana approves", "approve needs a case"),
      ("ana approves c d", "d says nothing here"),
      ("ana approves c for fun", "approve has no for"),
      ("ana approves c of one", "of must say which revision, from 1"),
      ("ana approves c by heart", "by must say how it is signed: session, key, touch, pin"),
      ("ana denies c because", "because is no code: "),
      ("ana asks for weights", "ask needs of STAGE"),
      ("ana asks of gated", "ask needs for TIER"),
      ("ana asks for weights for paper of gated", "says for twice"),
      ("a*a approves c", "NAME must be 1 to 128 of"),
      ("dog:ana approves c", "must begin with person:, org: or service:"),
      ("dee records score of weights", "what is recorded is evidence"),
      ("dee records evidence score of weights with points", "points: must be NAME=VALUE"),
      ("dee records evidence score of weights with a=1 a=2", "a=2: must be NAME=VALUE"),
      ("ana delegates board to kim", "delegate needs until INSTANT"),
      ("ana delegates board to kim until soon", "must be YYYY-MM-DDThh:mm:ssZ"),
      ("hal holds tier:weights", "hold needs a code"),
      ("the clock stops", "the clock jumps, or is confirmed"),
      ("opened", "needs somebody and a verb"),
    ]
  )
  func `with a sentence that says nothing is refused, with its line`(
    sentence: String,
    message: String
  ) throws {
    let faults = try #require(self.faults("02 \(sentence)", "03 stage gated is open"))
    #expect(faults.count == 1)
    #expect(faults.first?.line == 8)
    #expect(faults.first?.message.contains(message) == true, "\(faults)")
  }

  @Test(
    arguments: [
      ("c is", "must say what is"), ("c will be approved", "must say what is"),
      ("c is fine", "a case is open, waiting, met, dead, held, overdue, returned"),
      ("c is open, missing", "after open stands: missing KIND …"),
      ("c is open, missing patience", "patience is no kind of requirement"),
      ("c is open until 05", "after open stands: missing KIND …"),
      ("c is waiting until soon", "must be YYYY-MM-DDThh:mm:ssZ"),
      ("stage gated is shut", "a stage is open or closed"),
      ("hold h is on", "a hold is active or over"),
      ("grant of c is good", "a grant is revoked, surrendered, held"),
      ("stage big gated is open", "must begin with a case"),
      ("bob may have weights", "must be NAME may obtain TIER"),
      ("bob may not obtain weights", "must be NAME may obtain TIER"),
      ("ana approving c fails", "must end in: fails with CODE"),
      ("ana approving c as d fails with held", "it gets no name"),
      ("opened gated fails with held", "only what somebody says can fail"),
    ]
  )
  func `with an expectation that says nothing is refused, with its line`(
    sentence: String,
    message: String
  ) throws {
    let faults = try #require(
      self.faults("02 bob asks for weights of gated as c", "03 \(sentence)")
    )
    #expect(faults.count == 1)
    #expect(faults.first?.line == 10)
    #expect(faults.first?.message.contains(message) == true, "\(faults)")
  }

  @Test(
    arguments: [
      ("policy: yard.yaml", "", 1, "policy: missing"),
      ("sluice: scenario/1", "sluice: scenario/2", 1, "sluice: must be scenario/1"),
      ("given:", "given: {}\nalso:", 5, "must be a list"),
      ("roster: ", "mood: good\nroster: ", 3, "no key mood in a scenario"),
      ("roster: {", "roster: {odd: [dog:x], ", 3, "must begin with person:"),
      ("2026-01-02", "2025-01-02", 8, "is before the line above it"),
      ("expect:", "expect: []\nmore:", 10, "no key more in a scenario"),
      ("2026-01-02T00:00:00Z", "&a 2026-01-02T00:00:00Z", 8, "anchors are not allowed"),
    ]
  )
  func `that is not one is refused, with its line`(
    old: String,
    new: String,
    line: Int,
    message: String
  ) throws {
    let text = Tale().text("02 bob asks for weights of gated as c", "03 c is open, missing approve")
      .replacing("- \"", with: "- ").replacing("\"\n", with: "\n")
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != text)
    let refusal = #expect(throws: Scenario.Faults.self) { try Scenario(text: changed) }
    let found = refusal?.faults.first { $0.message.contains(message) }
    #expect(found?.line == line, "\(refusal?.description ?? "")")
  }

  @Test(
    arguments: [
      ("ana approves d", 8, "no case is called d"),
      ("ana confirms d", 8, "nothing is called d"),
      ("opened none", 8, "the policy in force has no stage none"),
      ("bob answers none of c", 8, "no case is called c"),
      ("ana files amend with none", 8, "no roster is called none"),
      ("ana files amend to none.yaml", 8, "no policy none.yaml was given"),
      ("ana lifts tier:weights", 8, "no hold is called tier:weights, and none is on it"),
      ("dee records evidence score of none", 8, "the policy in force has no tier none"),
    ]
  )
  func `with a name that means nothing is refused when it is played`(
    sentence: String,
    line: Int,
    message: String
  ) throws {
    let scenario = try Scenario(text: Tale().text("02 \(sentence)", "03 stage gated is open"))
    let policy = try Tale().policy
    let refusal = #expect(throws: Scenario.Faults.self) { try scenario.play(policy: policy) }
    #expect(refusal?.faults.map(\.line) == [line])
    #expect(
      refusal?.faults.first?.message.hasSuffix(message) == true,
      "\(refusal?.description ?? "")"
    )
  }

  @Test func `needs the roles of the policy`() throws {
    let scenario = try Scenario(
      text: Tale(roster: "{board: [ana], stewards: [hal]}").text("", "03 stage gated is open")
    )
    let policy = try Tale().policy
    let refusal = #expect(throws: Scenario.Faults.self) { try scenario.play(policy: policy) }
    #expect(
      refusal?.faults.map(\.message) == [
        "roster.roles.outreach: missing", "roster.roles.safety: missing",
      ]
    )
  }

  @Test func `may leave a colon unquoted`() throws {
    let text = Tale().text(
      "02 bob asks for weights of gated as c",
      "03 bob may not obtain weights: grant.none"
    )
    .replacing("- \"", with: "- ").replacing("grant.none\"", with: "grant.none").replacing(
      "\"\n",
      with: "\n"
    )
    #expect(try Scenario(text: text).play(policy: try Tale().policy) == [])
  }

  private func faults(_ story: String, _ expected: String) -> [Scenario.Fault]? {
    let refusal = #expect(throws: Scenario.Faults.self) {
      try Scenario(text: Tale().text(story, expected))
    }
    return refusal?.faults
  }
}
