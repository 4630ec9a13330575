import Hummingbird
import SluiceAPI
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

@Suite("A stranger")
struct StrangerTests {
  private typealias World = StrangerTable.World

  @Test func `learns nothing by asking about a release`() async throws {
    var table = StrangerTable()
    for state in Town.State.allCases {
      let deployed = try await Town.deployed(state)
      let errands =
        try await Errand.aboutRelease(Matter(of: deployed)) + Errand.aboutRepository()
        + Errand.aboutDeployment()
      try await table.add(
        World(
          name: state.rawValue,
          deployed: deployed,
          errands: errands,
          isAskedByCommands: state == .public
        )
      )
    }
    try table.isAsWritten(in: "releases")
  }

  @Test func `learns nothing by asking about its people`() async throws {
    var table = StrangerTable()
    for state in Town.State.allCases {
      let deployed = try await Town.deployed(state)
      let matter = try await Matter(of: deployed)
      let errands =
        Errand.aboutPeople(matter) + Errand.aboutLog(matter) + Errand.acts(matter)
        + [try Errand.statementFromTheFuture()]
      try await table.add(
        World(
          name: state.rawValue,
          deployed: deployed,
          errands: errands,
          isAskedByCommands: state == .public
        )
      )
    }
    try table.isAsWritten(in: "people")
  }

  @Test(arguments: [true, false])
  func `learns nothing by asking about a case`(isPublic: Bool) async throws {
    var table = StrangerTable()
    for state in Case.State.allCases {
      let deployed = try await Town.deployed(state, isPublic: isPublic)
      let errands = Errand.aboutCase(Town.bea, of: "bea", try await Matter(of: deployed))
      try await table.add(
        World(
          name: state.rawValue,
          deployed: deployed,
          errands: errands,
          isAskedByCommands: state == .open
        )
      )
    }
    try table.isAsWritten(in: isPublic ? "cases" : "hidden-cases")
  }

  @Test func `learns nothing by asking about somebody's own case`() async throws {
    var table = StrangerTable()
    for state in Case.State.allCases {
      let deployed = try await Town.deployed(state, isPublic: true)
      let errands = Errand.aboutCase(Town.bob, of: "bob", try await Matter(of: deployed))
      try await table.add(
        World(
          name: state.rawValue,
          deployed: deployed,
          errands: errands,
          isAskedByCommands: state == .open
        )
      )
    }
    try table.isAsWritten(in: "own-cases")
  }

  @Test(arguments: [Town.State.reserved, .proposed, .adopted])
  func `gets the same bytes as if there were no such release`(state: Town.State) async throws {
    let hidden = try await Town.deployed(state)
    let missing = try await Town.deployed(.missing)
    let matter = try await Matter(of: hidden)
    let errands =
      try Errand.aboutRelease(matter) + Errand.aboutPeople(matter) + Errand.acts(matter)
      + Errand.statements() + Errand.aboutRepository()
      + Errand.aboutCase(Town.bea, of: "bea", matter)
    for name in [nil, "unknown", "eve", "bob"] {
      for errand in errands {
        let said = try await hidden.serving { try await $0.answer(errand, as: name).essence }
        let silent = try await missing.serving { try await $0.answer(errand, as: name).essence }
        let told = String(decoding: silent.body, as: UTF8.self)
        let why = Comment(rawValue: "\(errand.name) as \(name ?? "anonymous"): \(told)")
        guard said.status == 200, let draft = said.drafted else {
          #expect(said == silent, why)
          continue
        }
        // A draft that was composed from nothing but the question differs in what is random in it.
        #expect(draft == silent.drafted, why)
        #expect(said.headers == silent.headers, why)
      }
    }
  }

  @Test(arguments: Case.State.allCases)
  func `gets the same bytes as if there were no such case`(state: Case.State) async throws {
    let deployed = try await Town.deployed(state, isPublic: true)
    let absent = 9
    for name in [nil, "unknown", "eve", "bob", "mia", "edi", "pia"] {
      try await deployed.serving { served in
        let pairs = zip(
          Errand.named(Town.bea) + Errand.acts(on: String(Town.bea)),
          Errand.named(absent) + Errand.acts(on: String(absent))
        )
        for (one, other) in pairs {
          let said = try await served.answer(one, as: name).essence
          let silent = try await served.answer(other, as: name).essence
          let told = String(decoding: silent.body, as: UTF8.self)
          #expect(said.status == silent.status)
          #expect(said.headers == silent.headers)
          #expect(
            String(decoding: said.body, as: UTF8.self)
              == told.replacing("case \(absent)", with: "case \(Town.bea)"),
            "\(one.name) as \(name ?? "anonymous")"
          )
        }
      }
    }
  }

  @Test func `has an errand for every route that there is`() async throws {
    let hosted = try await Hosted.adopted(shard: 4)
    let matter = try await Matter(of: hosted.deployed)
    let errands =
      try Errand.aboutRelease(matter) + Errand.aboutPeople(matter) + Errand.aboutLog(matter)
      + Errand.acts(matter) + Errand.statements() + Errand.aboutRepository()
      + Errand.aboutDeployment()
      + Errand.aboutCase(Town.bea, of: "bea", matter)
    let log = DeliveryLog(hosted.deployed.ledger)
    let routes = try hosted.server(at: 0)
      .router(log, OpenTransfers(limit: 8, parallel: 8)).routes
    let unasked = routes.filter { route in
      !errands.contains { $0.isServed(by: route.method, "\(route.path)") }
    }
    #expect(unasked.map { "\($0.method) \($0.path)" } == [])
    // What is asked here is asked of the routes that the daemon has.
    let here = hosted.deployed.router().routes.map { "\($0.method) \($0.path)" }
    #expect(here.sorted() == routes.map { "\($0.method) \($0.path)" }.sorted())
  }
}

extension HTTPReply {
  /// What the drafts in an answer say, but for their nonces and the log that they name.
  fileprivate var drafted: [String]? {
    guard let drafted = try? Drafted(json: json) else { return nil }
    return drafted.statements.map { "\($0.by) \($0.release) \($0.subject) \($0.body)" }
  }
}
