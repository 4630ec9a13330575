import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("A replay under another policy")
struct ReplayTests {
  @Test func `names the cases of which it would have made something else`() async throws {
    var world = try await World.council()
    let easy = try await world.file(world.seat("easy"), by: "person:bob")
    try await world.approve(easy, by: "person:ana")
    let granted = try await world.asked()
    try await world.approve(granted, by: ["person:ana", "person:ben"])
    let denied = try await world.asked(for: "person:cho", salt: 8)
    try await world.approve(denied, by: "person:ana")
    try await world.deny(denied, by: "person:ben")
    let early = try await world.file(world.seat("early"), by: "person:bob")
    try await world.say(.withdraw(reason: ""), about: try early.subject, by: "person:bob")
    let opened = try #require(
      try await world.ledger.release(World.release).cases.values.first { asked in
        if case .open("early", _) = asked.filing { true } else { false }
      }
    )

    let same = try await world.ledger.rejudged(
      of: World.release,
      under: Policy(text: world.charter.policy)
    )
    #expect(same.isEmpty)

    let draft = try Policy(
      text: world.charter.policy
        .replacing("      - gate: pair\n", with: "      - approve: {role: managers}\n")
        .replacing("signature: session", with: "count: 2, signature: session")
        .replacing(
          "  early: {offers: [weights], opens: announce, admits: reader, lasts: P21D}\n",
          with: ""
        )
    )
    let changed = try await world.ledger.rejudged(of: World.release, under: draft)
    let found = changed.map { line in
      "\(line.case.number) \(line.before) \(line.after.map { "\($0)" } ?? "none")"
    }
    #expect(
      found == [
        "\(opened.number) met none", "\(easy.number) met open", "\(denied.number) dead met",
        "\(early.number) open none",
      ]
    )
    #expect(!changed.contains { $0.case.id == granted.id })
  }

  @Test func `judges a case once it has ended, whatever came afterwards`() async throws {
    var world = try await World.council()
    let lapsed = try await world.asked()
    try await world.approve(lapsed, by: "person:ana")
    try await world.wait(days: 60)
    let withdrawn = try await world.asked(for: "person:cho", salt: 8)
    try await world.approve(withdrawn, by: "person:ana")
    try await world.say(
      .withdraw(reason: ""),
      about: try withdrawn.subject,
      by: "person:cho"
    )
    let draft = try Policy(
      text: world.charter.policy
        .replacing("      - gate: pair\n", with: "      - approve: {role: managers}\n")
    )
    let changed = try await world.ledger.rejudged(of: World.release, under: draft)
    #expect(changed.map(\.case.id) == [lapsed.id, withdrawn.id])
    #expect(changed.map(\.before) == [.open, .open])
    #expect(changed.map(\.after) == [.met, .met])
  }
}
