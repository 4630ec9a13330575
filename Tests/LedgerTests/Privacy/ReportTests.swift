import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Reports of a release")
struct ReportTests {
  @Test func `say how long people wait, for all and by tier`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.open("later")
    let quick = try await town.ask()
    town.now = town.now + Duration(seconds: 5_400)
    try await town.deny(quick, by: "person:ana")
    let slow = try await town.ask(by: "person:eve")
    let other = try await town.file(
      .access("later", tiers: ["paper"], beneficiary: .principal("person:gus"), purpose: ""),
      by: "person:gus"
    )
    try await town.settle(after: 8)
    let level = try await town.ledger.serviceLevel(of: Town.release)
    let denied = Duration(seconds: 5_400)
    #expect(
      level.all == Statistics(requests: 3, denied: 1, overdue: 2, median: denied, ninetieth: denied)
    )
    #expect(level.tiers.map(\.tier) == ["paper", "weights"])
    #expect(level.tiers[0].statistics == Statistics(requests: 1, overdue: 1))
    #expect(level.waiting == 2 && level.late == 2)
    #expect(level.oldest == slow.filedAt && other.filedAt == slow.filedAt)
    #expect(level.json.objectValue?["all"]?.objectValue?["median_hours"] == "1.5")
  }

  /// Hours to decide, and what is in the middle and at the end of nine in ten.
  static let waits: [(hours: [Int], median: Int, ninetieth: Int)] = [
    ([1], 3_600, 3_600), ([1, 2], 5_400, 7_200), ([3, 1, 2], 7_200, 10_800),
    ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 19_800, 32_400),
    ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 21_600, 36_000),
  ]

  @Test(arguments: waits.indices)
  func `count the middle and nine in ten as everybody does`(index: Int) async throws {
    let town = try await Town()
    let wait = Self.waits[index]
    let digest = Town.digest(of: "paper").hex
    try await town.ledger.database.write { db in
      for (number, hours) in wait.hours.enumerated() {
        try db.execute(
          sql: """
            INSERT INTO case_file (id, number, release, kind, state, tiers, requester, purpose,
              revision, policy, gate, filed_at, is_overdue, ended_at)
            VALUES (?, ?, 'ana/town', 'access', 'denied', '[]', 'x', '', ?, ?, 'g', 0, 0, ?)
            """,
          arguments: [
            SHA256Digest(of: [UInt8(number)]).hex, number + 1, digest, digest, hours * 3_600,
          ]
        )
      }
    }
    let statistics = try await town.ledger.statistics(of: Town.release)
    #expect(statistics.median == Duration(seconds: wait.median))
    #expect(statistics.ninetieth == Duration(seconds: wait.ninetieth))
    #expect(statistics.denied == wait.hours.count)
  }

  @Test func `say who was let in early, by description alone`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.invite("person:bob")
    try await town.invite("person:eve", ["sector": "academia"])
    try await town.invite("person:gus", ["sector": "press", "region": "Asia"])
    try await town.say(.leave("person:gus"), by: "person:gus")
    try await town.grantReaders()
    let report = EarlyAccess(of: try await town.ledger.release(Town.release))
    let readers = try #require(report.groups.first)
    #expect(readers.tiers == ["paper"])
    #expect(readers.current == 2 && readers.past == 1 && readers.undescribed == 1)
    #expect(
      readers.shares == [
        "sector": ["press": 2, "academia": 1], "region": ["Europe": 1, "Asia": 1],
      ]
    )
    #expect(readers.since == Town.noon)
    #expect(report.openings == ["paper": Town.noon])
    let text = report.json.text
    for name in ["bob", "eve\"", "gus"] { #expect(!text.contains(name)) }
  }

  @Test func `count hand-outs, reports, and those that no steward has dealt with`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.receive(as: "person:bob")
    try await town.fetch(as: "person:bob", upTo: 1_000)
    _ = try await town.log.admit(town.query("paper"), at: town.now)
    let leak = try await town.warn()
    let abuse = try await town.say(
      .report(.misuse, text: "x"),
      about: .init(name: "manifest", digest: try town.manifest("weights")),
      by: "person:eve"
    )
    let own = try await town.say(
      .report(.other, text: "x"),
      about: town.subject("tier:weights"),
      by: "person:hal"
    )
    try await town.say(
      .report(.other, text: "x"),
      about: town.subject("tier:paper"),
      by: "person:eve"
    )
    var counts = try await town.counts("weights")
    #expect(counts == (3, 3, 2))
    // A steward deals with what others report; nobody else does.
    try await town.say(.confirm(reason: ""), about: leak.asSubject, by: "person:hal")
    for (said, author) in [(abuse, "person:ana"), (own, "person:hal")]
      as [(SluiceGovernance.Statement, Principal.ID)]
    {
      try await town.say(
        .comment(text: "seen", isPublic: false),
        about: said.asSubject,
        by: author
      )
    }
    counts = try await town.counts("weights")
    #expect(counts == (3, 2, 2))
    try await town.say(
      .comment(text: "seen", isPublic: false),
      about: abuse.asSubject,
      by: "person:ida"
    )
    counts = try await town.counts("weights")
    #expect(counts == (3, 1, 2))
    counts = try await town.counts("paper")
    #expect(counts == (1, 1, 1))
    town.now = town.now + Duration(seconds: 7_200)
    try await town.log.settle(at: town.now)
    counts = try await town.counts("paper")
    #expect(counts == (1, 1, 1))
  }
}

extension Town {
  /// Reports, open ones, hand-outs.
  fileprivate func counts(_ tier: Tier.ID) async throws -> (Int, Int, Int) {
    let counts = try await ledger.counts(of: tier, in: Self.release, from: Self.noon, until: now)
    return (counts.reports, counts.openReports, counts.deliveries)
  }
}
