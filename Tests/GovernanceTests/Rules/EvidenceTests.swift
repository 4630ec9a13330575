import Testing

/// Governance-domain 5, `evidence`.
@Suite("Evidence")
struct EvidenceTests {
  @Test func `is about each tier that is asked for`() throws {
    try Tale(main: "[evidence: {kind: score}]").expect(
      """
      02 bob asks for weights,hosted of gated as c
      03 dee records evidence score of weights with points=1
      04 dee records evidence score of hosted with points=1
      """,
      """
      02 c is open, missing evidence
      03 c is open, missing evidence
      04 c is approved
      """
    )
  }

  @Test func `is about the tier that the policy names`() throws {
    try Tale(main: "[evidence: {kind: score, of: paper}]").expect(
      """
      02 bob asks for weights of gated as c
      03 dee records evidence score of weights with points=1
      04 dee records evidence score of paper with points=1
      """,
      "03 c is open, missing evidence\n04 c is approved"
    )
  }

  @Test func `says all that is asked in one record`() throws {
    try Tale(main: "[evidence: {kind: score, where: [points >= 3, share <= 0.50]}]").expect(
      """
      02 bob asks for weights of gated as c
      03 dee records evidence score of weights with points=3 share=0.51
      04 dee records evidence score of weights with points=2 share=0.1
      05 dee records evidence score of weights with points=9
      06 dee records evidence other of weights with points=9 share=0.1
      07 dee records evidence score of weights with points=3.0 share=0.5
      """,
      "06 c is open, missing evidence\n07 c is approved"
    )
  }

  @Test func `is good to the last second of its age`() throws {
    let tale = Tale(main: "[evidence: {kind: score, max-age: P1D}]")
    let story = "02T00:00:00 dee records evidence score of weights"
    try tale.expect(
      "\(story)\n03T00:00:00 bob asks for weights of gated as c",
      "03T00:00:00 c is approved"
    )
    try tale.expect(
      "\(story)\n03T00:00:01 bob asks for weights of gated as c",
      "03T00:00:01 c is open, missing evidence"
    )
  }

  @Test func `needs a confirmation by a head of the role`() throws {
    try Tale(main: "[evidence: {kind: score, confirm: safety}]").expect(
      """
      01 dee records evidence score of weights as e
      02 bob asks for weights of gated as c
      03 ana confirms e
      04 eli confirms e as ok
      """,
      """
      03 c is open, missing evidence
      03 bob confirming e fails with approve.not-eligible
      03 ana confirming e fails with statement.stale
      04 c is approved
      """
    )
  }

  @Test func `and its confirmation can be taken back by their authors`() throws {
    try Tale(main: "[evidence: {kind: score, confirm: safety}, answer: ask]").expect(
      """
      01 dee records evidence score of weights as e
      02 bob asks for weights of gated as c
      03 eli confirms e as ok
      04 eli retracts ok
      05 eli confirms e
      06 dee retracts e
      """,
      """
      03 c is open, missing answer
      03 dee retracting ok fails with approve.not-eligible
      04 c is open, missing evidence answer
      05 c is open, missing answer
      06 c is open, missing evidence answer
      06 eli confirming e fails with statement.unknown
      """
    )
  }

  @Test func `of a key that is held does not count, nor its confirmation`() throws {
    let main = "[evidence: {kind: score, confirm: safety}, answer: ask]"
    let story = """
      01 dee records evidence score of weights as e
      02 bob asks for weights of gated as c
      03 eli confirms e
      """
    try Tale(main: main).expect(
      "\(story)\n04 hal holds key:dee key-compromise since 01",
      "03 c is open, missing answer\n04 c is open, missing evidence answer"
    )
    try Tale(main: main).expect(
      "\(story)\n04 hal holds key:eli key-compromise since 01",
      "04 c is open, missing evidence answer"
    )
  }

  @Test func `about bytes that a tier no longer stands for does not count`() throws {
    try Tale(
      gates: "measured: {require: [approve: {role: board}, evidence: {kind: score}]}",
      stages: "second: {offers: [draft], opens: measured, admits: everyone}",
      tiers: "draft: {kind: weights}"
    ).expect(
      """
      02 dee records evidence score of draft
      03 ana binds draft to better
      04 ana files open second as c
      05 ben approves c
      07 dee records evidence score of draft
      """,
      """
      06 c is open, missing evidence
      07 c is approved
      07 ana binding draft to worse fails with statement.stale
      """
    )
  }
}

/// A report of a leak, and what it takes to make evidence of it.
@Suite("A report of a leak")
struct LeakTests {
  private let tale = Tale(main: "[evidence: {kind: embargo-breach, of: paper}]")

  @Test func `counts once a steward has confirmed it, who did not write it`() throws {
    try tale.expect(
      """
      02 bob asks for weights of gated as c
      03 hal reports leak of paper as r
      04 ana confirms r
      06 ida confirms r
      """,
      """
      03 c is open, missing evidence
      04 c is open, missing evidence
      05 hal confirming r fails with statement.malformed
      06 c is approved
      """
    )
  }

  @Test func `needs whom the policy names besides`() throws {
    try Tale(main: "[evidence: {kind: embargo-breach, of: paper, confirm: safety}]").expect(
      """
      02 bob asks for weights of gated as c
      03 eve reports leak of paper by session as r
      04 ida confirms r
      05 dee confirms r
      """,
      "04 c is open, missing evidence\n05 c is approved"
    )
  }

  @Test func `of another kind, or about another tier, is none`() throws {
    try tale.expect(
      """
      02 bob asks for weights of gated as c
      03 eve reports misuse of paper as m
      04 eve reports leak of weights as w
      05 hal confirms w
      """,
      "05 c is open, missing evidence\n05 hal confirming m fails with statement.unknown"
    )
  }

  @Test func `can be taken back`() throws {
    try tale.expect(
      """
      03 eve reports leak of paper as r
      04 eve retracts r
      05 bob asks for weights of gated as c
      """,
      "05 hal confirming r fails with statement.unknown\n05 c is open, missing evidence"
    )
  }
}
