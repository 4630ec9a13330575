import Testing

/// Governance-domain 5, `credential` and `member`.
@Suite("A credential")
struct CredentialTests {
  private func tale(_ wanted: String) -> Tale {
    Tale(main: "[credential: {type: member, \(wanted)}]")
  }

  private let asks = "03 bob asks for weights of gated as c"

  @Test(
    arguments: [
      ("issuer:orcid", "org:orcid", true), ("issuer:orcid", "service:orcid", true),
      ("org:orcid", "org:orcid", true), ("issuer:elixir", "org:orcid", false),
      ("service:orcid", "org:orcid", false),
    ]
  )
  func `counts from whom the policy lists`(from: String, issuer: String, counts: Bool) throws {
    let refused = tale("from: [\"\(from)\", \"issuer:other\"]")
    guard counts else {
      return try refused.expect(
        asks,
        "03 \(issuer) giving member to bob fails with approve.not-eligible"
      )
    }
    try refused.expect(
      "\(asks)\n04 \(issuer) gives member to bob",
      "03 c is open, missing credential\n04 c is approved"
    )
  }

  @Test func `without a list counts from whoever holds a role, and not from others`() throws {
    try Tale(main: "[credential: {type: member}]").expect(
      "\(asks)\n04 dee gives member to bob",
      """
      03 org:orcid giving member to bob fails with approve.not-eligible
      03 dee giving member to dee fails with statement.malformed
      04 c is approved
      """
    )
  }

  @Test func `of a role's holder does not count where others are listed`() throws {
    try tale("from: [\"issuer:orcid\"]").expect(
      "\(asks)\n04 dee gives member to bob",
      "04 c is open, missing credential"
    )
  }

  @Test func `is of one type, about one person`() throws {
    try Tale(main: "[credential: {type: member}]").expect(
      "\(asks)\n04 dee gives other to bob\n05 dee gives member to eve\n06 dee gives member to bob",
      "05 c is open, missing credential\n06 c is approved"
    )
  }

  @Test func `says all that is asked`() throws {
    try tale("where: [verified = true, level >= 2]").expect(
      """
      \(asks)
      04 dee gives member verified=true level=1 to bob
      05 dee gives member verified=yes level=3 to bob
      06 dee gives member level=3 to bob
      07 dee gives member verified=true level=2 to bob
      """,
      "06 c is open, missing credential\n07 c is approved"
    )
  }

  @Test func `counts until the second at which it expires`() throws {
    let given = "02 dee gives member to bob until 04T12:00:00"
    try Tale(main: "[credential: {type: member}]").expect(
      "\(given)\n04T11:59:59 bob asks for weights of gated as c",
      "04T11:59:59 c is approved"
    )
    try Tale(main: "[credential: {type: member}]").expect(
      "\(given)\n04T12:00:00 bob asks for weights of gated as c",
      "04T12:00:00 c is open, missing credential\n05 dee giving member to bob until 04 fails with statement.stale"
    )
  }

  @Test func `is as old as what it says, not as the saying`() throws {
    try tale("max-age: P2D").expect(
      "03 dee gives member to bob since 02\n04 bob asks for weights of gated as c",
      "04 c is approved"
    )
    try tale("max-age: P2D").expect(
      "03 dee gives member to bob since 02\n04T00:00:01 bob asks for weights of gated as c",
      "04T00:00:01 c is open, missing credential"
    )
    try Tale(main: "[credential: {type: member}]").expect(
      "02 dee gives member to bob since 05\n04 bob asks for weights of gated as c\n05 bob accepts use",
      "04 c is waiting until 05\n05 c is approved"
    )
  }

  @Test func `that begins later is waited for`() throws {
    let tale = Tale(main: "[credential: {type: member}]")
    try tale.expect(
      """
      \(asks)
      03 dee gives member to bob since 06
      03 dee gives member to bob since 05
      03 dee gives member to bob since 04 until 04
      """,
      "04 c is waiting until 05\n05 c is approved"
    )
    try tale.expect(
      """
      \(asks)
      04 the clock jumps
      04 dee gives member to bob since 05
      08 the clock is confirmed
      """,
      "04 c is waiting until 05\n07 c is met\n08 c is approved"
    )
  }

  @Test func `can be taken back by its issuer, and spoilt by a stolen key`() throws {
    let main = "[credential: {type: member}, answer: ask]"
    try Tale(main: main).expect(
      "02 dee gives member to bob as k\n\(asks)\n05 dee retracts k",
      """
      04 eli retracting k fails with statement.unknown
      04 c is open, missing answer
      05 c is open, missing credential answer
      """
    )
    try Tale(main: main).expect(
      "02 dee gives member to bob\n\(asks)\n05 hal holds key:dee key-compromise since 01",
      "05 c is open, missing credential answer"
    )
  }
}

@Suite("Membership")
struct MembershipTests {
  @Test func `is asked for now, not once`() throws {
    try Tale(main: "[member: readers, accept: use]").expect(
      """
      02 gus joins bob to readers with sector=press
      03 bob asks for weights of gated as c
      04 bob leaves readers
      05 bob accepts use
      06 gus joins bob to readers
      """,
      """
      03 c is open, missing accept
      04 c is open, missing member accept
      05 c is open, missing member
      06 c is approved
      """
    )
  }

  /// A group may ask for itself; each member accepts before anything is handed to them.
  @Test func `is given when the group itself asks`() throws {
    try Tale(main: "[member: readers, accept: use]", gated: "").expect(
      """
      02 gus joins bob to readers with sector=press
      02 gus joins eve to readers with sector=academia
      03 gus asks for weights of gated on behalf of group:readers as c
      04 gus accepts use
      05 bob accepts use
      06 gus removes bob from readers
      """,
      """
      03 c is open, missing accept
      04 c is approved
      04 bob may not obtain weights: terms.unaccepted
      05 bob may obtain weights
      05 eve may not obtain weights: terms.unaccepted
      05 gus may not obtain weights: grant.none
      06 bob may not obtain weights: grant.none
      """
    )
  }

  @Test(
    arguments: [
      ("ana joining bob to readers", "approve.not-eligible"),
      ("gus joining bob to readers with region=eu", "statement.malformed"),
      ("gus joining bob to readers with sector=other", "statement.malformed"),
      ("gus joining org:news to readers", "statement.malformed"),
      ("gus joining eve to readers", "statement.stale"),
      ("gus removing bob from readers", "statement.stale"),
      ("ana removing eve from readers", "approve.not-eligible"),
      ("ana asking for weights of gated on behalf of group:readers", "approve.not-eligible"),
    ]
  )
  func `is the managers' to give`(act: String, code: String) throws {
    try Tale().expect(
      "02 gus joins eve to readers with sector=press",
      "02 \(act) fails with \(code)"
    )
  }
}
