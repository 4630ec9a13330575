import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

/// A page of each kind of case, with what it may not show otherwise than it was worded.
@Suite("A case page")
struct WordingTests {
  struct Lie: Sendable, CustomTestStringConvertible {
    let path: [String]
    let value: JSONValue?
    var testDescription: String { path.joined(separator: ".") }

    init(_ path: String, _ value: JSONValue?) {
      self.path = path.split(separator: "/").map(String.init)
      self.value = value
    }
  }

  static let other = JSONValue.string(Samples.digest("other").hex)

  /// What no page may change.
  static let lies: [Lie] = [
    Lie("case/id", other), Lie("case/revision", other), Lie("case/requester", "person:eve"),
    Lie("case/release", "ana/other"), Lie("case/kind", "access"), Lie("case/policy", other),
    Lie("explanation/subject", "case:0"), Lie("filing", .string(Base64.encode([1]))),
    Lie("revisions", [["restart": other]]), Lie("case/purpose", "otherwise"),
  ]

  @Test(arguments: lies)
  func `of an amendment agrees with what was proposed`(lie: Lie) throws {
    var fold = try Fold.standing()
    let drafted = try fold.drafting("person:ana").statements(
      of: .adopt(.init(policy: FoldRules.next().text)),
      on: Pages(release: fold.page(), roster: FoldRules.roster())
    )
    let page = try fold.shown(drafted)
    try expect(page, refuses: lie)
    for more in [
      Lie("case/about/id", Self.other), Lie("case/about", nil), Lie("case/tiers", ["weights"]),
      Lie("case/beneficiary", "person:bob"), Lie("manifests", ["weights": Self.other]),
      Lie("explanation/successor/policy", "sha256:0"),
      Lie("explanation/successor/roster", "sha256:0"), Lie("explanation/successor", nil),
    ] { try expect(page, refuses: more) }
  }

  @Test(arguments: lies)
  func `of an opening agrees with what was named`(lie: Lie) throws {
    var fold = try Fold()
    let amendment = try fold.draft("person:ana").amendment(
      policy: FoldRules.policy(),
      roster: FoldRules.roster(),
      terms: ["use": FoldRules.terms]
    )
    try fold.approve(fold.say(amendment), by: "person:ben")
    try fold.say(fold.draft("person:ana").bind("weights", to: Samples.digest("weights")))
    let opening = try fold.draft("person:ana").opening("gated", on: fold.page())
    let page = try fold.shown(opening)
    #expect(page.case.tiers == ["query", "weights"])
    try expect(page, refuses: lie)
    for more in [
      Lie("case/stage", "public"), Lie("manifests/weights", Self.other), Lie("case/tiers", []),
      Lie("case/beneficiary", "person:bob"),
    ] { try expect(page, refuses: more) }
  }

  @Test(arguments: lies)
  func `of a revised request agrees with its last words`(lie: Lie) throws {
    var fold = try Fold.standing()
    let id = try fold.request()
    let revised = try fold.draft("person:bob")
      .revise(fold.casePage(id), purpose: "Less.", on: fold.page())
    try fold.say(revised)
    let page = try fold.casePage(id)
    try expect(page, refuses: Lie("case/kind", "open"))
    if lie.path != ["case", "kind"] { try expect(page, refuses: lie) }
    for more in [
      Lie("case/revision", .string(id.rawValue)), Lie("revisions", []),
      Lie("case/purpose", "To measure."), Lie("case/tiers", ["query"]),
      Lie("case/stage", "public"), Lie("case/beneficiary", "group:press"),
      Lie("manifests", ["code": Self.other]),
      Lie("case/about", ["id": Self.other, "kind": "grant"]),
    ] { try expect(page, refuses: more) }
  }

  @Test(arguments: lies)
  func `of an appeal agrees with what was denied`(lie: Lie) throws {
    var fold = try Fold.standing()
    let id = try fold.request()
    try fold.say(fold.draft("person:ana").deny(fold.casePage(id), .purpose, reason: "Vague."))
    let page = try fold.shown(fold.draft("person:bob").appeal(fold.casePage(id)))
    try expect(page, refuses: lie)
    for more in [
      Lie("case/about/id", Self.other), Lie("denied", nil), Lie("denied/filing", ""),
      Lie("case/tiers", ["query"]), Lie("case/stage", "public"),
      Lie("case/beneficiary", "person:eve"), Lie("manifests", ["code": Self.other]),
    ] { try expect(page, refuses: more) }
  }

  @Test(arguments: lies)
  func `of an emergency and of its review agree with what was asked`(lie: Lie) throws {
    var fold = try Fold.standing()
    let emergency = try fold.draft("person:ana")
      .emergency(["weights", "query"], for: "person:bob", purpose: "Now.", on: fold.page())
    let id = try fold.say(emergency)
    let asked = try fold.casePage(id)
    try fold.approve(id, by: "person:ben")
    let review = try #require(fold.release.cases.values.first { $0.kind == .review })
    for page in [asked, try fold.casePage(review.id)] {
      try expect(page, refuses: lie)
      for more in [
        Lie("case/tiers", ["weights"]), Lie("manifests", [:]),
        Lie("case/beneficiary", "person:eve"),
        Lie("case/about", ["id": Self.other, "kind": "case"]),
      ] { try expect(page, refuses: more) }
    }
  }

  @Test(arguments: lies)
  func `of a renewal and of a lift agree with what they are about`(lie: Lie) throws {
    var fold = try Fold.standing()
    var grant = try fold.grant()
    let order = Statement.Order(code: .leak, text: "Found.")
    try fold.say(fold.draft("person:eli").hold(.stage("gated"), order, on: fold.page()))
    let lift = try fold.shown(fold.draft("person:ana").lift(fold.holds()[0]))
    try fold.wait(25)
    grant = try fold.grant(grant)
    let renewal = try fold.shown(fold.draft("person:bob").renewal(of: grant))
    for page in [lift, renewal] {
      try expect(page, refuses: lie)
      try expect(page, refuses: Lie("case/about/id", Self.other))
      try expect(page, refuses: Lie("manifests", ["code": Self.other]))
    }
  }

  @Test func `of a revision that is not the requester's is refused`() throws {
    var fold = try Fold.standing()
    let page = try fold.requestPage()
    let words = Statement.Rewording(revision: page.case.revision, purpose: "Mine.")
    for (by, revision) in [
      ("person:eve", page.case.revision),
      ("person:bob", Case.Revision.ID(Samples.digest("x").hex)),
    ] as [(Principal.ID, Case.Revision.ID)] {
      let said = Statement(
        by: by,
        at: fold.now,
        audience: Samples.standing.origin,
        nonce: Array(0..<16),
        release: Samples.release,
        seen: Samples.standing.head,
        subject: .init(name: "case", digest: try SHA256Digest(hex: page.case.id.rawValue)),
        body: .revise(.init(revision: revision, purpose: words.purpose))
      )
      let wording = Wording(filing: page.wording.filing, steps: [.revised(said.canonical)])
      #expect(throws: Malformed.self) { try wording.revisions() }
    }
  }

  private func expect(_ page: CasePage, refuses lie: Lie) throws {
    #expect(throws: Never.self) { try page.check(of: Samples.release, at: Samples.standing) }
    let json = try Self.replacing(lie.path[...], in: page.json, with: lie.value)
    #expect(throws: (any Error).self, "\(lie.testDescription)") {
      try CasePage(json: json).check(of: Samples.release, at: Samples.standing)
    }
  }

  private static func replacing(
    _ path: ArraySlice<String>,
    in json: JSONValue,
    with value: JSONValue?
  ) throws -> JSONValue {
    var members = try #require(json.objectValue)
    let name = try #require(path.first)
    guard path.count > 1 else {
      members[name] = value
      return .object(members)
    }
    let inner = try #require(members[name])
    members[name] = try replacing(path.dropFirst(), in: inner, with: value)
    return .object(members)
  }
}
