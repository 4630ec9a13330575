import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension Errand {
  private static let release = Deployed.release

  /// Everything that is on record about a release and its people.
  static func aboutPeople(_ matter: Matter) -> [Errand] {
    lists() + audit(matter) + [person("bea"), person("bob"), person("ana")]
  }

  /// The lists of what is on record.
  static func lists() -> [Errand] {
    let query = "?release=ana%2Ftiny"
    let former = HoldFilter(release: release, includesEnded: true)
    return [
      .get("cases", "cases" + query) { Listing(try await $0.cases(.init(release: release))).json },
      .get("all-cases", "cases") { Listing(try await $0.cases(CaseFilter())).json },
      .get("grants", "grants" + query) {
        Listing(try await $0.grants(.init(release: release))).json
      },
      .get("all-grants", "grants") { Listing(try await $0.grants(GrantFilter())).json },
      .get("holds", "holds" + query) { Listing(try await $0.holds(.init(release: release))).json },
      .get("former-holds", "holds" + former.query.text) {
        Listing(try await $0.holds(former)).json
      },
      .get("groups", "groups" + query) {
        Listing(try await $0.members(.init(release: release))).json
      },
      .get("evidence", "evidence" + query) {
        Listing(try await $0.evidence(.init(release: release))).json
      },
      .get("all-evidence", "evidence") { Listing(try await $0.evidence(EvidenceFilter())).json },
      .get("credentials", "credentials" + query) {
        Listing(try await $0.credentials(.init(release: release))).json
      },
    ]
  }

  private static func audit(_ matter: Matter) -> [Errand] {
    let query = "?release=ana%2Ftiny"
    let grant = Grant.ID(matter.grant)
    return [
      .get("who", "who" + query) { Listing(try await $0.who(.init(release: release))).json },
      .get("deliveries", "audit/deliveries" + query) {
        try await $0.possessions(.init(release: release), Slice()).json
      },
      .get("exposure", "audit/grants/\(matter.grant)/exposure") {
        try await $0.exposure(of: grant, at: nil).json
      },
      .get("statement-named", "audit/statements/\(matter.hold)") {
        try await $0.statement(.digits(matter.hold)).json
      },
    ]
  }

  /// An entry of the log, which has an index whoever asks: sealed as it is, and opened.
  static func aboutLog(_ matter: Matter) -> [Errand] {
    let entry = matter.entry
    return [
      .get("sealed", "proofs/\(entry)") { try await $0.proof(of: entry).json },
      .get("opened", "audit/events/\(entry)") { try await $0.disclosure(of: entry).json },
      .get("statement", "audit/statements/\(entry)") {
        try await $0.statement(.entry(entry)).json
      },
    ]
  }

  private static func person(_ name: String) -> Errand {
    .get("person-\(name)", "audit/persons/person%3A\(name)") {
      try await $0.person(Deployed.person(name), at: nil).json
    }
  }

  /// The acts that are about a release, as drafts: what a draft tells, it tells from pages.
  static func acts(_ matter: Matter) -> [Errand] {
    let forged = Instruction(.accept("use"), release: release, by: "person:ana")
    return [
      .draft("adopt", .adopt(.init(policy: Town.policy))), .draft("open", .open("more")),
      .draft("bind", .bind("late", manifest: SHA256Digest(of: Array("x".utf8)))),
      .draft("request", .request(Verb.Wish(tiers: ["weights"], purpose: "again", gift: gift))),
      .draft("emergency", .emergency(["weights"], to: "person:bob", purpose: "An outage.")),
      .draft("accept", .accept("use")),
      .post("draft-for-ana", "drafts", forged.json) { try await $0.drafts(forged).json },
      .draft("credential", .credential("person:bob", .init(type: "researcher"))),
      .draft("evidence", .evidence("weights", .init(kind: "uptake", metrics: [:], method: "x"))),
      .draft("confirm", .confirm(statement: matter.evidence, reason: "")),
      .draft("retract", .retract(statement: matter.evidence, reason: "")),
      .draft("join", .join("readers", "person:bob", fields: ["sector": "press"])),
      .draft("leave", .leave("readers", "person:mia")),
      .draft(
        "delegate",
        .delegate("managers", to: "person:bob", from: Deployed.noon, until: Deployed.noon)
      ), .draft("comment", .comment(.tier("weights"), text: "Hm.", isPublic: false)),
      .draft("flag", .flag(.tier("weights"), .leak, text: "On a forum.")),
      .draft("hold", .hold(.tier("weights"), .init(code: .safety, text: "Wait."))),
      .draft("hold-mia", .hold(.principal("person:mia"), .init(code: .misuse, text: "Wait."))),
      .draft("lift", .lift(hold: matter.hold, purpose: "")),
      .draft("revoke", .revoke(grant: matter.grant, .misuse, text: "Sold.")),
      .draft("surrender", .surrender(grant: matter.grant)),
      .draft("renew", .renew(grant: matter.grant, purpose: "", gift)),
    ]
  }

  private static let gift = Verb.Gift(
    answers: ["request": ["name": "Somebody", "purpose": "Something"]],
    accepts: ["use"]
  )
}
