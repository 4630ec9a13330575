import SluiceEncoding
import SluiceGovernance
import Testing

/// What the sample policy does not use: each part of the language, read into its value.
@Suite("The policy language")
struct LanguageTests {
  @Test(
    arguments: [
      ("approve: {role: editors}", .approve(.init(role: "editors"))),
      (
        "approve: {role: stewards, count: 2, veto: 3, signature: pin}",
        .approve(.init(role: "stewards", count: 2, veto: .count(3), signature: .pin))
      ),
      (
        "approve: {role: editors, veto: none, signature: session}",
        .approve(.init(role: "editors", veto: .none, signature: .session))
      ),
      ("approve: {role: editors, signature: key}", .approve(.init(role: "editors"))),
      (
        "approve: {role: editors, signature: touch}",
        .approve(.init(role: "editors", signature: .touch))
      ),
      ("evidence: {kind: uptake}", .evidence(.init(kind: "uptake"))),
      (
        "evidence: {kind: detectability, of: paper, where: [accuracy >= 0.90, by = so], "
          + "max-age: P90D, confirm: stewards}",
        .evidence(
          .init(
            kind: "detectability",
            of: "paper",
            where: [.init("accuracy", .atLeast, "0.90"), .init("by", .equal, "so")],
            maxAge: Duration(seconds: 90 * 86_400),
            confirm: "stewards"
          )
        )
      ),
      ("accept: use", .accept("use")),
      ("answer: ask", .answer("ask")),
      ("credential: {type: email-domain}", .credential(.init(type: "email-domain"))),
      (
        #"credential: {type: status, from: ["issuer:orcid", "org:so"], where: [of != x], max-age: P1D}"#,
        .credential(
          .init(
            type: "status",
            from: ["issuer:orcid", "org:so"],
            where: [.init("of", .unequal, "x")],
            maxAge: Duration(seconds: 86_400)
          )
        )
      ),
      ("member: readers", .member("readers")),
      (
        #"after: "2026-03-02T14:00:00Z""#,
        .after(.instant(Instant(seconds: 1_772_460_000)))
      ),
      ("after: {stage: first}", .after(.opening("first", plus: Duration(seconds: 0)))),
      (
        "after: {stage: first, plus: P60D}",
        .after(.opening("first", plus: Duration(seconds: 60 * 86_400)))
      ),
      ("wait: P7D", .wait(Duration(seconds: 7 * 86_400))),
    ] as [(String, Plain)]
  )
  func `has requirements that stand by themselves`(text: String, requirement: Plain) throws {
    let policy = try Self.policy(requiring: text)
    #expect(policy.gate("reader")?.requirements.first == .plain(requirement))
    #expect(text.hasPrefix("\(requirement.kind): "))
    let part = policy.branches(of: "reader").first?.parts.first
    #expect(part?.path == "gates.reader.require[0]")
    #expect(part?.requirement == requirement)
  }

  @Test func `has alternatives that are requirements or lists of them`() throws {
    let policy = try Self.policy(
      requiring: "any: [wait: P7D, [member: readers, gate: publish], [accept: use]]"
    )
    let week = Plain.wait(Duration(seconds: 7 * 86_400))
    #expect(
      policy.gate("reader")?.requirements.first
        == .any([
          [.plain(week)], [.plain(.member("readers")), .gate("publish")], [.plain(.accept("use"))],
        ])
    )
    // Each of the three with each of the two ways of the rest of the gate.
    let paths = policy.branches(of: "reader").map { $0.parts.first?.path }
    let first = "gates.reader.require[0].any"
    #expect(
      paths == [
        "\(first)[0]", "\(first)[0]", "\(first)[1][0]", "\(first)[1][0]", "\(first)[2][0]",
        "\(first)[2][0]",
      ]
    )
  }

  @Test func `has groups`() throws {
    let policy = try Self.policy(requiring: "member: readers")
    #expect(policy.groups.map(\.id) == ["readers", "others"])
    let readers = try #require(policy.group("readers"))
    #expect(readers.managers == "editors")
    #expect(readers.describe == ["sector", "region"])
    #expect(readers.sectors == ["press", "academia"])
    #expect(policy.group("others")?.describe == [])
    #expect(policy.group("nobody") == nil)
  }

  @Test func `has gates with times and recusals`() throws {
    let policy = try Policy(
      text: Sample.policy.replacing(
        "due: P7D",
        with: "due: P7D\n    lapse: P60D\n    reapply: PT36H\n    recuse: "
          + "[same-organisation, deciders, evidence-author]"
      )
    )
    let gate = try #require(policy.gate("reader"))
    #expect(gate.lapse == Duration(seconds: 60 * 86_400))
    #expect(gate.reapply == Duration(seconds: 36 * 3_600))
    #expect(gate.recuse == [.sameOrganisation, .deciders, .evidenceAuthor])
    #expect(policy.gate("publish")?.recuse == [])
  }

  @Test func `has renewals and obligations`() throws {
    let policy = try Policy(
      text: Sample.policy.replacing(
        "lasts: P30D",
        with: "lasts: P30D, renews: {gate: publish, window: P3D, grace: P1D}, "
          + "owes: [{answer: ask, within: P5D, then: hold}, {accept: use, within: P6D, then: note}]"
      )
    )
    let stage = try #require(policy.stage("second"))
    #expect(stage.renews?.gate == "publish")
    #expect(stage.renews?.window == Duration(seconds: 3 * 86_400))
    #expect(stage.renews?.grace == Duration(seconds: 86_400))
    #expect(stage.owes.map(\.act) == [.answer("ask"), .accept("use")])
    #expect(stage.owes.map(\.within.seconds) == [5 * 86_400, 6 * 86_400])
    #expect(stage.owes.map(\.then) == [.hold, .note])
    #expect(policy.stage("first")?.renews == nil)
    #expect(policy.stage("first")?.owes == [])
  }

  @Test func `has emergencies`() throws {
    let policy = try Policy(
      text: Sample.policy.replacing("publish:\n", with: "publish:\n    recuse: [deciders]\n")
        + "\n  emergency: {gate: reader, lasts: PT72H, review: publish, within: P3D}\n"
    )
    let emergency = try #require(policy.governance.emergency)
    #expect(emergency.gate == "reader")
    #expect(emergency.lasts == Duration(seconds: 72 * 3_600))
    #expect(emergency.review == "publish")
    #expect(emergency.within == Duration(seconds: 3 * 86_400))
    #expect(try Policy(text: Sample.policy).governance.emergency == nil)
  }

  @Test(
    arguments: [
      ("", .keep), ("on-adoption: {}", .keep),
      ("on-adoption: {open-cases: keep, grants: keep}", .keep),
      (
        "on-adoption: {open-cases: restart}",
        OnAdoption(restartsCases: true, endsGrantsAfter: nil)
      ),
      (
        "on-adoption: {grants: {end-after: P30D}}",
        OnAdoption(restartsCases: false, endsGrantsAfter: Duration(seconds: 30 * 86_400))
      ),
    ]
  )
  func `says what an adoption does to what there is`(text: String, outcome: OnAdoption) throws {
    #expect(try Policy(text: "\(Sample.policy)\n\(text)\n").onAdoption == outcome)
  }

  /// A word that changes nothing is in the digest all the same.
  @Test func `has deliveries, as far as this version makes them`() throws {
    let direct = try Policy(
      text: Sample.policy.replacing(
        "lasts: P30D",
        with: "lasts: P30D, delivery: {mode: direct, parallel: 8, mark: false}"
      )
    )
    #expect(direct.digest != (try Policy(text: Sample.policy)).digest)
  }

  private static func policy(requiring text: String) throws -> Policy {
    let readers = """
      groups:
        readers: {managers: editors, describe: [sector, region], sectors: [press, academia]}
        others: {managers: stewards}
      gates:
      """
    return try Policy(
      text: Sample.policy.replacing("- answer: ask", with: "- \(text)")
        .replacing("gates:", with: readers)
    )
  }
}
