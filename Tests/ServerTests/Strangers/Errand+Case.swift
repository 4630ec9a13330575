import HTTPTypes
import SluiceAPI
import SluiceEncoding
import SluiceGovernance

extension Errand {
  private static let release = Deployed.release

  /// Everything that can be asked about a case by its number, and about whoever it is for.
  static func aboutCase(_ number: Int, of name: String, _ matter: Matter) -> [Errand] {
    named(number) + acts(on: String(number)) + around(name, matter)
  }

  /// Everything that can be asked about a case of a kind by its number, and the lists in which it is.
  static func aboutCase(_ number: Int, _ kind: Case.Kind) -> [Errand] {
    let listed = CaseFilter(release: release, kind: kind)
    return named(number) + [
      .get("listed", "cases" + listed.query.text) { Listing(try await $0.cases(listed)).json }
    ] + acts(on: String(number))
  }

  /// What names the case.
  static func named(_ number: Int) -> [Errand] {
    let reference = String(number)
    let question = ExplanationQuestion(
      supposing: Supposition(assumed: [Assumption(.approve, "ana")])
    )
    let other = ExplanationQuestion(supposing: Supposition(person: "person:mia"))
    return [
      .get("case", "cases/\(reference)") { try await $0.case(reference).json },
      .get("why", "cases/\(reference)/explanation") {
        try await $0.explanation(of: reference, at: nil).json
      },
      .get("decided", "audit/cases/\(reference)/decisions") {
        try await $0.decisions(of: reference).json
      },
      .post("suppose", "cases/\(reference)/explanation", question.json) {
        try await $0.explanation(of: reference, question).json
      },
      .post("suppose-mia", "cases/\(reference)/explanation", other.json) {
        try await $0.explanation(of: reference, other).json
      },
    ]
  }

  /// The acts that name the case, as drafts.
  static func acts(on reference: String) -> [Errand] {
    [
      draft(
        "revise",
        .revise(case: reference, purpose: "More.", tiers: nil, rebinds: false),
        release: nil
      ), draft("withdraw", .withdraw(case: reference, reason: ""), release: nil),
      draft("approve", .approve(case: reference, reason: ""), release: nil),
      draft("deny", .deny(case: reference, .purpose, reason: "No."), release: nil),
      draft("return", .return(case: reference, reason: "Say more."), release: nil),
      draft("recuse", .recuse(case: reference, reason: ""), release: nil),
      draft("appeal", .appeal(case: reference, reason: "Look again."), release: nil),
      draft(
        "answer",
        .answer(.case(reference), form: "request", answers: ["name": "x", "purpose": "y"]),
        release: nil
      ),
      draft(
        "comment",
        .comment(.case(reference), text: "Hm.", isPublic: false)
      ), draft("flag", .flag(.case(reference), .misuse, text: "Hm.")),
      draft("hold", .hold(.case(reference), .init(code: .misuse, text: "Wait."))),
    ]
  }

  private static func around(_ name: String, _ matter: Matter) -> [Errand] {
    let access = AccessQuestion(
      principal: Deployed.person(name),
      release: release,
      tier: "weights"
    )
    let held = GrantFilter(release: release, holder: Deployed.person(name))
    let cases = CaseFilter(kind: .access, tier: "weights")
    let asked = CaseFilter(requester: Deployed.person(name))
    return [
      .get("cases", "cases" + cases.query.text) { Listing(try await $0.cases(cases)).json },
      .get("asked-by", "cases" + asked.query.text) { Listing(try await $0.cases(asked)).json },
      .get("access", "access" + access.query.text) { try await $0.access(access).json },
      .get("grants", "grants" + held.query.text) { Listing(try await $0.grants(held)).json },
      .get("exposure", "audit/grants/\(matter.grant)/exposure") {
        try await $0.exposure(of: Grant.ID(matter.grant), at: nil).json
      },
      .get("who", "who?release=ana%2Ftiny") {
        Listing(try await $0.who(.init(release: release))).json
      },
      .bare("file", "/ana/tiny/resolve/main/weights.safetensors", .head),
    ]
  }
}
