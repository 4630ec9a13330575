import Testing

/// Governance-domain 7 and 9: what time does alone, to the second.
@Suite("Time")
struct TimeTests {
  @Test func `reaches an instant at its second`() throws {
    try Tale(main: "[after: \"2026-01-05T12:00:00Z\"]").expect(
      "02 bob asks for weights of gated as c",
      """
      02 c is waiting until 05T12:00:00
      05T11:59:59 c is waiting, missing after
      05T12:00:00 c is approved
      05T12:00:00 bob may obtain weights
      """
    )
  }

  @Test func `counts from the opening of a stage`() throws {
    try Tale(
      main: "[after: {stage: more, plus: P1D}]",
      stages: "more: {offers: [paper], opens: ship, admits: everyone}"
    ).expect(
      "02 bob asks for weights of gated as c\n04T01:00:00 opened more",
      """
      03 c is open, missing after
      04T01:00:00 c is waiting until 05T01:00:00
      05T01:00:00 c is approved
      """
    )
  }

  @Test func `comes for all that wait for it`() throws {
    try Tale(main: "[after: \"2026-01-05T12:00:00Z\"]").expect(
      """
      02 bob asks for weights of gated as c
      02 eve asks for weights of gated as d
      02 zed asks for weights of gated as e
      """,
      "05T12:00:00 c is approved\n05T12:00:00 d is approved\n05T12:00:00 e is approved"
    )
  }

  @Test func `begins anew for a wait with every wording`() throws {
    try Tale(main: "[wait: P7D]").expect(
      "02 bob asks for weights of gated as c\n05 bob revises c",
      "04 c is waiting until 09\n05 c is waiting until 12\n11T23:59:59 c is waiting\n12 c is approved"
    )
  }

  @Test func `stands still for after and wait while the clock is in doubt`() throws {
    try Tale(main: "[wait: P7D]").expect(
      """
      02 bob asks for weights of gated as c
      05 the clock jumps
      15 the clock is confirmed
      """,
      """
      04 c is waiting until 09
      14 c is waiting, missing wait
      15 c is approved
      """
    )
  }

  @Test func `makes nothing due while the clock is in doubt, and all of it with its confirmation`()
    throws
  {
    try Tale(
      terms: "due: P5D, lapse: P8D",
      gated: "lasts: P3D, owes: [{answer: findings, within: P2D, then: hold}]"
    ).expect(
      """
      01 eve asks for weights of gated as e
      02 bob asks for weights of gated as b
      02 ana approves e
      03 the clock jumps
      09 bob asks for weights of gated to wait as c
      11 the clock is confirmed
      """,
      """
      10T23:00:00 b is open, missing approve
      11 b is lapsed
      11 c is open, missing approve
      11 eve asking for hosted of gated fails with held
      """
    )
  }

  @Test func `goes on for grants while the clock is in doubt`() throws {
    try Tale(gated: "lasts: P3D").expect(
      "02 bob asks for weights of gated as c\n02 ana approves c\n03 the clock jumps",
      "04T23:59:59 bob may obtain weights\n05 bob may not obtain weights: grant.expired"
    )
  }

  @Test func `makes a case overdue once a wording, and ends it once`() throws {
    try Tale(terms: "due: P2D, lapse: P10D").expect(
      """
      02 bob asks for weights of gated as c
      05 bob revises c
      08 ana returns c
      """,
      """
      03T23:59:59 c is open, missing approve
      04 c is overdue
      05 c is open, missing approve
      06T23:59:59 c is open, missing approve
      07 c is overdue
      11T23:59:59 c is returned
      12 c is lapsed
      12 ana approving c fails with case.closed
      """
    )
  }

  /// What was late and then over is recorded as both.
  @Test func `lets nothing lapse that was decided before`() throws {
    try Tale(main: "[wait: P5D]", terms: "due: P2D, lapse: P10D").expect(
      "02 bob asks for weights of gated as c",
      "03 c is waiting until 07\n04 c is overdue\n20 c is approved"
    )
  }

  /// What is on record now may be too old by then, and is not promised.
  @Test func `promises no instant at which something else is too old`() throws {
    let main = "[evidence: {kind: score, max-age: P2D}, after: \"2026-01-10T00:00:00Z\"]"
    try Tale(main: main).expect(
      """
      02 dee records evidence score of weights
      02 bob asks for weights of gated as c
      09 dee records evidence score of weights
      """,
      """
      02 c is waiting, missing after
      05 c is open, missing evidence after
      09 c is waiting until 10
      10 c is approved
      """
    )
    let failures = try Tale(main: main).failures(
      "02 dee records evidence score of weights\n02 bob asks for weights of gated as c",
      "02 c is waiting until 10"
    )
    #expect(
      failures == [
        "2026-01-02T00:00:00Z c is waiting until 2026-01-10T00:00:00Z: "
          + "is waiting, and will not be met by time alone"
      ]
    )
  }

  @Test func `chooses the first way that it opens`() throws {
    let late = "after: \"2026-01-20T00:00:00Z\""
    let main = "[any: [\(late), [wait: P3D, evidence: {kind: score, max-age: P1D}], wait: P9D]]"
    try Tale(main: main).expect(
      "02 dee records evidence score of weights\n02 bob asks for weights of gated as c",
      "02 c is waiting until 11\n10T23:59:59 c is waiting\n11 c is approved"
    )
  }

  @Test func `bars another question at the stage for a while after a denial`() throws {
    try Tale(terms: "reapply: P5D").expect(
      """
      02 bob asks for weights of gated to teach as c
      03 ana denies c
      04 eve asks for weights of gated to teach as other
      08 bob asks for weights of gated to teach as again
      """,
      """
      03 bob asking for weights of gated to teach fails with case.too-soon
      03 bob asking for weights of gated to learn fails with case.too-soon
      07T23:59:59 bob asking for weights of gated to teach fails with case.too-soon
      07T23:59:59 bob asking for weights of gated to learn fails with case.too-soon
      08 again is open, missing approve
      08 bob asking for weights of gated to teach fails with case.duplicate
      """
    )
  }
}
