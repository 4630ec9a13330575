import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("Computing here")
struct LocalComputingTests {
  private static let question = ComputeQuestion(tier: "code", kind: .uptake)

  @Test func `has the clerk record what was counted, over HTTP too`() async throws {
    let deployed = try await Town.deployed(.public)
    try await deployed.serving { served in
      let page = try await served.remote("edi").compute(Self.question, of: Deployed.release)
      #expect(page.kind == "uptake")
      #expect(page.recorded?.evidence.map(\.kind) == ["uptake"])
    }
    let lines = try await deployed.local("ana").evidence(
      EvidenceFilter(release: Deployed.release)
    )
    #expect(lines.filter { $0.kind == "uptake" }.map(\.by) == ["service:clerk"])
  }

  @Test func `writes nothing where it is only looked at`() async throws {
    let deployed = try await Town.deployed(.public)
    let size = try await deployed.ledger.head().size
    let dry = ComputeQuestion(tier: "code", kind: .uptake, isDry: true)
    let page = try await deployed.local("edi").compute(dry, of: Deployed.release)
    #expect(page.recorded == nil)
    #expect(page.metrics["grants"] != nil)
    #expect(try await deployed.ledger.head().size == size)
  }

  @Test func `is refused before anything is written where the clerk has no role`() async throws {
    let deployed = try await Deployed.opened()
    let size = try await deployed.ledger.head().size
    for name in [nil, "ana"] {
      await #expect(throws: Refusal.notEligible("service:clerk")) {
        try await deployed.local(name).compute(Self.question, of: Deployed.release)
      }
    }
    #expect(try await deployed.ledger.head().size == size)
    let dry = ComputeQuestion(tier: "code", kind: .uptake, isDry: true)
    #expect(try await deployed.local("ana").compute(dry, of: Deployed.release).kind == "uptake")
  }

  @Test func `records no cost that somebody declared over HTTP`() async throws {
    let deployed = try await Town.deployed(.public)
    let size = try await deployed.ledger.head().size
    let cost = ReplicationCost(
      parameters: 1_000_000,
      tokens: 1_000_000_000,
      hardware: "card",
      gigaflops: 1_000,
      utilisation: 50,
      unitPrice: "2.00",
      currency: "EUR",
      pricedAt: Deployed.noon
    )
    await #expect(throws: Refusal.self) {
      try await deployed.local("edi").compute(
        ComputeQuestion(tier: "code", kind: .replicationCost, cost: cost),
        of: Deployed.release
      )
    }
    #expect(try await deployed.ledger.head().size == size)
  }

  @Test(arguments: ["eve", "bob", "ida"])
  func `is refused to whoever has no role`(name: String) async throws {
    let deployed = try await Town.deployed(.public)
    await #expect(throws: Refusal.notEligible(Deployed.person(name))) {
      try await deployed.local(name).compute(Self.question, of: Deployed.release)
    }
    let hidden = try await Town.deployed(.adopted)
    await #expect(throws: Refusal.self) {
      try await hidden.local(name).compute(Self.question, of: Deployed.release)
    }
  }

  @Test func `takes inputs with the kind that needs them only`() throws {
    for text in [
      #"{"kind":"replication-cost","tier":"code"}"#, #"{"cost":{},"kind":"uptake","tier":"code"}"#,
      #"{"group":"press","kind":"uptake","tier":"code"}"#,
    ] {
      let json = try JSONValue(parsing: Array(text.utf8), .document, format: "test")
      #expect(throws: Malformed.self) { try ComputeQuestion(json: json) }
    }
  }
}
