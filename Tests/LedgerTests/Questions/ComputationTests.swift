import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("Evidence that is computed from the log")
struct ComputationTests {
  @Test func `counts reports since the tier could first be had`() async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.receive(as: "person:bob")
    let leak = try await town.warn()
    _ = try await town.warn(by: "person:gus")
    try await town.say(.confirm(reason: ""), about: leak.asSubject, by: "person:hal")
    town.pass(days: 3)
    let revoked = Statement.Subject(name: "grant", digest: try SHA256Digest(hex: grant.id.rawValue))
    try await town.say(.revoke(.misuse, text: "x"), about: revoked, by: "person:hal")
    let finding = try await town.finding(.misuseWatch)
    #expect(
      finding.metrics == [
        "reports": "2", "open_reports": "1", "confirmed_incidents": "2", "days_observed": "3",
      ]
    )
    #expect(finding.method.contains("from \(Town.noon) until \(town.now)"))
  }

  @Test func `counts grants, holders and hand-outs`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.receive(as: "person:bob")
    try await town.fetch(as: "person:bob", upTo: 1_000)
    try await town.grant(to: "person:eve")
    let weights = try await town.finding(.uptake)
    #expect(weights.kind == "uptake")
    #expect(
      weights.metrics
        == ["grants": "2", "holders": "2", "organisations": "0", "deliveries": "2"]
    )
    _ = try await town.log.admit(town.query("paper"), at: town.now)
    let paper = try await town.finding(.uptake, about: "paper")
    #expect(paper.metrics["grants"] == "0" && paper.metrics["deliveries"] == "1")
  }

  @Test func `tells how long people waited for the tier`() async throws {
    var town = try await Town.settled(isPublic: true)
    let asked = try await town.ask()
    town.now = town.now + Duration(seconds: 5_400)
    try await town.deny(asked, by: "person:ana")
    let finding = try await town.finding(.serviceLevel)
    #expect(
      finding.metrics == [
        "cases": "1", "overdue": "0", "median_hours_to_decision": "1.5000",
        "p90_hours_to_decision": "1.5000", "denied_share": "1.0000",
      ]
    )
    #expect(try await town.finding(.serviceLevel, about: "paper").metrics["cases"] == "0")
  }

  /// The public stage offers the paper; while it is closed its gate has no instant, so it counts to now.
  @Test(arguments: [true, false])
  func `counts early readers until everybody can have the tier`(isPublic: Bool) async throws {
    var town = try await Town.settled(isPublic: false)
    try await town.grantReaders()
    try await town.say(.accept, about: town.use, by: "person:bob")
    town.now = town.now + Duration(seconds: 7_200)
    let lift = town.now
    if isPublic {
      try await town.open("public")
      town.pass(days: 1)
    }
    let finding = try await town.finding(.earlyAccess(nil), about: "paper")
    let named = try await town.finding(.earlyAccess("readers"), about: "paper")
    #expect(finding == named)
    // Two were invited; bob alone agreed to the terms, and so has joined.
    #expect(finding.metrics["members"] == "1")
    #expect(finding.metrics["median_hours_before_lift"] == "2.0000")
    #expect(finding.method.contains("until \(lift)"))
  }

  @Test func `has its declared inputs in its method`() async throws {
    let town = try await Town.settled(isPublic: true)
    let cost = ReplicationCost(
      parameters: 1_000_000,
      tokens: 1_000_000_000,
      hardware: "card",
      gigaflops: 1_000,
      utilisation: 50,
      unitPrice: "2.00",
      currency: "EUR",
      pricedAt: Town.noon
    )
    let finding = try await town.finding(.replicationCost(cost))
    // 6e15 operations at 5e11 a second are 12,000 s.
    #expect(finding.metrics["gpu_hours"] == "3.3333")
    #expect(finding.metrics["currency_amount"] == "6.67")
    #expect(finding.method.contains("1000000 parameters x 1000000000 tokens"))
  }

  @Test func `is signed by the clerk, who needs a role`() async throws {
    var town = try await Town.settled(isPublic: true)
    let finding = try await town.finding(.uptake)
    let about = Statement.Subject(name: "manifest", digest: try town.manifest("weights"))
    let said = try await town.say(.evidence(finding), about: about, by: "service:clerk")
    let stored = try await town.ledger.release(Town.release).evidence.last
    #expect(stored?.id == said.id && stored?.by == "service:clerk")
    #expect(stored?.metrics == finding.metrics && stored?.method == finding.method)
  }

  @Test func `is none of a tier or a group that there is not, and of nothing that was opened`()
    async throws
  {
    let town = try await Town.settled(isPublic: true)
    await #expect(throws: Refusal.unfit("ana/town has no tier weight; did you mean weights?")) {
      try await town.finding(.uptake, about: "weight")
    }
    await #expect(throws: Refusal.unfit("the policy has no group reader; did you mean readers?")) {
      try await town.finding(.earlyAccess("reader"))
    }
    await #expect(
      throws: Refusal.stale(
        "no stage that offers tier secret has opened: nothing is watched yet"
      )
    ) { try await town.finding(.misuseWatch, about: "secret") }
    let young = try await Town()
    await #expect(throws: Refusal.stale("no policy of ana/town is in force yet")) {
      try await young.finding(.uptake)
    }
  }
}

extension Town {
  fileprivate func finding(
    _ computation: Computation,
    about tier: Tier.ID = "weights"
  ) async throws -> Statement.Finding {
    try await ledger.finding(computation, about: tier, in: Self.release, at: now)
  }
}
