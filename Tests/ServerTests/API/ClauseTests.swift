import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("The part of a policy behind a refusal")
struct ClauseTests {
  static let id: Grant.ID = .init(Samples.digest("x").hex)

  static func judging(_ type: StatementType? = nil) -> Ground {
    var ground = Ground(type: type, case: "4")
    ground.gate = "requester"
    return ground
  }

  /// What was refused, what was tried, and the path with a word of its line.
  static let cases: [(Refusal, Ground, String?, String)] = [
    (.stageClosed("gated"), Ground(), "stages.gated.opens", "  gated: {"),
    (.tierUnbound("weights"), Ground(), "tiers.weights", "  weights: {"),
    (.noGrant(pending: nil), Ground(tiers: ["weights"]), "stages.gated.admits", "  gated: {"),
    (.noGrant(pending: nil), Ground(tiers: ["code"]), "stages.public.admits", "  public: {"),
    (.noGrant(pending: nil), Ground(), nil, ""),
    (.grantExpired(id, at: Samples.noon), Ground(stage: "gated"), "stages.gated.lasts", "gated: {"),
    (
      .grantGrace(id, at: Samples.noon, until: Samples.noon), Ground(tiers: ["weights"]),
      "stages.gated", "  gated: {"
    ),
    (.termsUnaccepted("use"), Ground(), "terms.use", "  use: {"),
    (.termsChanged("terms:use"), Ground(), "terms.use", "  use: {"),
    (
      .tooSoon(until: Samples.noon), Ground(type: .file, stage: "gated"),
      "gates.requester.reapply", "    reapply:"
    ),
    (
      .tooSoon(until: Samples.noon), Ground(type: .file, stage: "gated", grant: "1234567"),
      "stages.gated", "  gated: {"
    ),
    (.ownCase(4), judging(.approve), "gates.requester.require[2]", "managers, count: 2"),
    (.tooWeak(needed: .key), judging(.deny), "gates.requester.require[2]", "managers, count: 2"),
    (.recused(4, why: .sameOrganisation), judging(), "gates.requester", "  requester:"),
    (.notEligible("person:bob"), judging(.return), "gates.requester.require[2]", "count: 2"),
    (.notEligible("person:bob"), Ground(type: .approve, case: "4"), nil, ""),
    (.notEligible("person:bob"), Ground(type: .hold), "governance.stewards", "governance: {"),
    (.notEligible("person:bob"), Ground(type: .bind), "roles", "roles: ["),
    (.notEligible("person:bob"), Ground(type: .join, group: "readers"), nil, ""),
    (.unfit("why"), Ground(type: .answer, form: "request", case: "4"), "forms.request", "request:"),
    (.unfit("why"), Ground(type: .file, stage: "gated"), nil, ""),
    (.held(.init(Samples.digest("x").hex), .leak), Ground(tiers: ["weights"]), nil, ""),
    (.unknownRelease("a/b"), Ground(tiers: ["weights"]), nil, ""),
  ]

  @Test(arguments: cases.indices)
  func `is where the text has it, or what is nearest around it`(index: Int) throws {
    let (refusal, ground, path, words) = Self.cases[index]
    let policy = try Policy(text: Deployed.policy)
    let clause = policy.clause(behind: refusal, on: ground)
    #expect(clause?.path == path)
    guard let clause else { return }
    let lines = Deployed.policy.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[clause.line - 1].contains(words), "line \(clause.line)")
    #expect(clause.column > 0 && clause.column <= lines[clause.line - 1].count)
    #expect("\(clause)" == "\(clause.path), line \(clause.line)")
  }

  /// What a statement tries is what the verb tries that it came from.
  @Test func `is found from a verb as from its statement`() {
    let verbs: [(Verb, Ground)] = [
      (.open("gated"), Ground(type: .file, stage: "gated")),
      (.request(.init(tiers: ["weights"])), Ground(type: .file, tiers: ["weights"])),
      (.approve(case: "4", reason: ""), Ground(type: .approve, case: "4")),
      (.join("readers", "person:bob", fields: [:]), Ground(type: .join, group: "readers")),
      (.revoke(grant: "123456", .misuse, text: ""), Ground(type: .revoke, grant: "123456")),
    ]
    for (verb, ground) in verbs { #expect(Ground(verb) == ground) }
  }

  @Test func `travels with the problem`() throws {
    let clause = Clause(path: "stages.gated.opens", line: 31, column: 12)
    let problem = Problem(.stageClosed("gated"), about: .init(clause: clause))
    #expect(problem.policy == clause)
    #expect(
      problem.json.objectValue?["policy"] == [
        "column": 12, "line": 31, "path": "stages.gated.opens",
      ]
    )
    #expect(try Problem(json: problem.json) == problem)
    #expect(problem.filled([.release: "ana/tiny"]).policy == clause)
    #expect(problem.told(by: "http://localhost").policy == clause)
  }
}
