import GRDB
import SluiceEncoding
import SluiceGovernance
import SluiceLedger
import SluiceProof
import Testing

@Suite("The queue of open cases")
struct QueueTests {
  @Test func `has those first that the reader may decide, and none of the reader's own`()
    async throws
  {
    var world = try await World.council()
    let early = try await world.file(world.seat("early"), by: "person:bob")
    let opening = try await world.file(try world.opening("freed"), by: "person:ana")
    let asked = try await world.asked()
    let other = try await world.asked(for: "person:cho", salt: 8)
    try await world.approve(other, by: "person:ben")

    let anas = try await world.queue(of: "person:ana")
    #expect(anas.numbers == [asked, other, early, opening].map(\.number))
    #expect(anas.lines.map(\.isMine) == [true, true, false, false])
    #expect(anas.mine == 2 && anas.open == 4 && anas.next == nil)
    let bens = try await world.queue(of: "person:ben")
    #expect(bens.numbers == [asked, other, early, opening].map(\.number))
    #expect(bens.lines.map(\.hasSpoken) == [false, true, false, false])
    let cleos = try await world.queue(of: "person:cleo")
    #expect(cleos.lines.prefix(3).map(\.isMine) == [true, true, true])
    let hals = try await world.queue(of: "person:hal")
    #expect(hals.mine == 0 && hals.numbers == [early, opening, asked, other].map(\.number))

    try await world.say(
      .delegate(to: "person:eve", from: world.now, until: world.now + Duration(seconds: 60)),
      about: .named("role:reviewers"),
      by: "person:dan"
    )
    #expect(try await world.queue(of: "person:eve").mine == 2)
    world.now = world.now + Duration(seconds: 60)
    #expect(try await world.queue(of: "person:eve").mine == 0)
  }

  @Test func `forgets what was said of older words`() async throws {
    var world = try await World.council()
    let asked = try await world.asked()
    try await world.approve(asked, by: "person:ben")
    #expect(try await world.queue(of: "person:ben").lines.map(\.hasSpoken) == [true])
    try await world.say(
      .revise(.init(revision: asked.revision.id, purpose: "less")),
      about: try asked.subject,
      by: "person:bob"
    )
    #expect(try await world.queue(of: "person:ben").lines.map(\.hasSpoken) == [false])
  }

  @Test(arguments: [1, 2, 3, 7])
  func `is the same page by page`(limit: Int) async throws {
    var world = try await World.council()
    for purpose in 0..<4 { try await world.file(world.request("\(purpose)"), by: "person:bob") }
    for person in ["bob", "cho"] {
      try await world.file(
        world.seat("early", for: Principal.ID("person:\(person)")),
        by: Principal.ID("person:\(person)")
      )
    }
    let whole = try await world.queue(of: "person:ben")
    #expect(whole.lines.count == 6 && whole.mine == 4)
    var lines: [Queue.Line] = []
    var place: Queue.Place?
    repeat {
      let page = try await world.queue(of: "person:ben", after: place, limit: limit)
      #expect(page.lines.count <= limit && page.mine == 4 && page.open == 6)
      lines += page.lines
      place = page.next
    } while place != nil
    #expect(lines == whole.lines)
  }

  @Test func `asks both authorities of an amendment`() async throws {
    var world = try await World.council()
    let gil = try World.key("gil").publicKey
    let next = try await world.amended(
      roster: ["gil": gil.line],
      managers: "person:gil, person:cleo"
    )
    try await world.file(next, by: "person:cleo")
    #expect(try await world.queue(of: "person:gil").mine == 1)
    #expect(try await world.queue(of: "person:ana").mine == 1)
    #expect(try await world.queue(of: "person:cleo").mine == 0)
  }

  @Test func `is an index look-up`() async throws {
    let ledger = try await World.council().ledger
    for condition in ["policy = 'p' AND gate > 'g'", "policy > 'p'", "policy = 'p' AND gate = 'g'"]
    {
      let plan = try await ledger.plan(
        """
        SELECT policy, gate FROM case_file INDEXED BY case_queue
        WHERE release = 'r' AND state = 'open' AND \(condition) ORDER BY policy, gate LIMIT 1
        """
      )
      #expect(plan.count == 1 && plan[0].contains("COVERING INDEX case_queue"), "\(plan)")
    }
  }
}

extension World {
  func queue(
    of reader: Principal.ID,
    after place: Queue.Place? = nil,
    limit: Int = 100
  ) async throws -> Queue {
    try await ledger.queue(of: Self.release, for: reader, after: place, limit: limit, at: now)
  }
}

extension Queue {
  fileprivate var numbers: [Int] { lines.map(\.case.number) }
}
