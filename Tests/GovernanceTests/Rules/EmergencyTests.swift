import Testing

/// Governance-domain 10: access when there is no time, and the look at it afterwards.
@Suite("An emergency")
struct EmergencyTests {
  private let tale = Tale(
    gates: """
      urgent: {require: [approve: {role: board}]}
      look-back: {require: [approve: {role: board}], recuse: [deciders]}
      """,
    governance: "emergency: {gate: urgent, lasts: PT24H, review: look-back, within: P3D}"
  )
  private let granted = "02 dee files emergency weights for bob as e\n02T01:00:00 ana approves e"

  @Test func `grants a short time to a person, and begins its review`() throws {
    try tale.expect(
      "\(granted)\n03 ben approves review:e",
      """
      02 e is open, missing approve
      02T01:00:00 e is approved
      02T01:00:00 bob may obtain weights
      02T01:00:00 bob may not obtain hosted: grant.none
      02T01:00:00 review:e is open, missing approve
      02T02:00:00 dee approving review:e fails with approve.requester
      02T02:00:00 bob approving review:e fails with approve.not-eligible
      02T02:00:00 ana approving review:e fails with approve.recused
      02T02:00:00 ben returning review:e fails with statement.malformed
      02T02:00:00 dee withdrawing review:e fails with approve.not-eligible
      03 review:e is approved
      03T00:59:59 bob may obtain weights
      03T01:00:00 bob may not obtain weights: grant.expired
      """
    )
  }

  @Test func `is reviewed without its beneficiary`() throws {
    try tale.expect(
      "02 dee files emergency weights for cho as e\n03 ana approves e",
      "03 cho approving review:e fails with approve.requester\n03 review:e is open, missing approve"
    )
  }

  @Test func `whose review is denied is over, and bars those who asked and decided`() throws {
    try tale.expect(
      """
      \(granted)
      02T03:00:00 ben denies review:e
      03 eli files emergency weights for eve as again
      """,
      """
      02T03:00:00 review:e is denied
      02T03:00:00 bob may not obtain weights: grant.revoked
      02T03:00:00 grant of e is revoked
      02T04:00:00 dee filing emergency weights for bob fails with approve.not-eligible
      03 ana approving again fails with approve.recused
      03 again is open, missing approve
      """
    )
  }

  /// The only one who could look at it asked for it.
  @Test func `that nobody can look at stands until its review is late`() throws {
    let roster = "{board: [ana, ben], safety: [dee], outreach: [gus], stewards: [hal]}"
    var alone = tale
    alone.roster = roster
    alone.gates = """
      urgent: {require: [approve: {role: board}]}
      look-back: {require: [approve: {role: safety}], recuse: [deciders]}
      """
    try alone.expect(
      "\(granted)\n06 ben files emergency weights for eve as again",
      """
      02T01:00:00 bob may obtain weights
      05T00:59:59 grant of e is expired
      05T01:00:00 review:e is lapsed
      05T01:00:00 grant of e is revoked
      """
    )
  }

  @Test func `whose review is late is over at that second`() throws {
    try tale.expect(
      "\(granted)\n06 eli files emergency weights for eve as again",
      """
      05T00:59:59 review:e is open, missing approve
      05T00:59:59 grant of e is expired
      05T01:00:00 review:e is lapsed
      05T01:00:00 grant of e is revoked
      05T02:00:00 ben approving review:e fails with case.closed
      05T02:00:00 dee filing emergency weights for bob fails with approve.not-eligible
      06 ana approving again fails with approve.recused
      """
    )
  }

  @Test(arguments: [("\n03 cho denies review:e", "03"), ("", "05T02:00:00")])
  func `that is condemned takes its deciders from those that are open`(
    verdict: String,
    instant: String
  ) throws {
    var pair = tale
    pair.gates = """
      urgent: {require: [approve: {role: board, count: 2}]}
      look-back: {require: [approve: {role: board}], recuse: [deciders]}
      """
    try pair.expect(
      """
      02 dee files emergency weights for bob as e
      02 eli files emergency weights for eve as again
      02T02:00:00 ana approves e
      02T02:00:00 ben approves e\(verdict)
      """,
      "02T02:00:00 e is approved\n02T02:00:00 again is open, missing approve\n\(instant) again is denied"
    )
  }

  @Test func `leaves others what they may do`() throws {
    try tale.expect(
      "\(granted)\n06 eli files emergency weights for eve as again\n06 ben approves again",
      "06 again is approved\n06 eve may obtain weights"
    )
  }

  @Test(
    arguments: [
      ("bob filing emergency weights for bob", "approve.not-eligible"),
      ("dee filing emergency weights for org:institute", "statement.malformed"),
      ("dee filing emergency logs for bob", "tier.sealed"),
      ("dee filing emergency paper for bob", "held"),
      ("dee filing emergency weights for eve", "held"),
      ("dee filing emergency weights for kim", "case.duplicate"),
      ("dee asking for logs of gated", "tier.sealed"),
    ]
  )
  func `is refused where it cannot be`(act: String, code: String) throws {
    try tale.expect(
      """
      02 ana binds logs to logs
      02 hal holds tier:paper legal
      02 hal holds person:eve misuse
      02 gus joins bob to readers
      02 eli files emergency weights for kim
      """,
      "02 \(act) fails with \(code)"
    )
  }

  @Test func `is nothing where the policy knows none`() throws {
    try Tale().expect(
      "02 gus joins bob to readers",
      "02 dee filing emergency weights for bob fails with statement.malformed"
    )
  }

  /// Whoever was turned down may ask again: only an emergency that was granted has a review.
  @Test func `that is denied bars nobody`() throws {
    try tale.expect(
      "02 dee files emergency weights for bob as e\n03 ana denies e\n10 dee files emergency weights for bob as f",
      "03 e is denied\n10 f is open, missing approve"
    )
  }
}

/// Governance-domain 8: what is owed after a grant.
@Suite("An obligation")
struct ObligationTests {
  private func tale(_ consequence: String, act: String = "answer: findings") -> Tale {
    Tale(gated: "lasts: P10D, owes: [{\(act), within: P5D, then: \(consequence)}]")
  }
  private let granted = "02 bob asks for weights of gated as b\n02 ana approves b"

  @Test func `that is paid in time has no consequence`() throws {
    try tale("hold").expect(
      "\(granted)\n16T23:59:59 bob answers findings after b",
      """
      11T23:59:59 bob answering findings after b fails with statement.stale
      12 bob answering ask after b fails with statement.malformed
      12 eve answering findings after b fails with grant.unknown
      """
    )
    try tale("hold").expect(
      "\(granted)\n16T23:59:59 bob answers findings after b\n18 bob asks for weights of gated as c",
      "18 c is open, missing approve"
    )
  }

  @Test func `that is not paid in time holds the holder, where the policy says so`() throws {
    try tale("hold").expect(
      """
      \(granted)
      18 bob answers findings after b
      19 ana lifts person:bob as l
      20 ben approves l
      21 bob asks for weights of gated as c
      """,
      """
      17 bob asking for weights of gated fails with held
      18 bob asking for weights of gated fails with held
      19 hold person:bob is active
      20 hold person:bob is over
      21 c is open, missing approve
      """
    )
  }

  @Test func `that is only noted holds nobody`() throws {
    try tale("note").expect(
      "\(granted)\n18 bob asks for weights of gated as c",
      "18 c is open, missing approve"
    )
  }

  @Test func `begins with the end, however that came`() throws {
    for ending in ["hal revokes b misuse", "bob surrenders b"] {
      try tale("hold").expect(
        "\(granted)\n04 \(ending)",
        "08T23:59:59 bob appealing b fails with statement.stale\n09 bob asking for weights of gated fails with held"
      )
    }
  }

  @Test func `can be an acceptance, which only then counts`() throws {
    try tale("hold", act: "accept: use").expect(
      "03 bob accepts use\n\(granted.replacing("02 ", with: "03 "))",
      "18 bob asking for weights of gated fails with held"
    )
    try tale("hold", act: "accept: use").expect(
      "\(granted)\n13 bob accepts use\n18 bob asks for weights of gated as c",
      "18 c is open, missing approve"
    )
  }

  /// Whoever goes on owes it at the end of all.
  @Test func `waits while a renewal goes on`() throws {
    try Tale(
      gates: "again: {require: [accept: use]}",
      gated: """
        lasts: P10D, renews: {gate: again, window: P3D, grace: P2D}, \
        owes: [{answer: findings, within: P5D, then: hold}]
        """
    ).expect(
      "\(granted)\n02 bob accepts use\n10 bob renews b as r",
      """
      10 r is approved
      20 bob may obtain weights
      26T23:59:59 bob appealing r fails with statement.stale
      27 bob asking for weights of gated fails with held
      """
    )
  }
}
