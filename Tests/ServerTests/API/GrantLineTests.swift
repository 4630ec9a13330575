import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A line about a grant")
struct GrantLineTests {
  @Test func `says what is owed, and until when`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    let end = try #require(grant.notAfter)
    let due = end + Duration(seconds: 10 * 86_400)
    #expect(grant.owes == [owed(.later, due)])
    try fold.wait(30)
    #expect(try fold.grant(grant).owes == [owed(.due, due)])
    #expect(try fold.grant(grant).status == .grace)
    try fold.wait(5)
    #expect(try fold.grant(grant).status == .expired)
    try fold.wait(5)
    #expect(try fold.grant(grant).owes == [owed(.late, due)])
    #expect(fold.holds().map(\.subject) == [.principal("person:bob")])
    #expect(fold.holds().map(\.placedBy) == [nil])
  }

  @Test func `names the hold that keeps it, to whom it is meant for in words`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    let order = Statement.Order(code: .leak, text: "Found.")
    try fold.say(fold.draft("person:eli").hold(.grant(grant.id), order, on: fold.page()))
    let hold = try #require(fold.release.holds.first)
    #expect(try fold.grant(grant).held == hold.id)
    let short = HoldLine(hold, in: fold.release.id, at: fold.now, isFull: false)
    #expect(short.text == nil && short.placedBy == nil)
    #expect(short.isActive)
  }

  @Test func `is one for each release that is in force`() throws {
    let fold = try Fold.standing()
    let line = try #require(ReleaseLine(fold.release))
    #expect(line.everyone == ["code"])
    #expect(line.gated == ["weights", "query"])
    #expect(line.publicSince == Samples.noon)
    #expect(ReleaseLine(try Fold().release) == nil)
  }

  @Test func `reports in sections, and marks what is missing`() {
    #expect(
      BodySamples.report.text == """
        ana/tiny: service-level as of 2019-02-14T12:00:00Z

        Cases
          median      4 h
          parameters  missing
        """
    )
  }

  private func owed(_ state: OwedLine.State, _ due: Instant) -> OwedLine {
    OwedLine(act: .answer("findings"), dueAt: due, state: state, then: .hold)
  }
}
