import Testing

/// Governance-domain 15.3: what the rules refuse, before anything is taken in.
@Suite("A statement")
struct RefusalTests {
  private static let tale = Tale(
    terms: "reapply: P5D",
    gates: """
      again: {require: [accept: use]}
      """,
    gated: "lasts: P10D, renews: {gate: again, window: P3D, grace: P2D}",
    stages:
      "more: {offers: [paper], opens: ship, admits: main}\nlast: {offers: [draft], opens: ship, admits: everyone}",
    tiers: "draft: {kind: weights}"
  )

  private static let story = """
    02 bob asks for weights of gated as b
    02 ana approves b
    02 eve asks for weights of gated as e
    02 ana denies e
    02 kim asks for weights of gated as k
    02 lea asks for weights of gated as l
    02 ben returns l
    02 ana files open last as o
    """

  @Test(
    arguments: [
      // Filing.
      ("bob filing open last", "approve.not-eligible"),
      ("ben filing open last", "case.duplicate"),
      ("ben filing open gated", "statement.stale"),
      ("ben filing open none", "statement.malformed"),
      ("joe asking for paper of more", "stage.closed"),
      ("joe asking for paper of gated", "statement.malformed"),
      ("joe asking for paper of public", "statement.malformed"),
      ("joe asking for weights of none", "statement.malformed"),
      ("joe asking for logs of gated", "tier.sealed"),
      ("joe asking for weights of gated on behalf of bob", "statement.malformed"),
      ("org:lab asking for weights of gated", "statement.malformed"),
      ("kim asking for weights of gated", "case.duplicate"),
      ("lea asking for weights of gated", "case.duplicate"),
      ("eve asking for weights of gated", "case.too-soon"),
      ("bob renewing b", "case.too-soon"),
      ("eve appealing b", "case.unknown"),
      ("kim appealing k", "statement.stale"),
      // Wording anew.
      ("bob revising k", "case.unknown"),
      ("bob revising b", "case.closed"),
      ("kim revising k to paper", "statement.malformed"),
      ("kim revising k to logs", "tier.sealed"),
      ("ana revising o to weights", "statement.malformed"),
      ("ana revising o for fun", "statement.malformed"),
      ("eve withdrawing k", "case.unknown"),
      ("bob withdrawing b", "case.closed"),
      // Verdicts.
      ("kim approving k", "approve.not-eligible"),
      ("ana approving o", "approve.requester"),
      ("gus approving k", "case.unknown"),
      ("joe approving k", "approve.not-eligible"),
      ("ana approving k by session", "signature.none"),
      ("ana approving l", "case.returned"),
      ("ana returning l", "case.returned"),
      ("ana returning b", "case.closed"),
      ("gus returning k", "case.unknown"),
      ("ana approving b", "case.closed"),
      ("joe recusing from k", "approve.not-eligible"),
      ("gus recusing from b", "case.unknown"),
      ("ana recusing from b", "case.closed"),
      ("joe commenting of k", "case.unknown"),
      // Giving what is asked for.
      ("eve answering ask of k", "case.unknown"),
      ("bob answering ask of b", "case.closed"),
      ("kim answering ask of k with why=", "statement.malformed"),
      ("kim answering ask of k with other=1", "statement.malformed"),
      ("kim accepting none", "terms.changed"),
      // On record.
      ("kim binding draft to x", "approve.not-eligible"),
      ("ana binding none to x", "statement.malformed"),
      ("ana binding hosted to x", "statement.malformed"),
      ("ana binding weights to x", "statement.stale"),
      ("dee recording evidence score of weights by session", "signature.none"),
      ("hal revoking b misuse by session", "signature.none"),
      // Ending.
      ("eve surrendering b", "grant.unknown"),
      ("ana revoking b misuse", "approve.not-eligible"),
    ]
  )
  func `is refused by the rule that it breaks`(act: String, code: String) throws {
    try Self.tale.expect(Self.story, "02 \(act) fails with \(code)")
  }

  @Test func `is refused of a release that its author may not know of`() throws {
    try Tale().expect(
      "02 ana files amend as first\n03 ben approves first\n04 ana files open gated as g",
      """
      04 joe reporting misuse of weights fails with release.unknown
      04 joe asking for weights of gated fails with release.unknown
      04 joe accepting use fails with release.unknown
      """
    )
  }

  @Test func `of a key that is held is refused, whatever it says`() throws {
    try Self.tale.expect(
      "\(Self.story)\n03 hal holds key:ana key-compromise\n03 hal holds key:kim key-compromise",
      """
      03 ana approving k fails with held
      03 ana filing amend fails with held
      03 kim withdrawing k fails with held
      """
    )
  }

  /// I11: the words of a case may not become those of another one.
  @Test func `may not make two cases the same`() throws {
    try Tale().expect(
      """
      02 bob asks for weights of gated to learn as one
      02 bob asks for weights of gated to teach as two
      03 bob revises two for play
      """,
      """
      02 bob revising two for learn fails with case.duplicate
      04 bob revising two for learn fails with case.duplicate
      """
    )
  }

  @Test func `may word anew only what could be filed so`() throws {
    try Tale().expect(
      "02 bob asks for weights of gated as c\n03 hal holds tier:hosted safety\n04 hal holds person:bob misuse until 05",
      """
      03 bob revising c to weights,hosted fails with held
      04 bob revising c fails with held
      """
    )
  }

  /// I9: a tier stands for the same bytes in every stage that offers it, whichever opens first.
  @Test func `may not open one tier with two manifests`() throws {
    let tale = Tale(
      stages: """
        one: {offers: [draft], opens: ship, admits: main}
        two: {offers: [draft], opens: ship, admits: everyone}
        """,
      tiers: "draft: {kind: weights}"
    )
    try tale.expect(
      """
      02 ana files open one as one
      03 ben binds draft to better
      05 ana revises one
      06 ben files open two as two
      07 cho approves two
      08 cho approves one
      """,
      """
      03 ben filing open two fails with statement.stale
      07 ana binding draft to worse fails with statement.stale
      08 one is approved
      """
    )
    try tale.expect(
      """
      02 ana files open one as one
      03 ben denies one
      04 ben binds draft to better
      05 ben files open two as two
      """,
      "05 ana appealing one fails with statement.stale"
    )
  }
}
