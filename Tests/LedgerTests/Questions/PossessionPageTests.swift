import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("Pages of what was received")
struct PossessionPageTests {
  @Test func `are together what there is, with its totals`() async throws {
    let depot = try await Depot.busy()
    let whole = try await depot.ledger.possessions(of: World.release)
    #expect(whole.count == 2)
    for limit in 1...3 {
      var lines: [Possession] = []
      var place: Int?
      repeat {
        let page = try await depot.ledger.possessionPage(
          of: World.release,
          after: place,
          limit: limit
        )
        #expect(page.lines.count <= limit)
        lines += page.lines
        place = page.next
      } while place != nil
      #expect(lines == whole)
    }
    let totals = try await depot.ledger.possessionTotals(of: World.release)
    #expect(totals.lines == 2 && totals.recipients == 1 && totals.deliveries == 4)
    try depot.remove()
  }

  @Test func `are of whom and of what was asked for`() async throws {
    var depot = try await Depot()
    let grant = try #require(try await depot.ledger.grants(heldBy: "person:bob").first)
    try await depot.add("person:eve")
    let eves = try await depot.grant(to: "person:eve")
    for query in [
      try depot.query(), try depot.query("data/big.bin", of: "code"),
      try depot.query(by: "person:eve"),
    ] {
      _ = try await depot.log.admit(query, at: depot.world.now)
    }
    func files(_ filter: PossessionFilter) async throws -> [String] {
      let page = try await depot.ledger.possessionPage(of: World.release, filter)
      let totals = try await depot.ledger.possessionTotals(of: World.release, filter)
      #expect(totals.lines == page.lines.count)
      return page.lines.map { "\($0.principal?.name ?? "") \($0.file)" }
    }
    let all = ["bob model.bin", "bob data/big.bin", "eve model.bin"]
    #expect(try await files(.init()) == all)
    #expect(try await files(.init(principal: "person:bob")) == Array(all.prefix(2)))
    #expect(try await files(.init(grant: eves.id)) == ["eve model.bin"])
    #expect(try await files(.init(tier: "weights", grant: grant.id)) == ["bob model.bin"])
    #expect(try await files(.init(file: "model.bin", principal: "person:eve")) == ["eve model.bin"])
  }

  @Test func `find their lines by index`() async throws {
    let depot = try await Depot()
    let plan = try await depot.ledger.plan(
      """
      SELECT seq FROM delivery AS begun
      WHERE release = 'a' AND began_at <= 9 AND (began_at, seq) > (3, 4)
        AND NOT EXISTS (SELECT 1 FROM delivery AS earlier
          WHERE earlier.grant_id = begun.grant_id AND earlier.principal IS begun.principal
            AND earlier.tier = begun.tier AND earlier.file = begun.file AND earlier.seq < begun.seq)
      ORDER BY began_at, seq LIMIT 100
      """
    )
    #expect(plan.contains { $0.contains("begun USING INDEX delivery_by_release (release=?") })
    #expect(plan.contains { $0.contains("earlier USING") && $0.contains("delivery_by_file") })
    #expect(!plan.contains { $0.contains("TEMP B-TREE") })
  }
}
