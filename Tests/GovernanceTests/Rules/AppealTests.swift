import Testing

/// Governance-domain 3 and 7: another look at a denial.
@Suite("An appeal")
struct AppealTests {
  @Test func `opens the denied case again, without those who denied it`() throws {
    try Tale(main: "[approve: {role: board}]", terms: "lapse: P20D").expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c purpose
      04 bob appeals c as a
      05 ben approves a
      24 cho approves c
      """,
      """
      04 ana approving a fails with approve.recused
      04 bob appealing c fails with statement.stale
      05 a is approved
      05 c is open, missing approve
      05 ana approving c fails with approve.recused
      05 bob appealing c fails with statement.stale
      24 c is approved
      24 bob may obtain weights
      """
    )
  }

  @Test func `that is denied leaves it denied`() throws {
    try Tale().expect(
      "02 bob asks for weights of gated as c\n03 ana denies c\n04 bob appeals c as a\n05 ben denies a",
      """
      05 a is denied
      05 c is denied
      05 bob appealing a fails with statement.malformed
      05 bob appealing c fails with statement.stale
      """
    )
  }

  @Test func `can be made once a wording`() throws {
    let roster = "{board: [ana, ben, cho, dan], safety: [], outreach: [gus], stewards: [hal]}"
    try Tale(roster: roster).expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c
      04 bob appeals c as a
      05 ben approves a
      06 cho denies c
      07 bob appeals c as again
      08 ben approves again
      09 dan approves c
      """,
      """
      06 c is denied
      07 cho approving again fails with approve.recused
      08 ana approving c fails with approve.recused
      08 cho approving c fails with approve.recused
      09 c is approved
      """
    )
  }

  @Test func `is for those concerned`() throws {
    try Tale().expect(
      "02 bob asks for weights of gated as c\n03 ana denies c\n04 eve asks for weights of gated as e",
      """
      04 eve appealing c fails with case.unknown
      04 ana appealing c fails with approve.not-eligible
      04 eve appealing e fails with statement.stale
      """
    )
  }

  /// While it is open the same cannot be asked by another case, nor afterwards.
  @Test func `keeps the same from being asked twice`() throws {
    try Tale().expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c
      04 bob appeals c as a
      06 ben approves a
      """,
      """
      05 bob asking for weights of gated fails with case.duplicate
      06 bob asking for weights of gated fails with case.duplicate
      """
    )
    try Tale().expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c
      04 bob asks for weights of gated as again
      """,
      "05 bob appealing c fails with case.duplicate"
    )
  }

  /// A stage opens once: a denied opening that another one overtook stays denied.
  @Test func `brings back nothing that was overtaken`() throws {
    let stages = "more: {offers: [paper], opens: ship, admits: everyone}"
    let story = """
      02 ana files open more as c
      03 ben denies c
      04 cho files open more as d
      """
    try Tale(stages: stages).expect(
      "\(story)\n05 ben approves d",
      "04 ana appealing c fails with case.duplicate\n05 ana appealing c fails with statement.stale"
    )
    try Tale().amended { $0.terms = "due: P9D" }.expect(
      """
      02 ana files amend to next.yaml as c
      03 ben denies c
      04 cho files amend to next.yaml as d
      05 ana approves d
      """,
      "05 d is approved\n06 ana appealing c fails with statement.stale"
    )
  }

  @Test func `of a renewal recuses those who denied it, whatever its gate says`() throws {
    try Tale(
      gates: "again: {require: [approve: {role: board}]}",
      gated: "lasts: P10D, renews: {gate: again, window: P9D, grace: P9D}"
    ).expect(
      """
      02 bob asks for weights of gated as b
      02 ana approves b
      04 bob renews b as r
      05 ben denies r
      06 bob appeals r as a
      07 cho approves a
      08 ana approves r
      """,
      "07 ben approving r fails with approve.recused\n08 r is approved"
    )
  }

  @Test func `of a lift tells deniers from whoever placed the hold`() throws {
    try Tale(
      ship: "[approve: {role: stewards, veto: none}]",
      roster: "{board: [ana], safety: [], outreach: [gus], stewards: [hal, ida, joe]}"
    )
    .expect(
      """
      02 hal holds tier:paper legal as h
      03 ana lifts h as l
      """,
      "03 hal approving l fails with approve.recused\n03 l is open, missing approve"
    )
  }
}

@Suite("A renewal")
struct RenewalTests {
  private let tale = Tale(
    gates: "again: {require: [accept: use]}",
    gated: "lasts: P10D, renews: {gate: again, window: P3D, grace: P2D}"
  )
  private let granted =
    "02 bob asks for weights of gated as b\n02 ana approves b\n02 bob accepts use"

  @Test func `begins at the end of what it renews, however early it is asked for`() throws {
    try tale.expect(
      "\(granted)\n09 bob renews b as r",
      """
      08T23:59:59 bob renewing b fails with case.too-soon
      09 r is approved
      09 bob renewing b fails with statement.stale
      11T23:59:59 grant of b is live
      11T23:59:59 grant of r is pending
      12 grant of b is grace
      12 grant of r is live
      21T23:59:59 bob may obtain weights
      22 bob may not obtain weights: grant.grace
      """
    )
  }

  @Test func `serves nothing before, even if what it renews was ended`() throws {
    try tale.expect(
      "\(granted)\n09 bob renews b as r\n10 bob surrenders b",
      """
      10 bob may not obtain weights: grant.pending
      11T23:59:59 grant of r is pending
      12 bob may obtain weights
      """
    )
  }

  @Test func `begins there too when it comes in the time of grace`() throws {
    try tale.expect(
      "\(granted)\n13T23:59:59 bob renews b as r",
      """
      12 bob may not obtain weights: grant.grace
      13T23:59:59 bob may obtain weights
      21T23:59:59 grant of r is live
      22 grant of r is grace
      24 grant of r is expired
      """
    )
    try tale.expect(granted, "14 bob renewing b fails with grant.expired\n14 grant of b is expired")
  }

  @Test(
    arguments: [
      ("bob renewing e", "grant.unknown"), ("eve renewing b", "grant.unknown"),
      ("bob renewing x", "statement.stale"),
    ]
  )
  func `is the holder's, of what was not ended`(act: String, code: String) throws {
    try tale.expect(
      """
      \(granted)
      02 eve asks for weights of gated as e
      02 ana approves e
      03 bob asks for weights of gated to learn as x
      03 ana approves x
      09 hal revokes x misuse
      """,
      "10 \(act) fails with \(code)"
    )
  }

  /// A grant that is ended while its renewal is open takes the renewal with it.
  @Test(arguments: ["hal revokes b misuse", "bob surrenders b"])
  func `lapses when what it renews is ended`(ending: String) throws {
    try Tale(
      gates: "again: {require: [approve: {role: board}]}",
      gated: "lasts: P10D, renews: {gate: again, window: P3D, grace: P2D}"
    ).expect(
      "\(granted)\n09 bob renews b as r\n10 \(ending)",
      "09 r is open, missing approve\n10 r is lapsed\n10 ben approving r fails with case.closed"
    )
  }

  @Test func `is asked for once at a time, and withheld by a hold on the grant`() throws {
    try Tale(
      gates: "again: {require: [approve: {role: board}]}",
      gated: "lasts: P10D, renews: {gate: again, window: P3D, grace: P2D}"
    ).expect(
      """
      \(granted)
      09 bob renews b as r
      10 hal holds grant:b misuse until 11
      10 ben approves r
      """,
      "09 bob renewing b fails with case.duplicate\n10 r is held\n11 r is approved"
    )
  }

  @Test func `is nothing where the stage knows none`() throws {
    try Tale().expect(
      "02 bob asks for weights of gated as b\n02 ana approves b",
      "03 bob renewing b fails with statement.malformed"
    )
  }
}
