import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

@Suite("A verdict")
struct VerdictDraftTests {
  let draft = Samples.draft()

  @Test func `says all that the page showed`() throws {
    let page = try Samples.casePage()
    let statement = try draft.approve(page)
    let seen = Statement.Verdict(
      case: page.case.id,
      revision: page.case.revision,
      policy: page.case.policy,
      manifests: ["weights": Samples.digest("weights")],
      reason: ""
    )
    #expect(statement.body == .approve(seen))
    #expect(statement.subject.digest.hex == page.case.revision.rawValue)
    #expect(throws: Refusal.self, "a denial gives its reason") {
      try draft.deny(page, .purpose, reason: " ")
    }
    let denial = try draft.deny(page, .purpose, reason: "Too vague.")
    #expect(denial.type == .deny)
  }

  @Test func `is not given on one's own case, nor on one that has ended`() throws {
    let page = try Samples.casePage()
    #expect(throws: Refusal.ownCase(4)) { try Samples.draft(by: "person:bob").approve(page) }
    for (state, refusal): (String, Refusal) in [
      ("denied", .caseClosed(4, .denied)), ("returned", .caseReturned(4)),
    ] {
      let ended = try changed(page, ["case", "state"], to: .string(state))
      #expect(throws: refusal) { try draft.approve(ended) }
    }
  }

  /// What a page may not show otherwise than it was filed.
  static let lies: [([String], JSONValue)] = [
    (["case", "tiers"], ["code"]), (["case", "beneficiary"], "person:eve"),
    (["case", "requester"], "person:eve"), (["case", "purpose"], "e\u{301}"),
    (["case", "stage"], "public"), (["case", "kind"], "open"), (["case", "release"], "ana/other"),
    (["case", "id"], .string(Samples.digest("other").hex)),
    (["case", "revision"], .string(Samples.digest("other").hex)),
    (["case", "policy"], .string(Samples.digest("other").hex)),
    (["manifests"], ["code": .string(Samples.digest("code").hex)]),
    (["explanation", "subject"], "case:0"), (["explanation", "policy"], "sha256:0"),
    (["case", "about"], ["id": .string(Samples.digest("x").hex), "kind": "grant"]),
    (["revisions"], [["appeal": .string(Samples.digest("x").hex)]]),
    (["revisions"], [["revise": .string(Base64.encode([1]))]]),
    (["filing"], .string(Base64.encode([1]))),
  ]

  @Test(arguments: lies.indices)
  func `is not given on a page that does not agree with what was filed`(index: Int) throws {
    let (path, value) = Self.lies[index]
    let page = try changed(try Samples.casePage(), path, to: value)
    #expect(throws: Refusal.self) { try draft.approve(page) }
  }

  @Test func `on an opening names the manifests that were filed`() throws {
    let filed = try Samples.draft(by: "service:clerk")
      .opening("gated", on: Samples.page(opened: ["public"]))
    var page = try Samples.casePage(of: filed)
    page = try changed(page, ["case", "kind"], to: "open")
    page = try changed(page, ["case", "requester"], to: "service:clerk")
    page = try changed(page, ["case", "beneficiary"], to: nil)
    page = try changed(page, ["case", "purpose"], to: "")
    #expect(try draft.approve(page).type == .approve)
    let other = try changed(
      page,
      ["manifests", "weights"],
      to: .string(Samples.digest("other").hex)
    )
    #expect(throws: Refusal.self) { try draft.approve(other) }
  }

  @Test func `is not given on a case of another deployment`() throws {
    let elsewhere = Standing(
      origin: "localhost/other",
      head: Samples.standing.head,
      vkey: "",
      releaseKeys: [],
      principal: nil
    )
    let draft = Draft(
      by: "person:ana",
      at: Samples.noon,
      nonce: Array(0..<16),
      release: Samples.release,
      standing: elsewhere
    )
    #expect(throws: Refusal.self) { try draft.approve(Samples.casePage()) }
  }

  private func changed(_ page: CasePage, _ path: [String], to value: JSONValue?) throws -> CasePage
  {
    try CasePage(json: Self.replacing(path[...], in: page.json, with: value))
  }

  private static func replacing(
    _ path: ArraySlice<String>,
    in json: JSONValue,
    with value: JSONValue?
  ) throws -> JSONValue {
    var members = try #require(json.objectValue)
    let name = try #require(path.first)
    if path.count == 1 {
      members[name] = value
    } else {
      let inner = try #require(members[name])
      members[name] = try replacing(path.dropFirst(), in: inner, with: value)
    }
    return .object(members)
  }
}
