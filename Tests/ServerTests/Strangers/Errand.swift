import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceProof
import SluiceServer

/// One thing that can be asked over HTTP and, if it is not about files, here too.
struct Errand: Sendable {
  let name: String
  var method = HTTPRequest.Method.get
  let target: String
  var body: [UInt8]?
  /// The same asked of a deployment in this process, as the operator does.
  var here: (@Sendable (LocalDeployment) async throws -> JSONValue)?

  /// An errand that is done by GET.
  static func get(
    _ name: String,
    _ target: String,
    _ here: @escaping @Sendable (LocalDeployment) async throws -> JSONValue
  ) -> Errand {
    Errand(name: name, target: "/sluice/v1/" + target, here: here)
  }

  /// An errand that is done by POST.
  static func post(
    _ name: String,
    _ target: String,
    _ body: JSONValue,
    _ here: @escaping @Sendable (LocalDeployment) async throws -> JSONValue
  ) -> Errand {
    Errand(
      name: name,
      method: .post,
      target: "/sluice/v1/" + target,
      body: body.canonical,
      here: here
    )
  }

  /// What is asked about files, by Hub clients; the operator has them anyway.
  static func hub(
    _ name: String,
    _ target: String,
    _ method: HTTPRequest.Method = .get
  ) -> Errand {
    Errand(name: name, method: method, target: target)
  }
}

extension Errand {
  private static let release = Deployed.release

  /// Everything that can be asked about a release by its name.
  static func aboutRelease() throws -> [Errand] {
    let terms = SHA256Digest(of: Deployed.terms)
    let roster = try Roster(text: Town.roster(clerk: Deployed.key("none").publicKey)).digest
    let weights = AccessQuestion(principal: nil, release: release, tier: "weights")
    let bea = AccessQuestion(principal: "person:bea", release: release, tier: "weights")
    let supposed = AccessQuestion(
      principal: nil,
      release: release,
      tier: "weights",
      supposing: Supposition(assumed: [Assumption(.open, "gated")])
    )
    return [
      .get("list", "releases") { Listing(try await $0.releases()).json },
      .get("page", "releases/ana/tiny") { try await $0.release(release).json },
      .get("policy", "releases/ana/tiny/policy") {
        .string(try await $0.release(release).policy)
      },
      .get("stage", "releases/ana/tiny/stages/gated") {
        try await $0.stage("gated", of: release).json
      },
      .get("terms", "releases/ana/tiny/terms/use") {
        .string(String(decoding: try await $0.document(terms, of: release), as: UTF8.self))
      },
      .get("form", "releases/ana/tiny/forms/request") {
        .array(try await $0.release(release).forms.map(\.json))
      },
      .get("document", "releases/ana/tiny/documents/\(terms.hex)") {
        .string(String(decoding: try await $0.document(terms, of: release), as: UTF8.self))
      },
      .get("none", "releases/ana/tiny/documents/\(roster.hex)") {
        .string(String(decoding: try await $0.document(roster, of: release), as: UTF8.self))
      },
      .get("record", "releases/ana/tiny/public-record") {
        try await $0.report(.publicRecord, of: release, at: nil).json
      },
      .get("report", "releases/ana/tiny/reports/release") {
        try await $0.report(.release, of: release, at: nil).json
      },
      .get("early", "releases/ana/tiny/reports/early-access") {
        try await $0.report(.earlyAccess, of: release, at: nil).json
      },
      .get("service", "releases/ana/tiny/reports/service-level") {
        try await $0.report(.serviceLevel, of: release, at: nil).json
      },
      .post("replay", "releases/ana/tiny/replay", ReplayQuestion(policy: Town.policy).json) {
        Listing(try await $0.replay(ReplayQuestion(policy: Town.policy), of: release)).json
      },
      .get("access", "access" + weights.query.text) { try await $0.access(weights).json },
      .get("access-bea", "access" + bea.query.text) { try await $0.access(bea).json },
      .post("suppose", "access", supposed.json) { try await $0.access(supposed).json },
    ]
  }

  /// Everything that is on record about a release and its people.
  static func aboutPeople() throws -> [Errand] {
    let query = "?release=ana%2Ftiny"
    let wish = Instruction(.accept("use"), release: release)
    return [
      .get("cases", "cases" + query) { Listing(try await $0.cases(.init(release: release))).json },
      .get("grants", "grants" + query) {
        Listing(try await $0.grants(.init(release: release))).json
      },
      .get("holds", "holds" + query) { Listing(try await $0.holds(.init(release: release))).json },
      .get("groups", "groups" + query) {
        Listing(try await $0.members(.init(release: release))).json
      },
      .get("evidence", "evidence" + query) {
        Listing(try await $0.evidence(.init(release: release))).json
      },
      .get("credentials", "credentials" + query) {
        Listing(try await $0.credentials(.init(release: release))).json
      },
      .get("who", "who" + query) { Listing(try await $0.who(.init(release: release))).json },
      .get("deliveries", "audit/deliveries" + query) {
        Listing(try await $0.possessions(.init(release: release))).json
      },
      .get("person", "audit/persons/person%3Abea") {
        try await $0.person("person:bea", at: nil).json
      },
      .post("draft", "drafts", wish.json) {
        try await $0.drafts(Instruction(wish.verb, release: release, by: "person:hal")).json
      },
      .hub("model", "/api/models/ana/tiny"),
      .hub("tree", "/api/models/ana/tiny/tree/main"),
      .hub("refs", "/api/models/ana/tiny/refs"),
      .hub("check", "/api/models/ana/tiny/auth-check"),
      .hub("file", "/ana/tiny/resolve/main/weights.safetensors", .head),
      .hub("code", "/ana/tiny/resolve/code/code.safetensors", .head),
    ]
  }

  /// Everything that can be asked about a case by its number, and about whoever it is for.
  static func aboutCase(_ number: Int, of name: String) -> [Errand] {
    let reference = String(number)
    let question = ExplanationQuestion(
      supposing: Supposition(assumed: [Assumption(.approve, "ana")])
    )
    let access = AccessQuestion(
      principal: Deployed.person(name),
      release: release,
      tier: "weights"
    )
    let held = GrantFilter(release: release, holder: Deployed.person(name))
    return [
      .get("case", "cases/\(reference)") { try await $0.case(reference).json },
      .get("why", "cases/\(reference)/explanation") {
        try await $0.explanation(of: reference, at: nil).json
      },
      .post("suppose", "cases/\(reference)/explanation", question.json) {
        try await $0.explanation(of: reference, question).json
      },
      .get("cases", "cases?tier=weights&kind=access") {
        Listing(try await $0.cases(CaseFilter(kind: .access, tier: "weights"))).json
      },
      .get("access", "access" + access.query.text) { try await $0.access(access).json },
      .get("grants", "grants" + held.query.text) { Listing(try await $0.grants(held)).json },
    ]
  }
}
