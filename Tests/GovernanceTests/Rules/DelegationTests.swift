import Testing

/// Governance-domain 6: who speaks for another.
@Suite("A delegation")
struct DelegationTests {
  @Test func `counts for the seat of whoever gave it, while it lasts`() throws {
    try Tale(main: "[approve: {role: board, count: 2}]").expect(
      """
      02 ana delegates board to kim until 10
      03 bob asks for weights of gated as c
      04 kim approves c
      05 ben approves c
      10 eve asks for weights of gated as late
      """,
      """
      04 c is open, missing approve
      05 c is approved
      10 kim approving late fails with approve.not-eligible
      """
    )
  }

  /// A seat whose delegate is a party is out; time alone can take it and give it back.
  @Test func `moves the cases of its delegate as it begins and ends`() throws {
    try Tale(main: "[approve: {role: board, count: 2}]").expect(
      """
      02 bob asks for weights of gated as c
      02 ana approves c
      03 ana delegates board to bob until 06
      04 ben approves c
      """,
      "05 c is open, missing approve\n06 c is approved"
    )
    try Tale(main: "[approve: {role: board, count: 3}]").expect(
      """
      02 ana delegates board to bob from 04 until 06
      03 bob asks for weights of gated as c
      """,
      "03 c is open, missing approve\n04 c is denied"
    )
  }

  @Test func `lets the delegate step back, and learn how a case stands, only while it lasts`()
    throws
  {
    try Tale(main: "[approve: {role: board, count: 2}]").expect(
      """
      02 ana delegates board to kim until 10
      03 bob asks for weights of gated as c
      04 ben approves c
      04 cho approves c
      05 eve asks for weights of gated as other
      10 lea asks for weights of gated as late
      """,
      """
      05 kim recusing from c fails with case.closed
      10 kim recusing from c fails with approve.not-eligible
      """
    )
  }

  @Test func `ends the approval with its own end`() throws {
    try Tale(main: "[approve: {role: board}, answer: ask]").expect(
      """
      02 ana delegates board to kim until 10
      03 bob asks for weights of gated as c
      04 kim approves c
      10 bob answers ask of c
      11 ana approves c
      """,
      "09 c is open, missing answer\n10 c is open, missing approve\n11 c is approved"
    )
  }

  @Test func `gives way to the word of whoever gave it`() throws {
    try Tale(main: "[approve: {role: board, veto: none}, answer: ask]").expect(
      """
      02 ana delegates board to kim until 20
      03 bob asks for weights of gated as c
      04 ana denies c
      05 kim approves c
      06 bob answers ask of c
      07 ana approves c
      """,
      "06 c is open, missing approve\n07 c is approved"
    )
  }

  /// The denial of a delegate is not the last word: a gate that needs everybody stays open.
  @Test func `leaves the seat its own word after a delegate's denial`() throws {
    let roster = "{board: [ana], safety: [dee], outreach: [gus], stewards: [hal]}"
    try Tale(
      main: "[approve: {role: board, veto: none}]",
      ship: "[approve: {role: safety}]",
      roster: roster
    )
    .expect(
      """
      02 ana delegates board to kim until 20
      03 bob asks for weights of gated as c
      04 kim denies c
      05 ana approves c
      """,
      "04 c is open, missing approve\n05 c is approved"
    )
  }

  /// Somebody who holds two roles and is silent can be spoken for by two people.
  @Test func `keeps a case alive that only delegates can fill`() throws {
    let roster = "{board: [ana], safety: [ana], outreach: [gus], stewards: [hal]}"
    try Tale(
      main: "[approve: {role: board}, approve: {role: safety}]",
      ship: "[approve: {role: stewards}]",
      roster: roster
    ).expect(
      """
      02 ana delegates safety to kim until 20
      02 ana delegates board to lea until 20
      03 bob asks for weights of gated as c
      04 kim approves c
      05 lea approves c
      """,
      "03 c is open, missing approve\n04 c is open, missing approve\n05 c is approved"
    )
  }

  @Test func `does not chain`() throws {
    try Tale().expect(
      "02 ana delegates board to kim until 20\n03 bob asks for weights of gated as c",
      """
      04 kim delegating board to lea until 20 fails with approve.not-eligible
      04 lea approving c fails with approve.not-eligible
      """
    )
  }

  @Test func `takes the seat out where either of the two does not count`() throws {
    let main = "[approve: {role: board, count: 2}]"
    try Tale(main: main).expect(
      """
      02 ana delegates board to kim until 20
      03 kim asks for weights of gated as c
      04 ben approves c
      05 cho approves c
      """,
      """
      03 kim approving c fails with approve.requester
      03 ana approving c fails with approve.requester
      04 c is open, missing approve
      05 c is approved
      """
    )
    try Tale(main: main).expect(
      """
      02 ana delegates board to kim until 20
      03 bob asks for weights of gated as c
      03 ana recuses from c
      04 ben approves c
      """,
      "04 kim approving c fails with approve.recused\n04 c is open, missing approve"
    )
  }

  @Test func `says nothing about what was said before it`() throws {
    try Tale(
      main: "[approve: {role: board}, approve: {role: safety}]",
      roster: "{board: [ana, ben], safety: [dee, eli], outreach: [gus], stewards: [hal]}"
    ).expect(
      """
      02 bob asks for weights of gated as c
      03 dee approves c
      04 eli approves c
      05 ana delegates board to eli from 02 until 20
      07 eli approves c
      """,
      "06 c is open, missing approve\n07 c is approved"
    )
  }

  @Test func `signed with a stolen key gives nothing away`() throws {
    try Tale(ship: "[approve: {role: safety}]").expect(
      """
      02 ana delegates board to kim until 20
      03 hal holds key:ana key-compromise since 01
      04 bob asks for weights of gated as c
      06 ben approves c
      """,
      "05 kim approving c fails with approve.not-eligible\n06 c is approved"
    )
  }

  @Test(
    arguments: [
      ("ben delegating safety to kim until 20", "approve.not-eligible"),
      ("ana delegating board to service:clerk until 20", "statement.malformed"),
      ("ana delegating board to ana until 20", "statement.malformed"),
      ("ana delegating board to kim from 01 until 01T12:00:00", "statement.stale"),
    ]
  )
  func `is refused where it cannot count`(act: String, code: String) throws {
    try Tale().expect("02 gus joins bob to readers", "02 \(act) fails with \(code)")
  }

  /// Closing is an act of the role like any other: one acts for a steward, and only while it lasts.
  @Test func `of a steward lets the other close`() throws {
    try Tale().expect(
      """
      02 bob asks for weights of gated as c
      02 ana approves c
      03 hal delegates stewards to kim until 10
      04 kim holds tier:weights safety as h
      05 kim revokes c misuse
      """,
      """
      02T12:00:00 kim holding tier:weights safety fails with approve.not-eligible
      04 hold h is active
      06 grant of c is revoked
      11 kim holding tier:paper safety fails with approve.not-eligible
      """
    )
  }

  /// S8 for both: neither who placed the hold lifts it, nor for whom it was placed, however late.
  @Test func `of a steward keeps both from lifting what one of them holds`() throws {
    try Tale(ship: "[approve: {role: stewards}]").expect(
      """
      03 hal delegates stewards to kim until 10
      04 kim holds tier:weights safety as h
      12 ana lifts h as l
      14 ida approves l
      """,
      """
      13 hal approving l fails with approve.recused
      14 l is approved
      """
    )
  }

  /// For whom a hold was placed is settled when it is placed: who joins the stewards later changes nothing.
  @Test func `of a steward keeps both from lifting it, whoever is a steward since`() throws {
    let also = """
      rosters:
        next: {board: [ana, ben, cho], safety: [dee], outreach: [gus], stewards: [hal, ida, kim]}
      """
    try Tale(ship: "[approve: {role: stewards}]", also: also).expect(
      """
      03 hal delegates stewards to kim until 10
      04 kim holds tier:weights safety as h
      05 ana files amend with next as r
      06 ida approves r
      12 ana lifts h as l
      14 ida approves l
      """,
      """
      07 r is approved
      13 hal approving l fails with approve.recused
      13 kim approving l fails with approve.recused
      14 l is approved
      """
    )
  }
}
