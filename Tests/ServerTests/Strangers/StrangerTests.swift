import Hummingbird
import SluiceAPI
import SluiceGovernance
import SluiceLedger
import SluiceServer
import Testing

/// What each reader learns by each question, in tables that are read by people
/// (`Docs/Formats/visibility.md` 6).
@Suite("A stranger")
struct StrangerTests {
  private typealias World = StrangerTable.World

  @Test func `learns nothing by asking about a release`() async throws {
    var table = StrangerTable("a release")
    for state in Town.State.allCases {
      let deployed = try await Town.deployed(state)
      let errands = try await Errand.aboutRelease(Matter(of: deployed)) + Errand.aboutRepository()
      try await table.add(World(name: state.rawValue, deployed: deployed, errands: errands))
    }
    try table.isAsWritten(in: "releases")
  }

  @Test func `learns nothing by asking about its people`() async throws {
    var table = StrangerTable("the people of a release")
    for state in Town.State.allCases {
      let deployed = try await Town.deployed(state)
      let matter = try await Matter(of: deployed)
      let errands = Errand.aboutPeople(matter) + Errand.aboutLog(matter)
      try await table.add(World(name: state.rawValue, deployed: deployed, errands: errands))
    }
    try table.isAsWritten(in: "people")
  }

  @Test func `learns nothing by trying to act`() async throws {
    var table = StrangerTable("a release and its people by trying to act")
    for state in Town.State.allCases {
      let deployed = try await Town.deployed(state)
      let errands =
        Errand.acts(try await Matter(of: deployed)) + [try Errand.statementFromTheFuture()]
      try await table.add(World(name: state.rawValue, deployed: deployed, errands: errands))
    }
    try table.isAsWritten(in: "acts")
  }

  @Test func `learns the same of a deployment, whatever is released there`() async throws {
    var table = StrangerTable("a deployment")
    for state in Town.State.allCases {
      let deployed = try await Town.deployed(state)
      let errands = Errand.aboutDeployment()
      try await table.add(World(name: state.rawValue, deployed: deployed, errands: errands))
    }
    try table.isAsWritten(in: "deployment")
  }

  @Test(arguments: Town.Affair.allCases)
  func `learns nothing by asking about a case`(affair: Town.Affair) async throws {
    var table = StrangerTable("a case of kind \(affair.rawValue)")
    for isPublic in [true, false] {
      for stand in Town.Stand.allCases where Town.isPossible(affair, stand) {
        let pending = try await Town.pending(affair, stand, isPublic: isPublic)
        let deployed = pending.deployed
        let page = try await deployed.local(nil).case(String(pending.number)).case
        // What a hold does to a case shows in its explanation; its state stays open.
        #expect(page.state.rawValue == (stand == .held ? "open" : stand.rawValue))
        let name = isPublic ? stand.rawValue : "\(stand.rawValue) before the record"
        let errands = Errand.aboutCase(pending.number, page.kind)
        try await table.add(
          World(
            name: name,
            deployed: deployed,
            errands: errands,
            isAskedByCommands: stand == .open && isPublic
          )
        )
      }
    }
    try table.isAsWritten(in: "case-\(affair.rawValue)")
  }

  @Test(arguments: [(Town.bea, "bea"), (Town.bob, "bob")])
  func `learns nothing by asking what came of a case`(number: Int, name: String) async throws {
    var table = StrangerTable("what came of the case of \(name)")
    for state in Case.State.allCases {
      let deployed = try await Town.deployed(state, isPublic: true)
      let errands = Errand.aboutCase(number, of: name, try await Matter(of: deployed))
      try await table.add(World(name: state.rawValue, deployed: deployed, errands: errands))
    }
    try table.isAsWritten(in: "outcome-\(name)")
  }

  @Test func `has an errand for every route that there is`() async throws {
    let hosted = try await Hosted.adopted(shard: 4)
    let errands = try Errand.all(try await Matter(of: hosted.deployed))
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
