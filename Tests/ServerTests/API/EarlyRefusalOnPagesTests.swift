import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import Testing

/// The same for statements about cases, grants, holds and evidence, whose pages say enough: what a
/// draft composed before is turned down by the rules with what a draft says now.
@Suite("An early refusal on a page")
struct EarlyRefusalOnPagesTests {
  @Test func `of a renewal is told by its window`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    let window = try #require(grant.renewal)
    #expect(window.from == Samples.noon + Duration(seconds: 20 * 86_400))
    try expect(
      .tooSoon(until: window.from),
      in: fold,
      by: "person:bob",
      .file(.renew(grant.id, purpose: "")),
      "grant",
      grant.id.rawValue
    ) {
      try $0.renewal(of: grant)
    }
    try fold.wait(36)
    try expect(
      .grantExpired(grant.id, at: try #require(grant.notAfter)),
      in: fold,
      by: "person:bob",
      .file(.renew(grant.id, purpose: "")),
      "grant",
      grant.id.rawValue
    ) {
      try $0.renewal(of: fold.grant(grant))
    }
  }

  @Test func `of what is somebody else's does not say that it exists`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    try expect(
      .unknownGrant(grant.id),
      in: fold,
      by: "person:eve",
      .surrender,
      "grant",
      grant.id.rawValue
    ) {
      try $0.surrender(grant)
    }
  }

  @Test func `of somebody else's case that the signer decides says whose act it is`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    let page = try fold.casePage(grant.case)
    let (id, number) = (page.case.id.rawValue, page.case.number)
    try expect(
      .othersCase(number, whose: .requester),
      in: fold,
      by: "person:cho",
      .withdraw(reason: ""),
      "case",
      id
    ) {
      try $0.withdraw(page)
    }
    try expect(
      .othersCase(number, whose: .party),
      in: fold,
      by: "person:cho",
      .file(.appeal(page.case.id, revision: page.case.revision, purpose: "")),
      "case",
      id
    ) {
      try $0.appeal(page)
    }
  }

  @Test func `of what has ended says how`() throws {
    var fold = try Fold.standing()
    let grant = try fold.grant()
    try fold.say(fold.draft("person:eli").revoke(grant, .misuse, text: "Sold."))
    let ended = try fold.grant(grant)
    try expect(
      .stale("the grant was revoked before"),
      in: fold,
      by: "person:eli",
      .revoke(.misuse, text: "Again."),
      "grant",
      grant.id.rawValue
    ) {
      try $0.revoke(ended, .misuse, text: "Again.")
    }
    let page = try fold.casePage(grant.case)
    let closed = Refusal.caseClosed(page.case.number, .approved)
    try expect(
      closed,
      in: fold,
      by: "person:bob",
      .withdraw(reason: ""),
      "case",
      page.case.id.rawValue
    ) {
      try $0.withdraw(page)
    }
    #expect(throws: closed) { try fold.draft("person:cho").approve(page) }
    #expect(throws: closed) { try fold.draft("person:cho").recuse(page) }
    let stale = Refusal.stale("case \(page.case.number) is approved, not denied")
    try expect(
      stale,
      in: fold,
      by: "person:bob",
      .file(.appeal(page.case.id, revision: page.case.revision, purpose: "")),
      "case",
      page.case.id.rawValue
    ) {
      try $0.appeal(page)
    }
  }

  @Test func `of a verdict is told by who the signer is`() throws {
    var fold = try Fold.standing()
    let page = try fold.requestPage()
    #expect(throws: Refusal.ownCase(page.case.number)) {
      try fold.draft("person:bob").approve(page)
    }
    #expect(throws: Refusal.notEligible("service:clerk")) {
      try fold.draft("service:clerk").approve(page)
    }
  }

  @Test func `of a hold is told by the one that there is`() throws {
    var fold = try Fold.standing()
    let asked = try fold.requestPage()
    let before = try fold.draft("person:bob").revise(asked, purpose: "Less.", on: fold.page())
    let order = Statement.Order(code: .leak, text: "Found.")
    let placed = try fold.draft("person:eli").hold(.tier("weights"), order, on: fold.page())
    try fold.say(placed)
    let held = Refusal.held(Hold.ID(placed.id.rawValue), .leak)
    let again = Refusal.stale("tier:weights is held by \(placed.id.rawValue.prefix(12))")
    #expect(throws: again) {
      try fold.draft("person:dee").hold(.tier("weights"), order, on: fold.page())
    }
    #expect(throws: again) { try fold.check(placed) }
    #expect(throws: held) { try Asking(for: ["weights"], on: fold.page()) }
    #expect(throws: held) {
      try fold.draft("person:bob").revise(asked, purpose: "Less.", on: fold.page())
    }
    #expect(throws: held) { try fold.check(before) }
    #expect(throws: held) {
      try fold.draft("person:ana")
        .emergency(["weights"], for: "person:bob", purpose: "now", on: fold.page())
    }
    let lift = try fold.say(fold.draft("person:ana").lift(fold.holds()[0]))
    try fold.approve(lift, by: "person:dee")
    #expect(throws: Refusal.stale("the hold has ended")) {
      try fold.draft("person:ana").lift(fold.holds()[0])
    }
  }

  @Test func `of a confirmation is told by its author and by those before`() throws {
    var fold = try Fold.standing()
    let finding = Statement.Finding(kind: "detectability", metrics: [:], method: "")
    try fold.say(fold.draft("person:ana").evidence(finding, about: "weights", on: fold.page()))
    let own = fold.evidence()[0]
    try expect(
      .unfit("nobody confirms their own evidence"),
      in: fold,
      by: "person:ana",
      .confirm(reason: ""),
      "statement",
      own.id.rawValue
    ) {
      try $0.confirm(own)
    }
    try fold.say(fold.draft("person:ben").confirm(own))
    let confirmed = fold.evidence()[0]
    try expect(
      .stale("you have confirmed it before"),
      in: fold,
      by: "person:ben",
      .confirm(reason: ""),
      "statement",
      own.id.rawValue
    ) {
      try $0.confirm(confirmed)
    }
    try expect(
      .notEligible("person:ben"),
      in: fold,
      by: "person:ben",
      .retract(reason: ""),
      "statement",
      own.id.rawValue
    ) {
      try $0.retract(own.id, by: own.by)
    }
  }

  @Test func `of an adoption is told by the version in force`() throws {
    let fold = try Fold.standing()
    let page = try fold.page()
    let roster = try FoldRules.roster()
    #expect(throws: Refusal.stale("this policy, roster and texts are in force")) {
      try fold.draft("person:ana")
        .adoption(policy: nil, roster: nil, terms: [:], on: page, people: roster)
    }
    let leap = try Policy(
      text: FoldRules.next().text.replacing("version: 2", with: "version: 3")
    )
    #expect(throws: Refusal.self) {
      try fold.draft("person:ana")
        .adoption(policy: leap, roster: nil, terms: [:], on: page, people: roster)
    }
    #expect(throws: Never.self) {
      try fold.draft("person:ana").adoption(
        policy: nil,
        roster: nil,
        terms: ["use": Array("Do good.".utf8)],
        on: page,
        people: roster
      )
    }
  }

  /// The draft and the rules say the same.
  private func expect(
    _ refusal: Refusal,
    in fold: Fold,
    by person: Principal.ID,
    _ body: Statement.Body,
    _ subject: String,
    _ id: String,
    draft: (Draft) throws -> Statement
  ) throws {
    #expect(throws: refusal) { try draft(fold.draft(person)) }
    let statement = Statement(
      by: person,
      at: fold.now,
      audience: Samples.standing.origin,
      nonce: fold.draft(person).nonce,
      release: Samples.release,
      seen: Samples.standing.head,
      subject: .init(name: subject, digest: try SHA256Digest(hex: id)),
      body: body
    )
    #expect(throws: refusal) { try fold.check(statement) }
  }
}
