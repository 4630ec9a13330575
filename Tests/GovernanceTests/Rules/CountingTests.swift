import Testing

/// Who counts: governance-domain 6, S1 to S8.
@Suite("Who counts")
struct CountingTests {
  @Test func `leaves out the requester of every kind of case`() throws {
    try Tale(stages: "more: {offers: [paper], opens: ship, admits: everyone}").expect(
      """
      02 ana asks for weights of gated as access
      02 ana files open more as open
      02 hal holds tier:weights safety as h
      02 ana files lift h as lift
      """,
      """
      02 ana approving access fails with approve.requester
      02 ana denying access fails with approve.requester
      02 ana approving open fails with approve.requester
      02 ana returning lift fails with approve.requester
      """
    )
  }

  @Test func `leaves out the beneficiary, whoever files`() throws {
    try Tale(
      roster: "{board: [ana, ben, \"service:clerk\"], safety: [], outreach: [gus], stewards: [hal]}"
    )
    .expect(
      "02 service:clerk asks for weights of gated on behalf of ana as c\n03 ben approves c",
      """
      02 ana approving c fails with approve.requester
      02 c is open, missing approve
      03 c is approved
      """
    )
  }

  @Test func `leaves out the members of a group that asks`() throws {
    try Tale(main: "[member: readers, approve: {role: board, count: 2}]", gated: "").expect(
      """
      02 gus joins ana to readers with sector=press
      02 gus asks for weights of gated on behalf of group:readers as c
      03 ben approves c
      04 cho approves c
      """,
      """
      02 ana approving c fails with approve.requester
      03 c is open, missing approve
      04 c is approved
      """
    )
  }

  /// S2.
  @Test func `seats one head once, whatever roles they hold`() throws {
    let roster = "{board: [ana, ben], safety: [ben, dee], outreach: [gus], stewards: [hal]}"
    try Tale(main: "[approve: {role: board}, approve: {role: safety}]", roster: roster).expect(
      "02 bob asks for weights of gated as c\n03 ben approves c\n04 ana approves c",
      "03 c is open, missing approve\n04 c is approved"
    )
  }

  /// S3.
  @Test func `leaves out colleagues of the beneficiary, where the gate says so`() throws {
    let also = "organisations: {ana: institute, bob: institute, ben: company}"
    try Tale(terms: "recuse: [same-organisation]", also: also).expect(
      "02 bob asks for weights of gated as c\n04 ben approves c",
      """
      03 ana approving c fails with approve.recused
      03 c is open, missing approve
      04 c is approved
      """
    )
    try Tale(also: also).expect(
      "02 bob asks for weights of gated as c\n03 ana approves c",
      "03 c is approved"
    )
  }

  /// S3: S1 to S4 are asked of the delegate too, who is in no roster.
  @Test func `leaves out a delegate who is a colleague of the beneficiary`() throws {
    let also = "organisations: {kim: institute, bob: institute}"
    let story = """
      02 ana delegates board to kim until 20
      03 bob asks for weights of gated as c
      """
    try Tale(terms: "recuse: [same-organisation]", also: also).expect(
      story,
      "03 kim approving c fails with approve.recused"
    )
    try Tale(also: also).expect(story + "\n04 kim approves c", "04 c is approved")
  }

  /// S3.
  @Test func `leaves out authors of the evidence, where the gate says so`() throws {
    let main = "[approve: {role: board}, evidence: {kind: score}]"
    let story = """
      01 ana records evidence score of weights with points=1 as e
      01 ben records evidence other of weights with points=1
      02 bob asks for weights of gated as c
      """
    try Tale(main: main, terms: "recuse: [evidence-author]").expect(
      "\(story)\n04 ana retracts e\n05 ana approves c\n06 cho records evidence score of weights",
      """
      03 ana approving c fails with approve.recused
      05 c is open, missing evidence
      06 c is approved
      """
    )
    try Tale(main: main).expect("\(story)\n03 ana approves c", "03 c is approved")
  }

  /// S3: of a renewal those who decided about the grant, where its gate says so.
  @Test(arguments: [
    ("", "03 c is approved"), (", recuse: [deciders]", "03 c is open, missing approve"),
  ])
  func `leaves out deciders of the grant that is renewed`(recuse: String, expected: String) throws {
    let tale = Tale(
      gates: "again: {require: [approve: {role: board}]\(recuse)}",
      gated: "lasts: P1D, renews: {gate: again, window: P1D, grace: P1D}"
    )
    let story =
      "01 bob asks for weights of gated as b\n02 ana approves b\n02T12:00:00 bob renews b as c"
    guard recuse.isEmpty else {
      return try tale.expect(
        "\(story)\n02T18:00:00 ben approves c",
        "02T12:00:00 ana approving c fails with approve.recused\n02T18:00:00 c is approved"
      )
    }
    try tale.expect("\(story)\n03 ana approves c", expected)
  }

  /// S4.
  @Test func `lets nobody confirm their own evidence`() throws {
    try Tale(main: "[approve: {role: board}, evidence: {kind: score, confirm: safety}]").expect(
      """
      02 bob asks for weights of gated as c
      02 ana approves c
      02 dee records evidence score of weights with points=1 as e
      04 eli confirms e
      """,
      """
      03 dee confirming e fails with statement.malformed
      03 c is open, missing evidence
      04 c is approved
      """
    )
  }

  /// S5.
  @Test func `never counts a service`() throws {
    let roster = "{board: [ana, \"service:clerk\"], safety: [], outreach: [gus], stewards: [hal]}"
    try Tale(roster: roster).expect(
      "02 bob asks for weights of gated as c\n04 ana approves c",
      """
      03 service:clerk approving c fails with case.unknown
      03 c is open, missing approve
      04 c is approved
      """
    )
  }

  /// S6: who has left the role, and who had not joined it when they spoke.
  @Test func `asks for the role when signing and when counting`() throws {
    let main = "[approve: {role: board}, approve: {role: safety}]"
    let also = """
      rosters:
        left: {board: [cho, ben], safety: [dee, eli, ana], outreach: [gus], stewards: [hal]}
      """
    try Tale(main: main, also: also).expect(
      """
      02 bob asks for weights of gated as c
      03 ana approves c
      04 ben files amend with left as r
      05 cho approves r
      06 dee approves c
      07 cho approves c
      """,
      """
      03 c is open, missing approve
      05 r is approved
      05 c is open, missing approve
      06 c is open, missing approve
      07 c is approved
      """
    )
  }

  @Test func `changes nothing that was decided`() throws {
    let also = """
      rosters:
        left: {board: [cho, ben], safety: [dee], outreach: [gus], stewards: [hal]}
      """
    try Tale(also: also).expect(
      """
      02 bob asks for weights of gated as c
      03 ana approves c
      04 ben files amend with left as r
      05 cho approves r
      """,
      "05 c is approved\n05 grant of c is live\n05 bob may obtain weights"
    )
  }

  /// S7.
  @Test func `forgets verdicts on older wordings`() throws {
    try Tale(main: "[approve: {role: board, count: 2}]").expect(
      """
      02 bob asks for weights of gated as c
      03 ana approves c
      04 bob revises c to hosted
      05 ben approves c
      06 cho approves c
      """,
      """
      04 ana approving c of 1 fails with approve.stale-revision
      05 c is open, missing approve
      06 c is approved
      06 bob may obtain hosted
      06 bob may not obtain weights: grant.none
      """
    )
  }

  /// S8.
  @Test func `lets one steward close alone, and not be the one who opens again`() throws {
    let ship = "[approve: {role: stewards}]"
    try Tale(ship: ship).expect(
      """
      02 bob asks for weights of gated as b
      02 ana approves b
      03 hal holds person:bob misuse as h
      04 ana lifts h as l
      06 ida approves l
      """,
      """
      03 bob may not obtain weights: held
      03 grant of b is held
      05 hal approving l fails with approve.recused
      05 l is open, missing approve
      06 l is approved
      06 hold h is over
      06 bob may obtain weights
      """
    )
  }
}
