import Testing

/// Governance-domain 7: new words are held to the same rules as the first ones.
@Suite("New words for a case")
struct RewordingTests {
  @Test(arguments: ["person:bob", "org:institute", "tier:weights", "stage:gated"])
  func `are refused while a party or what is asked for is held`(subject: String) throws {
    try Tale(also: "organisations: {bob: institute}").expect(
      """
      02 bob asks for weights of gated to x as c
      03 hal holds \(subject) safety until 05
      05 bob revises c for y
      """,
      "03 bob revising c for y fails with held\n05 c is open, missing approve"
    )
  }

  @Test func `ask for nothing that was denied just before`() throws {
    try Tale(terms: "reapply: P10D").expect(
      """
      02 bob asks for weights of gated to x as a
      02 bob asks for weights of gated to y as b
      03 ana denies a
      13 bob revises b for x
      """,
      "12 bob revising b for x fails with case.too-soon\n13 b is open, missing approve"
    )
  }

  @Test func `are for whoever may still ask for a group`() throws {
    let also = """
      rosters:
        next: {board: [ana, ben, cho], safety: [dee], outreach: [kim], stewards: [hal]}
      """
    try Tale(also: also).expect(
      """
      02 gus asks for weights of gated on behalf of group:readers as g
      03 ana files amend with next as r
      04 ben approves r
      """,
      "03 r is open, missing approve\n04 gus revising g for more fails with approve.not-eligible"
    )
  }

  @Test func `lift nothing that has ended`() throws {
    try Tale().expect(
      """
      02 hal holds tier:weights safety until 04 as h
      02 ana lifts h as l
      """,
      "03 l is open, missing approve\n04 ana revising l for good fails with statement.stale"
    )
  }

  @Test func `of an emergency are about what is not held`() throws {
    try Tale(
      gates: """
        urgent: {require: [approve: {role: board}]}
        look-back: {require: [approve: {role: board}], recuse: [deciders]}
        """,
      governance: "emergency: {gate: urgent, lasts: PT24H, review: look-back, within: P3D}"
    ).expect(
      """
      02 dee files emergency weights for bob as e
      03 hal holds person:bob safety until 05
      05 hal holds tier:weights safety until 07
      07 dee revises e for more
      """,
      """
      03 dee revising e for more fails with held
      06 dee revising e for more fails with held
      07 e is open, missing approve
      """
    )
  }

  @Test func `are none of an amendment, which is withdrawn and filed again`() throws {
    try Tale().amended { $0.main = "[approve: {role: safety}]" }.expect(
      """
      02 ana files amend to next.yaml as r
      03 ben returns r
      04 ana revises r
      """,
      """
      03 r is returned
      03 ana revising r for good fails with statement.malformed
      03 ana revising r to weights fails with statement.malformed
      04 r is open, missing approve
      """
    )
  }
}
