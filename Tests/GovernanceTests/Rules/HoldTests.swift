import Testing

/// Governance-domain 7 and 10: closing is cheap.
@Suite("A hold")
struct HoldTests {
  private static let asks = "02 bob asks for weights of gated as c"

  @Test(
    arguments: [
      "tier:weights", "stage:gated", "person:bob", "org:institute", "case:c",
    ]
  )
  func `withholds an approval as long as it lasts`(subject: String) throws {
    try Tale(also: "organisations: {bob: institute}").expect(
      """
      \(Self.asks)
      03 hal holds \(subject) safety until 10
      04 ana approves c
      """,
      "09T23:59:59 c is held\n10 c is approved\n10 bob may obtain weights"
    )
  }

  @Test(arguments: ["tier:paper", "stage:public", "person:eve", "org:other", "key:bob"])
  func `on something else withholds nothing`(subject: String) throws {
    try Tale(also: "organisations: {bob: institute}").expect(
      "\(Self.asks)\n03 hal holds \(subject) safety\n04 ana approves c",
      "04 c is approved"
    )
  }

  @Test func `on a key discounts what it signed only until it ends`() throws {
    let story = """
      02 eve records evidence score of weights with points=1
      02 bob asks for weights of gated as c
      02 hal holds key:eve key-compromise since 01 until 05
      03 ana approves c
      """
    let tale = Tale(main: "[approve: {role: board}, evidence: {kind: score}]")
    try tale.expect(story, "04T23:59:59 c is open, missing evidence\n05 c is approved")
    try tale.expect(
      "\(story)\n04 the clock jumps\n08 the clock is confirmed",
      "07 c is met\n08 c is approved"
    )
  }

  @Test func `stops no denial`() throws {
    try Tale().expect(
      "\(Self.asks)\n03 hal holds tier:weights safety\n04 ana denies c",
      "04 c is denied"
    )
  }

  @Test func `lets the approval through when it is lifted`() throws {
    try Tale().expect(
      """
      \(Self.asks)
      03 hal holds tier:weights safety as h
      04 ana approves c
      05 hal lifts h as l
      06 ben approves l
      """,
      "05 c is held\n05 hold h is active\n06 l is approved\n06 hold h is over\n06 c is approved"
    )
  }

  @Test func `keeps whom it is on from asking`() throws {
    try Tale(also: "organisations: {bob: institute}").expect(
      """
      02 hal holds person:bob misuse
      02 hal holds tier:hosted safety
      """,
      """
      03 bob asking for weights of gated fails with held
      03 eve asking for weights,hosted of gated fails with held
      """
    )
    try Tale(also: "organisations: {bob: institute}").expect(
      "02 hal holds org:institute misuse",
      "03 bob asking for weights of gated fails with held"
    )
    try Tale().expect(
      "02 hal holds stage:gated safety",
      "03 bob asking for weights of gated fails with held"
    )
  }

  @Test func `serves nothing meanwhile, and everything afterwards`() throws {
    for subject in [
      "tier:weights", "stage:gated", "person:bob", "org:institute", "grant:c", "key:bob",
    ] {
      try Tale(also: "organisations: {bob: institute}").expect(
        "\(Self.asks)\n03 ana approves c\n04 hal holds \(subject) safety until 06",
        """
        03 bob may obtain weights
        04 bob may not obtain weights: held
        05T23:59:59 bob may not obtain weights: held
        06 bob may obtain weights
        """
      )
    }
  }

  /// What everyone may have is not kept from one person, but a tier is kept from everybody.
  @Test func `on a person keeps nothing from them that everyone has`() throws {
    try Tale().expect(
      "02 hal holds person:bob misuse\n04 hal holds tier:paper legal",
      """
      03 bob may obtain paper
      03 anybody may obtain paper
      04 bob may not obtain paper: held
      04 anybody may not obtain paper: held
      """
    )
  }

  @Test(
    arguments: [
      ("ana holding tier:weights safety", "approve.not-eligible"),
      ("hal holding tier:none safety", "statement.malformed"),
      ("hal holding stage:none safety", "statement.malformed"),
      ("hal holding tier:paper safety", "statement.stale"),
      ("hal holding tier:weights safety until 01", "statement.stale"),
      ("hal holding key:bob key-compromise since 05", "statement.malformed"),
      ("ana lifting done", "statement.stale"),
      ("bob lifting on", "approve.not-eligible"),
    ]
  )
  func `is refused where it cannot be`(act: String, code: String) throws {
    try Tale().expect(
      """
      02 hal holds tier:weights legal until 03 as done
      02 hal holds tier:paper legal as on
      03 gus joins bob to readers
      """,
      "03 \(act) fails with \(code)"
    )
  }

  @Test func `of a grant ends no other`() throws {
    try Tale().expect(
      """
      02 bob asks for weights of gated as b
      02 eve asks for weights of gated as e
      03 ana approves b
      03 ana approves e
      04 hal holds grant:b misuse
      05 hal revokes e misuse
      """,
      """
      04 grant of b is held
      04 grant of e is live
      05 grant of e is revoked
      05 eve may not obtain weights: grant.revoked
      05 bob may not obtain weights: held
      05 hal revoking e misuse fails with statement.stale
      05 ana revoking b misuse fails with approve.not-eligible
      """
    )
  }
}
