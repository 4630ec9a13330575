import Testing

/// Vetoes, strength, held keys: governance-domain 5 and 10.
@Suite("Verdicts")
struct VerdictTests {
  @Test(
    arguments: [
      ("", "c is denied", "c is denied"), ("veto: 2", "c is open, missing approve", "c is denied"),
      ("veto: none", "c is open, missing approve", "c is open, missing approve"),
    ]
  )
  func `end a case by as many denials as the policy says`(
    veto: String,
    one: String,
    two: String
  ) throws {
    let roster = "{board: [ana, ben, cho, dan], safety: [], outreach: [gus], stewards: [hal]}"
    let main = "[approve: {role: board, count: 2\(veto.isEmpty ? "" : ", \(veto)")}]"
    try Tale(main: main, roster: roster).expect(
      "02 bob asks for weights of gated as c\n03 ana denies c safety\n"
        + (veto.isEmpty ? "" : "04 ben denies c"),
      "03 \(one)\n04 \(two)"
    )
  }

  /// S7.
  @Test func `say nothing about answers that were given later`() throws {
    try Tale(main: "[answer: ask, approve: {role: board, count: 2}]").expect(
      """
      02 bob asks for weights of gated as c
      02 bob answers ask of c
      03 ana approves c
      04 bob answers ask of c
      05 ben approves c
      06 ana approves c
      """,
      """
      03 c is open, missing approve
      05 c is open, missing approve
      06 c is approved
      """
    )
  }

  @Test func `of one role say nothing about another's veto`() throws {
    let main = "[approve: {role: board, veto: none}, approve: {role: safety}]"
    try Tale(main: main).expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c
      04 ben approves c
      05 dee denies c
      """,
      "04 c is open, missing approve\n05 c is denied"
    )
  }

  @Test func `end a case that nobody is left to approve`() throws {
    let roster = "{board: [ana, ben], safety: [dee], outreach: [gus], stewards: [hal]}"
    try Tale(
      main: "[approve: {role: board, count: 2, veto: none}]",
      ship: "[approve: {role: safety}]",
      roster: roster
    ).expect(
      "02 bob asks for weights of gated as c\n03 ana denies c",
      "02 c is open, missing approve\n03 c is denied"
    )
  }

  @Test func `can be changed, the last one counting`() throws {
    try Tale(main: "[approve: {role: board, veto: none}, answer: ask]").expect(
      """
      02 bob asks for weights of gated as c
      03 ana approves c
      04 ana denies c
      05 ana approves c
      """,
      "03 c is open, missing answer\n04 c is open, missing approve answer\n05 c is open, missing answer"
    )
  }

  @Test func `of somebody who recused themselves are dropped`() throws {
    try Tale(main: "[approve: {role: board}, answer: ask]").expect(
      "02 bob asks for weights of gated as c\n03 ana approves c\n04 ana recuses from c",
      """
      03 c is open, missing answer
      04 c is open, missing approve answer
      04 ana approving c fails with approve.recused
      """
    )
  }

  @Test(
    arguments: [
      ("", "by session", "signature.none"), ("signature: touch", "", "approve.signature"),
      ("signature: pin", "by touch", "approve.signature"),
    ]
  )
  func `need the strength that the gate asks for`(
    signature: String,
    strength: String,
    code: String
  ) throws {
    let main = "[approve: {role: board\(signature.isEmpty ? "" : ", \(signature)")}]"
    try Tale(main: main).expect(
      "02 bob asks for weights of gated as c\n04 ana approves c by pin",
      "03 ana approving c \(strength) fails with \(code)\n04 c is approved"
    )
  }

  @Test func `by session count where the gate says so`() throws {
    try Tale(main: "[approve: {role: board, signature: session}]").expect(
      "02 bob asks for weights of gated as c\n03 ana approves c by session\n04 hal revokes c misuse by session",
      "03 c is approved\n04 grant of c is revoked"
    )
  }

  /// Two ways of different strength: the weaker verdict is let in and fills only its own slot.
  @Test func `that are weaker fill no slot, and stop nothing`() throws {
    let main = "[approve: {role: board, signature: touch}, approve: {role: safety}]"
    try Tale(main: main).expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c
      04 dee approves c
      05 ben approves c
      06 ben approves c by touch
      """,
      "03 c is open, missing approve\n05 c is open, missing approve\n06 c is approved"
    )
  }

  @Test func `of a key that is held do not count from when on it is doubtful`() throws {
    try Tale(main: "[approve: {role: board}, answer: ask]").expect(
      """
      02 bob asks for weights of gated as early
      02 eve asks for weights of gated as late
      03 ana approves early
      05 ana approves late
      06 hal holds key:ana key-compromise since 04
      """,
      """
      05 early is open, missing answer
      05 late is open, missing answer
      06 early is open, missing answer
      06 late is open, missing approve answer
      06 ana approving late fails with held
      """
    )
  }

  @Test func `of a key that is held count up to the hold, if nothing else is said`() throws {
    try Tale(main: "[approve: {role: board}, answer: ask]").expect(
      "02 bob asks for weights of gated as c\n03 ana approves c\n04 hal holds key:ana key-compromise",
      "05 c is open, missing answer"
    )
  }

  /// A thief must not be able to overwrite what the owner said before.
  @Test func `that a thief replaced count again`() throws {
    try Tale(main: "[approve: {role: board, count: 2, veto: 2}, answer: ask]").expect(
      """
      02 bob asks for weights of gated as c
      03 ana denies c
      05 ana approves c
      06 ben denies c
      07 hal holds key:ana key-compromise since 04
      """,
      "06 c is open, missing approve answer\n07 c is denied"
    )
  }

  @Test func `count again when the hold on their key ends`() throws {
    try Tale(ship: "[approve: {role: safety}]").expect(
      """
      02 bob asks for weights of gated as c
      02 hal holds tier:weights safety until 10
      03 ana approves c
      04 hal holds key:ana key-compromise since 01 until 20
      """,
      "03 c is held\n04 c is open, missing approve\n19 c is open, missing approve\n20 c is approved"
    )
  }

  @Test func `of doubtful keys spoil what else they signed`() throws {
    let main = "[approve: {role: board}, answer: ask, accept: use]"
    try Tale(main: main).expect(
      """
      02 bob asks for weights of gated as c
      03 bob answers ask of c
      03 bob accepts use
      04 hal holds key:bob key-compromise since 01
      05 bob answers ask of c by session
      06 bob accepts use by session
      07 ana approves c
      """,
      """
      03 c is open, missing approve
      04 c is open, missing approve answer accept
      05 c is open, missing approve accept
      06 c is open, missing approve
      07 c is approved
      """
    )
  }

  @Test func `after the end are refused`() throws {
    try Tale().expect(
      """
      02 bob asks for weights of gated as c
      03 ana approves c
      03 eve asks for weights of gated as r
      04 ben returns r
      06 eve revises r
      07 eve withdraws r
      """,
      """
      03 ben denying c fails with case.closed
      05 ben approving r fails with case.returned
      05 r is returned
      06 r is open, missing approve
      07 r is withdrawn
      07 ben approving r fails with case.closed
      """
    )
  }
}
