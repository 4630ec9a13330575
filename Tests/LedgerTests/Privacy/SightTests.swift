import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import Testing

@Suite("The sight of a case")
struct SightTests {
  static let viewers: [(name: String, viewer: Viewer)] = [
    ("stranger", .stranger), ("passer-by", .principal("person:gus")),
    ("beneficiary", .principal("person:bob")), ("clerk", .principal("service:clerk")),
    ("approver", .principal("person:ana")), ("recused approver", .principal("person:cho")),
    ("safety", .principal("person:dee")), ("host", .principal("person:fay")),
    ("steward", .principal("person:hal")),
    ("auditor", .principal("person:gus", isAuditor: true)), ("operator", .operator),
  ]

  /// What each sees of bob's request; deciders see no private answers of what nobody will decide.
  static func request(_ state: Case.State) -> [String: Sight] {
    let isGivenUp = state == .withdrawn || state == .lapsed
    return [
      "stranger": .nothing, "passer-by": .nothing, "beneficiary": .everything, "clerk": .nothing,
      "approver": isGivenUp ? .answers : .everything, "recused approver": .page,
      "safety": .nothing, "host": .nothing, "steward": .page, "auditor": .page,
      "operator": .answers,
    ]
  }

  /// What each sees of an opening that the clerk has filed.
  static func opening(_ state: Case.State, isPublic: Bool) -> [String: Sight] {
    let isGivenUp = state == .withdrawn || state == .lapsed
    let others: Sight = isPublic ? .exists : .nothing
    return [
      "stranger": others, "passer-by": others, "beneficiary": others, "clerk": .everything,
      "approver": isGivenUp ? .answers : .everything, "recused approver": .page,
      "safety": isGivenUp ? .answers : .everything, "host": .page, "steward": .page,
      "auditor": .page, "operator": .answers,
    ]
  }

  @Test(arguments: Case.State.allCases)
  func `about a person is for its parties, its deciders and those who look after all`(
    state: Case.State
  ) async throws {
    var town = try await Town.settled(isPublic: true)
    let asked = try await town.ask()
    try await town.recuse("person:cho", in: asked)
    try await town.bring(asked, to: state)
    try await expect(Self.request(state), of: asked.id, in: town)
  }

  @Test(arguments: Case.State.allCases, [false, true])
  func `about the release is for every role, and its bare facts for all once it is public`(
    state: Case.State,
    isPublic: Bool
  ) async throws {
    var town = try await Town.settled(isPublic: isPublic)
    let asked = try await town.proposal()
    try await town.recuse("person:cho", in: asked)
    try await town.bring(asked, to: state)
    try await expect(Self.opening(state, isPublic: isPublic), of: asked.id, in: town)
  }

  private func expect(_ sights: [String: Sight], of id: Case.ID, in town: Town) async throws {
    let release = try await town.ledger.release(Town.release)
    let asked = try #require(release.cases[id])
    for (name, viewer) in Self.viewers {
      let sight = release.sight(of: asked, for: viewer, at: town.now)
      #expect(sight == sights[name], "\(name)")
      // A list shows no more than a page, and no less than that there is one.
      let listed = release.sight(of: release.outline(of: asked), for: viewer, at: town.now)
      #expect(listed == min(sight, .page), "\(name)")
    }
  }

  @Test func `of a group is for its managers and its deciders, and exists for its members`()
    async throws
  {
    var town = try await Town.settled(isPublic: true)
    try await town.invite("person:bob")
    let asked = try await town.askForReaders()
    let sights: [(Principal.ID, Sight)] = [
      ("person:fay", .everything), ("person:dee", .everything), ("person:bob", .exists),
      ("person:eve", .nothing), ("person:ana", .nothing),
    ]
    for (name, sight) in sights {
      #expect(try await town.sight(of: asked.id, for: name) == sight, "\(name)")
    }
  }

  @Test func `opens to whoever decides an appeal, as long as it is open`() async throws {
    var town = try await Town.settled(isPublic: true)
    let denied = try await town.ask()
    try await town.deny(denied, by: "person:ana")
    #expect(try await town.sight(of: denied.id, for: "person:dee") == .nothing)
    try await town.appeal(denied, by: "person:bob")
    #expect(try await town.sight(of: denied.id, for: "person:dee") == .everything)
    let cases = try await town.ledger.release(Town.release).cases.values
    let appeal = try #require(cases.first { $0.kind == .appeal })
    // Who denied it does not count in the appeal.
    #expect(try await town.sight(of: appeal.id, for: "person:ana") == .page)
    try await town.say(.withdraw(reason: ""), about: appeal.subject, by: "person:bob")
    #expect(try await town.sight(of: denied.id, for: "person:dee") == .nothing)
  }

  @Test func `shows whoever decides a renewal the request that it goes on from`() async throws {
    var town = try await Town.settled(isPublic: true)
    let grant = try await town.grant()
    town.pass(days: 25)
    #expect(try await town.sight(of: grant.terms.case, for: "person:dee") == .nothing)
    try await town.file(.renew(grant.id, purpose: ""), by: "person:bob")
    #expect(try await town.sight(of: grant.terms.case, for: "person:dee") == .page)
  }

  @Test func `is that of the holder for whoever acts for them, meanwhile`() async throws {
    var town = try await Town.settled(isPublic: true)
    try await town.say(
      .delegate(to: "person:eve", from: town.now, until: town.now + Duration(seconds: 60)),
      about: town.subject("role:board"),
      by: "person:ben"
    )
    let asked = try await town.ask()
    #expect(try await town.sight(of: asked.id, for: "person:eve") == .everything)
    town.pass(days: 1)
    #expect(try await town.sight(of: asked.id, for: "person:eve") == .nothing)
  }

  @Test func `decides which answers are shown, before anything is made of them`() throws {
    let policy = try Policy(text: Town.policy)
    let given: [Form.ID: JSONObject] = [
      "request": ["name": "Robert Roe", "purpose": "To measure.", "unasked": "x"]
    ]
    #expect(policy.shown(given, with: .everything) == given)
    #expect(policy.shown(given, with: .answers) == ["request": ["purpose": "To measure."]])
    for sight in [Sight.page, .exists, .nothing] {
      #expect(policy.shown(given, with: sight) == nil)
    }
  }
}

extension Town {
  fileprivate func sight(of id: Case.ID, for name: Principal.ID) async throws -> Sight {
    let release = try await ledger.release(Self.release)
    guard let asked = release.cases[id] else { throw Surprise.nothing }
    return release.sight(of: asked, for: .principal(name), at: now)
  }

  fileprivate mutating func recuse(_ name: Principal.ID, in asked: Case) async throws {
    try await say(.recuse(reason: ""), about: asked.subject, by: name)
  }

  /// Brings an open case where it shall stand.
  fileprivate mutating func bring(_ asked: Case, to state: Case.State) async throws {
    let isRequest = asked.kind == .access
    switch state {
    case .open: break
    case .returned: try await giveBack(asked)
    case .approved:
      if isRequest {
        try await answer(.case(asked.id), by: "person:bob")
        try await say(.accept, about: use, by: "person:bob")
      }
      let heads: [Principal.ID] =
        isRequest ? ["person:ana"] : ["person:ana", "person:ben", "person:dee"]
      for head in heads { try await approve(asked, by: head) }
    case .denied: try await deny(asked, by: isRequest ? "person:ana" : "person:dee")
    case .withdrawn:
      try await say(.withdraw(reason: ""), about: asked.subject, by: asked.requester)
    case .lapsed: try await settle(after: isRequest ? 61 : 301)
    }
    let reached = try await find(asked.id).state
    guard reached == state else { throw Surprise.nothing }
  }
}
