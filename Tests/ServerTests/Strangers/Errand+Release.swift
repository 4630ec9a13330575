import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension Errand {
  private static let release = Deployed.release

  /// Everything that can be asked about a release by its name.
  static func aboutRelease(_ matter: Matter) throws -> [Errand] {
    try texts(matter) + reports() + questions()
      + aboutFiling("amendment", 1) + aboutFiling("opening", 2)
  }

  private static func texts(_ matter: Matter) throws -> [Errand] {
    let terms = SHA256Digest(of: Deployed.terms)
    let policy = try Policy(text: Town.policy).digest
    let nothing = SHA256Digest(of: Array("nothing".utf8))
    return [
      .get("list", "releases") { Listing(try await $0.releases()).json },
      .get("page", "releases/ana/tiny") { try await $0.release(release).json },
      .get("policy", "releases/ana/tiny/policy") {
        .string(try await $0.release(release).policy)
      },
      .get("stage", "releases/ana/tiny/stages/gated") {
        try await $0.stage("gated", of: release).json
      },
      .get("terms", "releases/ana/tiny/terms/use") { try await text(terms, $0) },
      .get("form", "releases/ana/tiny/forms/request") {
        .array(try await $0.release(release).forms.map(\.json))
      },
      .get("rules", "releases/ana/tiny/documents/\(policy.hex)") { try await text(policy, $0) },
      .get("roster", "releases/ana/tiny/documents/\(matter.roster.hex)") {
        try await text(matter.roster, $0)
      },
      .get("nothing", "releases/ana/tiny/documents/\(nothing.hex)") {
        try await text(nothing, $0)
      },
    ]
  }

  private static func text(
    _ sha256: SHA256Digest,
    _ deployment: any Deployment
  ) async throws -> JSONValue {
    .string(String(decoding: try await deployment.document(sha256, of: release), as: UTF8.self))
  }

  private static func reports() -> [Errand] {
    let replay = ReplayQuestion(policy: Town.policy)
    let counted = ComputeQuestion(tier: "code", kind: .serviceLevel, isDry: true)
    return [
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
      .post("replay", "releases/ana/tiny/replay", replay.json) {
        Listing(try await $0.replay(replay, of: release)).json
      },
      .post("compute", "releases/ana/tiny/evidence", counted.json) {
        try await $0.compute(counted, of: release).json
      },
    ]
  }

  private static func questions() -> [Errand] {
    let weights = AccessQuestion(principal: nil, release: release, tier: "weights")
    let bea = AccessQuestion(principal: "person:bea", release: release, tier: "weights")
    let supposed = AccessQuestion(
      principal: nil,
      release: release,
      tier: "weights",
      supposing: Supposition(assumed: [Assumption(.open, "gated")])
    )
    let somebody = AccessQuestion(
      principal: nil,
      release: release,
      tier: "weights",
      supposing: Supposition(person: "person:bea", assumed: [Assumption(.open, "gated")])
    )
    return [
      .get("access", "access" + weights.query.text) { try await $0.access(weights).json },
      .get("access-bea", "access" + bea.query.text) { try await $0.access(bea).json },
      .post("suppose", "access", supposed.json) { try await $0.access(supposed).json },
      .post("suppose-bea", "access", somebody.json) { try await $0.access(somebody).json },
    ]
  }

  /// A case about the release.
  private static func aboutFiling(_ name: String, _ number: Int) -> [Errand] {
    [
      .get(name, "cases/\(number)") { try await $0.case(String(number)).json },
      .get("\(name)-why", "cases/\(number)/explanation") {
        try await $0.explanation(of: String(number), at: nil).json
      },
    ]
  }
}
