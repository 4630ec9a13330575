import Testing

/// Governance-domain 14: how the rules change.
@Suite("An amendment")
struct AmendmentTests {
  @Test func `begins a release under what it proposes`() throws {
    try Tale().expect(
      "02 ana files amend as first\n03 ben approves first",
      """
      02 first is open, missing approve
      02 eve approving first fails with release.unknown
      03 first is approved
      03 stage public is closed
      """
    )
  }

  @Test func `needs those in force and those whom it proposes`() throws {
    let also = """
      rosters:
        next: {board: [kim, lea], safety: [dee], outreach: [gus], stewards: [hal]}
      """
    try Tale(also: also).expect(
      """
      02 ana files amend with next as r
      03 ben approves r
      04 kim approves r
      05 bob asks for weights of gated as c
      06 lea approves c
      """,
      """
      02 ana filing amend with next fails with case.duplicate
      03 r is open, missing approve
      04 r is approved
      05 ben approving c fails with approve.not-eligible
      06 c is approved
      """
    )
  }

  /// The same person can speak on both sides; the requester speaks on none.
  @Test func `counts one person on both sides`() throws {
    let also = """
      rosters:
        next: {board: [ana, ben], safety: [dee], outreach: [gus], stewards: [hal]}
      """
    try Tale(also: also).expect(
      "02 ana files amend with next as r\n03 ben approves r",
      "02 r is open, missing approve\n03 r is approved"
    )
  }

  @Test func `is dead where the proposed people can never act`() throws {
    let also = """
      rosters:
        alone: {board: [ana], safety: [dee], outreach: [gus], stewards: [hal]}
      """
    try Tale(also: also).expect("02 ana files amend with alone as r", "02 r is denied")
  }

  /// What was filed and granted keeps the version of its time, and the texts that this one named.
  @Test func `that drops a text leaves it to those of whom it is still asked`() throws {
    try Tale(
      main: "[accept: use, approve: {role: board}]",
      gated: "lasts: P10D, owes: [{accept: use, within: P5D, then: hold}]"
    ).amended {
      $0.texts = "other: {file: other.md}"
      $0.main = "[accept: other, approve: {role: board}]"
      $0.gated = "lasts: P10D"
    }.expect(
      """
      02 kim asks for weights of gated as k
      02 kim accepts use
      02 ana approves k
      03 bob asks for weights of gated as b
      03 bob accepts use
      03 eve asks for weights of gated as e
      04 ana files amend to next.yaml as r
      05 ben approves r
      06 ana approves b
      06 cho approves e
      07 eve accepts use
      13 kim accepts use
      19 kim asks for weights of gated as again
      """,
      """
      05 r is approved
      06 b is approved
      06 zed accepting use fails with terms.changed
      06 e is open, missing accept
      07 e is approved
      19 again is open, missing accept approve
      """
    )
  }

  @Test func `that drops a text leaves it to the members of a group that has a grant`() throws {
    try Tale(main: "[accept: use]").amended {
      $0.texts = "other: {file: other.md}"
      $0.main = "[accept: other]"
    }.expect(
      """
      02 gus joins bob to readers with sector=press
      02 gus asks for weights of gated on behalf of group:readers as g
      03 ana files amend to next.yaml as r
      04 ben approves r
      05 gus accepts use
      06 bob accepts use
      """,
      """
      04 g is open, missing accept
      04 bob accepting use fails with terms.changed
      05 g is approved
      05 bob may not obtain weights: terms.unaccepted
      06 bob may obtain weights
      """
    )
  }

  @Test func `keeps open cases and grants as they are`() throws {
    try Tale().amended { $0.main = "[approve: {role: safety}]" }.expect(
      """
      02 bob asks for weights of gated as b
      02 ana approves b
      03 eve asks for weights of gated as e
      04 ana files amend to next.yaml as r
      05 ben approves r
      06 kim asks for weights of gated as k
      07 cho approves e
      """,
      """
      05 r is approved
      05 e is open, missing approve
      06 cho approving k fails with case.unknown
      07 e is approved
      30 bob may obtain weights
      """
    )
  }

  @Test func `begins open cases anew where it says so`() throws {
    let tale = try Tale(main: "[approve: {role: board, count: 2}]", gated: "lasts: P30D").amended {
      $0.main = "[approve: {role: safety}]"
      $0.more = "on-adoption: {open-cases: restart}"
    }
    try tale.expect(
      """
      02 bob asks for weights of gated as c
      02 eve asks for weights of gated as e
      03 ben approves c
      03 cho returns e
      04 ana files amend to next.yaml as r
      05 ben approves r
      06 dee approves c
      07 eve revises e
      08 dee approves e
      """,
      """
      05 c is open, missing approve
      05 e is returned
      05 ben approving c fails with case.unknown
      06 c is approved
      08 e is approved
      """
    )
  }

  /// What the new version has no place for is over.
  @Test func `ends cases that could not be filed under it`() throws {
    let tale = try Tale(stages: "more: {offers: [paper], opens: ship, admits: main}").amended {
      $0.stages = "more: {offers: [paper, hosted], opens: ship, admits: everyone}"
      $0.gated = ""
      $0.more = "on-adoption: {open-cases: restart}"
    }
    try tale.expect(
      """
      01 opened more
      02 bob asks for weights of gated as kept
      02 bob asks for paper of more as gone
      04 ana files amend to next.yaml as r
      05 ben approves r
      """,
      "05 kept is open, missing approve\n05 gone is lapsed\n05 ben approving gone fails with case.closed"
    )
  }

  @Test func `shortens grants where it says so, and lengthens none`() throws {
    let tale = try Tale(gated: "lasts: P10D").amended {
      $0.more = "on-adoption: {grants: {end-after: P5D}}"
    }
    try tale.expect(
      """
      02 bob asks for weights of gated as short
      02 ana approves short
      09 eve asks for weights of gated as long
      09 ana approves long
      10 ana files amend to next.yaml as r
      11 ben approves r
      """,
      """
      11T23:59:59 bob may obtain weights
      12 bob may not obtain weights: grant.expired
      15T23:59:59 eve may obtain weights
      16 eve may not obtain weights: grant.expired
      16 anybody may obtain paper
      """
    )
  }

  /// What a later version offers besides has not been opened by anybody.
  @Test func `opens nothing`() throws {
    let tale = try Tale(stages: "more: {offers: [paper], opens: ship, admits: main}").amended {
      $0.stages = "more: {offers: [paper, draft], opens: ship, admits: main}"
      $0.tiers = "draft: {kind: weights}"
    }
    try tale.expect(
      "01 opened more\n04 ana files amend to next.yaml as r\n05 ben approves r",
      "05 bob asking for draft of more fails with tier.unbound"
    )
  }

  @Test func `is refused where nothing changes, or another one is open`() throws {
    try Tale().expect(
      "02 gus joins bob to readers",
      """
      02 ana filing amend fails with statement.stale
      02 bob filing amend fails with approve.not-eligible
      """
    )
  }

  /// A delegation ends when its giver leaves the role, and does not come back with them.
  @Test func `ends delegations of those who leave`() throws {
    let also = """
      rosters:
        without: {board: [ben, cho], safety: [dee], outreach: [gus], stewards: [hal]}
        again: {board: [ana, ben, cho], safety: [dee], outreach: [gus], stewards: [hal]}
      """
    try Tale(also: also).expect(
      """
      02 ana delegates board to kim until 20
      03 ben files amend with without as out
      04 cho approves out
      05 ben files amend with again as back
      06 cho approves back
      07 bob asks for weights of gated as c
      """,
      "06 back is approved\n07 kim approving c fails with approve.not-eligible"
    )
  }
}
