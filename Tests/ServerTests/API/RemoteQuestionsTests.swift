import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

/// Every question of the contract goes to its path and brings its answer back.
@Suite("A question over HTTP")
struct RemoteQuestionsTests {
  typealias Question = @Sendable (RemoteDeployment) async throws -> Void

  /// The call that is made, the answer that is given, and the question.
  struct Exchange: Sendable, CustomTestStringConvertible {
    let call: String
    let answer: JSONValue
    let ask: Question
    var testDescription: String { call }
  }

  static let release = "/sluice/v1/releases/ana/tiny"
  static let hex = Samples.digest("grant").hex
  static let noon = "2019-02-14T12%3A00%3A00Z"
  static let none: JSONValue = ["items": []]
  static let explained = ExplanationPage(explanation: [:], text: "")
  static let accessed = AccessPage(
    release: "ana/tiny",
    tier: "weights",
    principal: nil,
    at: Samples.noon,
    grant: nil,
    problem: nil,
    text: ""
  )
  static let proved = ProofPage(index: 3, entry: [1], event: nil, proof: "")
  static let supposing = Supposition(assumed: [.init(.approve, "ben")])

  static let exchanges: [Exchange] = [
    Exchange(call: "GET /sluice/v1/releases", answer: none) { _ = try await $0.releases() },
    Exchange(call: "GET \(release)/public-record?at=\(noon)", answer: report(.publicRecord)) {
      _ = try await $0.report(.publicRecord, of: "ana/tiny", at: Samples.noon)
    },
    Exchange(call: "GET \(release)/reports/early-access", answer: report(.earlyAccess)) {
      _ = try await $0.report(.earlyAccess, of: "ana/tiny", at: nil)
    },
    Exchange(
      call: "POST \(release)/evidence",
      answer: ComputedPage(BodySamples.finding, recorded: nil).json
    ) {
      _ = try await $0.compute(.init(tier: "weights", kind: .uptake), of: "ana/tiny")
    },
    Exchange(call: "POST \(release)/replay", answer: none) {
      _ = try await $0.replay(.init(policy: "p"), of: "ana/tiny")
    },
    Exchange(call: "POST /sluice/v1/drafts", answer: Drafted([]).json) {
      _ = try await $0.drafts(Instruction(.approve(case: "4", reason: "")))
    },
    Exchange(call: "GET /sluice/v1/cases/4/explanation?at=\(noon)", answer: explained.json) {
      _ = try await $0.explanation(of: "4", .init(at: Samples.noon))
    },
    Exchange(call: "POST /sluice/v1/cases/4/explanation", answer: explained.json) {
      _ = try await $0.explanation(of: "4", .init(supposing: supposing))
    },
    Exchange(
      call: "GET /sluice/v1/access?release=ana%2Ftiny&tier=weights",
      answer: accessed.json
    ) {
      _ = try await $0.access(.init(principal: nil, release: "ana/tiny", tier: "weights"))
    },
    Exchange(call: "POST /sluice/v1/access", answer: accessed.json) {
      _ = try await $0.access(
        .init(principal: nil, release: "ana/tiny", tier: "weights", supposing: supposing)
      )
    },
    Exchange(call: "GET /sluice/v1/holds?subject=tier%3Aweights&ended=true", answer: none) {
      _ = try await $0.holds(.init(subject: .tier("weights"), includesEnded: true))
    },
    Exchange(call: "GET /sluice/v1/groups?group=press", answer: none) {
      _ = try await $0.members(.init(group: "press"))
    },
    Exchange(call: "GET /sluice/v1/evidence?tier=weights", answer: none) {
      _ = try await $0.evidence(.init(tier: "weights"))
    },
    Exchange(call: "GET /sluice/v1/credentials?person=person%3Abob", answer: none) {
      _ = try await $0.credentials(.init(holder: "person:bob"))
    },
    Exchange(call: "GET /sluice/v1/who?release=ana%2Ftiny&after=7", answer: none) {
      _ = try await $0.who(.init(release: "ana/tiny"), Slice(after: "7"))
    },
    Exchange(call: "GET /sluice/v1/audit/deliveries?release=ana%2Ftiny&limit=5", answer: none) {
      _ = try await $0.possessions(.init(release: "ana/tiny"), Slice(limit: 5))
    },
    Exchange(call: "GET /sluice/v1/proofs/3", answer: proved.json) {
      _ = try await $0.proof(of: 3)
    },
    Exchange(call: "GET /sluice/v1/audit/events/3", answer: proved.json) {
      _ = try await $0.disclosure(of: 3)
    },
    Exchange(
      call: "GET /sluice/v1/audit/statements/3",
      answer: StatementPage(index: 3, at: Samples.noon, statement: [1], signature: nil).json
    ) { _ = try await $0.statement(.entry(3)) },
    Exchange(
      call: "GET /sluice/v1/audit/cases/4/decisions",
      answer: DecisionsPage(case: .init(hex), number: 4, decisions: []).json
    ) { _ = try await $0.decisions(of: "4") },
    Exchange(
      call: "GET /sluice/v1/audit/grants/\(hex)/exposure?at=\(noon)",
      answer: ExposurePage(
        grant: Samples.grant(),
        at: Samples.noon,
        deliveries: [],
        grants: [],
        cases: [],
        text: ""
      ).json
    ) { _ = try await $0.exposure(of: Samples.grant().id, at: Samples.noon) },
    Exchange(
      call: "GET /sluice/v1/audit/persons/person%3Abob",
      answer: PersonPage(
        principal: "person:bob",
        at: Samples.noon,
        organisation: nil,
        isAuditor: false,
        roles: [],
        grants: [],
        cases: [],
        memberships: [],
        credentials: [],
        holds: [],
        deliveries: []
      ).json
    ) { _ = try await $0.person("person:bob", at: nil) },
  ]

  @Test(arguments: exchanges)
  func `goes to its path`(exchange: Exchange) async throws {
    let remote = RemoteDeployment(
      transport: Transport { call in
        #expect("\(call.method.rawValue) \(call.target)" == exchange.call)
        #expect((call.method == .post) == !call.body.isEmpty)
        return HTTPReply(status: 200, headers: [], body: exchange.answer.canonical)
      }
    )
    try await exchange.ask(remote)
  }

  @Test func `composes from the pages that a verb is about`() async throws {
    var fold = try Fold.standing()
    let page = try fold.requestPage()
    let remote = RemoteDeployment(
      transport: Transport { call in
        let body: JSONValue =
          switch call.target {
          case "/sluice/v1/keys": Samples.standing.json
          case "/sluice/v1/cases/4": page.json
          default: Self.none
          }
        return HTTPReply(status: 200, headers: [], body: body.canonical)
      }
    )
    let random: @Sendable (Int) -> [UInt8] = { Array(repeating: 7, count: $0) }
    let drafted = try await remote.compose(
      Instruction(.approve(case: "4", reason: "good")),
      at: Samples.noon,
      random: random
    )
    #expect(drafted.statements.map(\.by) == ["person:ana"])
    #expect(drafted.statements.map(\.type) == [.approve])
    await #expect(throws: Refusal.unknownGrant("9c2e1f")) {
      try await remote.compose(
        Instruction(.surrender(grant: "9c2e1f")),
        at: Samples.noon,
        random: random
      )
    }
    await #expect(throws: Refusal.unknownGrant("9c")) { try await remote.grant("9c") }
    await #expect(throws: Refusal.unknownHold("9c2e1f")) { try await remote.hold("9c2e1f") }
    await #expect(throws: Refusal.unfit("name the release: OWNER/NAME")) {
      try await remote.compose(Instruction(.open("gated")), at: Samples.noon, random: random)
    }
  }

  private static func report(_ kind: ReportPage.Kind) -> JSONValue {
    ReportPage(report: kind, release: "ana/tiny", at: Samples.noon, sections: [], data: [:]).json
  }
}
